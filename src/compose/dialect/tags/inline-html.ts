import type { PhrasingContent, RootContent } from 'mdast';
import { toHtml } from 'hast-util-to-html';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { asPhrasing } from '../as-blocks.ts';

const toHast = unified().use(remarkRehype, { allowDangerousHtml: true }).freeze();

/** Nodes for a line of text → raw HTML. */
export function inlineHtml(nodes: readonly RootContent[]): string {
  const children: PhrasingContent[] = asPhrasing(nodes);
  const tree = toHast.runSync({ type: 'root', children: [{ type: 'paragraph', children }] });
  const [line] = tree.children;
  return line !== undefined && 'children' in line ? toHtml(line.children, { allowDangerousHtml: true }) : '';
}
