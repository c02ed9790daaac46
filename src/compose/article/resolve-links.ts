import type { Element, ElementContent, Root } from 'hast';
import type { IssueId } from '../../domain/issue.ts';
import { attribute, text } from './element.ts';
import { blogUrlOf } from './find-linked-issue.ts';
import { headingsByAnchor } from './headings-by-anchor.ts';
import { targetOf, type Place, type Target } from './link-target.ts';
import { rewriteElements } from './rewrite-elements.ts';
import type { WarnInBody } from './warn-in-body.ts';
import { whyUnusable } from './why-unusable.ts';

/** How an image is spoken of where it cannot be shown: `[Image: …]`. */
export type ImageLabel = (alt: string) => string;

/**
 * Makes every link and image work from inside a mail, or leaves only its words, with a warning.
 * Returns the issues of the series that the post links to.
 */
export function resolveLinks(
  tree: Root,
  place: Place,
  imageLabel: ImageLabel,
  warn: WarnInBody,
): Set<IssueId> {
  const linkedIssues = new Set<IssueId>();
  const headings = headingsByAnchor(tree);

  rewriteElements(tree, (node) => {
    if (node.tagName === 'img') return resolveImage(node, place, imageLabel, warn);
    const href = attribute(node, 'href');
    if (node.tagName !== 'a' || href === undefined) return undefined;

    const target = targetOf(href, place);
    if (target.kind === 'issue') linkedIssues.add(target.issue.id);
    const url = target.kind === 'anchor' ? anchorUrl(target.id, headings, place) : urlOf(target);
    if (url !== undefined) node.properties['href'] = url;
    else {
      const { message, fix } = whyUnusable('link', href, target, place);
      warn(node, message, fix);
    }
    return url === undefined ? node.children : undefined;
  });
  return linkedIssues;
}

function resolveImage(
  image: Element,
  place: Place,
  label: ImageLabel,
  warn: WarnInBody,
): ElementContent[] | undefined {
  const source = attribute(image, 'src') ?? '';
  const target = targetOf(source, place);
  if (target.kind === 'url' && !target.url.startsWith('mailto:')) {
    image.properties['src'] = target.url;
    return undefined;
  }
  const { message, fix } = whyUnusable('image', source, target, place);
  warn(image, message, fix);
  return [text(label(attribute(image, 'alt') ?? ''))];
}

/** The address to mail for a target that is not inside this post; undefined when there is none. */
export const urlOf = (target: Target): string | undefined => ('url' in target ? target.url : undefined);

function anchorUrl(id: string, headings: Map<string, Element>, place: Place): string | undefined {
  const heading = headings.get(id);
  if (heading === undefined) return blogUrlOf(place.issue, place.siteUrl, `#${id}`);
  heading.properties['id'] = id;
  return `#${id}`;
}
