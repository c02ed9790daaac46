import type { Root, RootContent } from 'mdast';
import { visit } from 'unist-util-visit';

/** What tools replace with a table of contents: `[TOC]`, `[[toc]]`, `[[_TOC_]]`, `@[toc](Contents)`, `${toc}`. */
const MARK =
  /^(?:\[toc\]|\[\[_?toc_?\]\]|@\[toc\](?:\(.*\))?|\$\{toc\}|\{\{\s*toc\s*\}\}|<!--\s*toc\s*-->)$/i;

/** Takes out marks for a table of contents, which a mail has no use for. */
export function dropContentsMarks(tree: Root): void {
  visit(tree, (node) => {
    if ('children' in node)
      node.children = node.children.filter((child) => !isMark(child)) as typeof node.children;
  });
}

function isMark(node: RootContent): boolean {
  return node.type === 'paragraph' && node.children.length <= 3 && MARK.test(writtenIn(node).trim());
}

// Links and emphasis are put back: `[[_TOC_]]` has both.
function writtenIn(node: RootContent): string {
  if ('value' in node) return node.value;
  if (!('children' in node)) return '';
  const inside = node.children.map(writtenIn).join('');
  if (node.type === 'emphasis') return `_${inside}_`;
  return node.type === 'link' ? `[${inside}](${node.url})` : inside;
}
