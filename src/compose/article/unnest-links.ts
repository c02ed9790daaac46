import type { ElementContent, Root } from 'hast';
import { rewriteElements } from './rewrite-elements.ts';

/** Keeps the outer one of two links, one inside the other: HTML has no links in links. */
export function unnestLinks(tree: Root): void {
  rewriteElements(tree, (node) => {
    if (node.tagName === 'a') node.children = withoutLinks(node.children);
    return undefined;
  });
}

const withoutLinks = (nodes: readonly ElementContent[]): ElementContent[] =>
  nodes.flatMap((node) => {
    if (node.type !== 'element') return [node];
    const children = withoutLinks(node.children);
    return node.tagName === 'a' ? children : [{ ...node, children }];
  });
