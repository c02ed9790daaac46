import type { Element, ElementContent, Root } from 'hast';
import { blogUrlOf } from '../article/find-linked-issue.ts';
import { attribute, text, textOf } from '../article/element.ts';
import type { Place } from '../article/link-target.ts';
import { rewriteElements } from '../article/rewrite-elements.ts';
import type { Words } from '../words.ts';

/**
 * Mail points to the web for what it cannot show; on the web, that is the post on the blog, and the words say so. Where we do not know the
 * blog there is nothing to point to: what would be a link to this very page becomes words.
 */
export function settleWebLinks(tree: Root, place: Place, words: Words): void {
  const isOnBlog = blogUrlOf(place.issue, place.siteUrl) !== undefined;
  const said = isOnBlog
    ? new Map([
        [words.seeOnWeb, words.seeOnBlog],
        [words.diagram, words.diagramOnBlog],
      ])
    : new Map([
        [words.seeOnWeb, words.notShown],
        [words.diagram, words.diagramNotShown],
      ]);

  rewriteElements(tree, (node) => {
    if (node.tagName !== 'a' || !leadsTo(place.webUrl, node)) return undefined;
    const instead = said.get(textOf(node));
    const children: ElementContent[] = instead === undefined ? node.children : [text(instead)];
    if (!isOnBlog) return children;
    node.children = children;
    return undefined;
  });
}

function leadsTo(webUrl: string, link: Element): boolean {
  const href = attribute(link, 'href') ?? '';
  return href === webUrl || href.startsWith(`${webUrl}#`);
}
