import type { Element, Root } from 'hast';
import { visit } from 'unist-util-visit';

const HEADING = /^h([1-6])$/;
const TITLE_LEVEL = 1;
const DEEPEST = 6;

/** Numbers the headings anew: the title is the mail's h1, so the body begins at h2, and no level is skipped on the way down. */
export function levelHeadings(tree: Root): void {
  const open: number[] = [];
  visit(tree, 'element', (node: Element) => {
    const written = Number(HEADING.exec(node.tagName)?.[1] ?? 0);
    if (written === 0) return;
    while ((open.at(-1) ?? 0) >= written) open.pop();
    open.push(written);
    node.tagName = `h${Math.min(TITLE_LEVEL + open.length, DEEPEST)}`;
  });
}
