import type { Element, ElementContent, Root, Text } from 'hast';
import { LinkifyIt } from 'linkify-it';
import { SKIP, visit } from 'unist-util-visit';
import { element, text } from './element.ts';

const linkify = new LinkifyIt({ fuzzyEmail: false });

// `match()` would miss a URL that touches a CJK letter, so beginnings are found here and only the end is left to linkify.
const BEGINNING = /(?<![a-z0-9.+-])(?:https?:\/\/|www\.(?=[a-z0-9]))/gi;

// A top-level domain is in one script: in `https://www.iso.org查得到` the sentence goes on after `org`.
const ENDS_IN_LATIN = /^(?:https?:\/\/)?(?:[^/?#:.\s]+\.)+[a-z]{2,}(?=[^\p{ASCII}])/iu;

/** Turns URLs written out in the text into links. A URL ends at CJK punctuation: `請看https://a.tw/x。` links `https://a.tw/x`. */
export function linkBareUrls(tree: Root): void {
  visit(tree, (node) => {
    if (node.type === 'element' && ['a', 'pre', 'code'].includes(node.tagName)) return SKIP;
    if ('children' in node) {
      node.children = (node.children as ElementContent[]).flatMap((child) =>
        child.type === 'text' ? linked(child) : [child],
      );
    }
    return undefined;
  });
}

function linked(node: Text): ElementContent[] {
  const parts: ElementContent[] = [];
  let done = 0;
  for (const { index } of node.value.matchAll(BEGINNING)) {
    const url = index < done ? undefined : urlAt(node.value, index);
    if (url === undefined) continue;
    if (index > done) parts.push({ ...node, value: node.value.slice(done, index) });
    parts.push(linkTo(url, node));
    done = index + url.length;
  }
  if (done === 0) return [node];
  if (done < node.value.length) parts.push({ ...node, value: node.value.slice(done) });
  return parts;
}

function urlAt(value: string, index: number): string | undefined {
  const rest = value.slice(index);
  const missing = /^www\./i.test(rest) ? 'http://' : '';
  const found = linkify.matchAtStart(missing + rest)?.raw.slice(missing.length);
  return found === undefined ? undefined : (ENDS_IN_LATIN.exec(found)?.[0] ?? found);
}

function linkTo(url: string, from: Text): Element {
  const href = /^www\./i.test(url) ? `http://${url}` : url;
  const link = element('a', { href: URL.canParse(href) ? new URL(href).href : href }, [text(url)]);
  return from.position === undefined ? link : { ...link, position: from.position };
}
