import type { Node, Parent } from 'unist';

/** How deep a post may be nested: far more than anybody reads, far less than the stack holds. */
export const DEEPEST = 300;

/** Whether the nodes of a tree, Markdown's or HTML's, stand in each other deeper than that. */
export function isNestedDeeper(tree: Node, than: number): boolean {
  let nodes: readonly Node[] = [tree];
  for (let depth = 0; depth < than && nodes.length > 0; depth += 1) {
    nodes = nodes.flatMap((node) => ('children' in node ? (node as Parent).children : []));
  }
  return nodes.length > 0;
}
