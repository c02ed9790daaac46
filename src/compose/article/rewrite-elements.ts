import type { Element, ElementContent, Root } from 'hast';

/** What stands in an element's place: undefined keeps it as it is. */
export type Rewrite = (element: Element) => readonly ElementContent[] | undefined;

/** Replaces elements in a tree, the innermost first. */
export function rewriteElements(parent: Root | Element, rewrite: Rewrite): void {
  const rewritten: ElementContent[] = [];
  for (const child of parent.children as ElementContent[]) {
    if (child.type !== 'element') {
      rewritten.push(child);
      continue;
    }
    rewriteElements(child, rewrite);
    rewritten.push(...(rewrite(child) ?? [child]));
  }
  parent.children = rewritten;
}

/** Replaces elements in a tree, the outermost first; what takes an element's place is not looked into. */
export function rewriteOutermost(parent: Root | Element, rewrite: Rewrite): void {
  const rewritten: ElementContent[] = [];
  for (const child of parent.children as ElementContent[]) {
    const instead = child.type === 'element' ? rewrite(child) : undefined;
    if (child.type === 'element' && instead === undefined) rewriteOutermost(child, rewrite);
    rewritten.push(...(instead ?? [child]));
  }
  parent.children = rewritten;
}
