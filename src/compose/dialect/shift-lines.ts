import type { Nodes } from 'mdast';
import type { Node, Position } from 'unist';
import { visit } from 'unist-util-visit';

/** Moves a tree that was read from a part of a text to where that part stands in the whole. */
export function shiftLines(tree: Nodes, by: number): void {
  visit(tree, (node: Node) => {
    if (node.position !== undefined) node.position = shifted(node.position, by);
  });
}

// Offsets and columns stay those of the part: nobody is told them.
const shifted = ({ start, end }: Position, by: number): Position => ({
  start: { ...start, line: start.line + by },
  end: { ...end, line: end.line + by },
});

/** Gives nodes that were made for a tag its line, where they have none. */
export function placeOnLine(nodes: readonly Nodes[], line: number): void {
  const point = { line, column: 1, offset: 0 };
  for (const node of nodes) {
    visit(node, (one: Node) => {
      one.position ??= { start: point, end: point };
    });
  }
}
