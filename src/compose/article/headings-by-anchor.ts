import type { Element, Root } from 'hast';
import { visit } from 'unist-util-visit';
import { attribute, textOf } from './element.ts';

/** The headings of a post by the anchor a blog gives them (its own id, else GitHub's and Hugo's way of making one from the words). */
export function headingsByAnchor(tree: Root): Map<string, Element> {
  const headings = new Map<string, Element>();
  visit(tree, 'element', (node: Element) => {
    if (!/^h[1-6]$/.test(node.tagName)) return;
    const anchor = attribute(node, 'id') ?? anchorOf(textOf(node));
    if (!headings.has(anchor)) headings.set(anchor, node);
  });
  return headings;
}

const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
