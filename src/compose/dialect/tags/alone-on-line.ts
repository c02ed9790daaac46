import type { Nodes } from 'mdast';
import type { HeldMeanings } from './held-meanings.ts';

/** The tags of a paragraph that have a line of it for themselves, by number; all others stand among words. */
export function aloneOnLine(parent: Nodes, { marks }: HeldMeanings): ReadonlySet<number> {
  const lines = writtenIn(parent).replace(marks.continuation, '').split('\n');
  const alone = new Set<number>();
  for (const line of lines) {
    if (line.replace(marks.pattern, '').trim() !== '') continue;
    for (const { groups } of line.matchAll(marks.pattern)) alone.add(Number(groups?.['tag']));
  }
  return alone;
}

function writtenIn(node: Nodes): string {
  if (node.type === 'break') return '\n';
  if (node.type === 'html') return '';
  if ('children' in node) return node.children.map(writtenIn).join('');
  return 'value' in node ? node.value : 'image';
}
