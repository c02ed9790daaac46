import type { Element, Root } from 'hast';
import { visit } from 'unist-util-visit';
import { attribute, textOf } from './element.ts';

/** The places inside a post that links may lead to. */
export interface Anchors {
  /** The heading that a blog would give this anchor to: by its own id, or by any generator's way of making one from its words. */
  readonly headingAt: (anchor: string) => Element | undefined;
  /** Whether anything else in the post has it as its id or name. */
  readonly isElsewhere: (anchor: string) => boolean;
}

export function anchorsIn(tree: Root): Anchors {
  const exact = new Map<string, Element>();
  const loose = new Map<string, Element>();
  const counts = new Map<string, number>();
  const others = new Set<string>();
  visit(tree, 'element', (node: Element) => {
    const own = attribute(node, 'id');
    if (!/^h[1-6]$/.test(node.tagName)) {
      for (const id of [own, attribute(node, 'name')]) if (id !== undefined) others.add(id);
      return;
    }
    addUnlessTaken(exact, own ?? anchorOf(textOf(node)), node);
    addNumbered(loose, counts, looselySpelt(textOf(node)), node);
  });
  return {
    headingAt: (anchor) => exact.get(anchor) ?? loose.get(looselySpelt(anchor)),
    isElsewhere: (anchor) => others.has(anchor),
  };
}

function addUnlessTaken(headings: Map<string, Element>, anchor: string, heading: Element): void {
  if (!headings.has(anchor)) headings.set(anchor, heading);
}

// The second heading of the same words gets `-1` from Hugo and GitHub.
function addNumbered(
  headings: Map<string, Element>,
  counts: Map<string, number>,
  anchor: string,
  heading: Element,
): void {
  const earlier = counts.get(anchor) ?? 0;
  counts.set(anchor, earlier + 1);
  if (anchor !== '') addUnlessTaken(headings, earlier === 0 ? anchor : `${anchor}${earlier}`, heading);
}

const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');

/** Generators differ in what they make of spaces, punctuation and case, and agree about letters and digits. */
const looselySpelt = (anchor: string): string =>
  anchor
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
