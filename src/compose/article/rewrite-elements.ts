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
