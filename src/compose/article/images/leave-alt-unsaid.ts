import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';

/** Tells `![](frost.jpg)`, which says nothing of what the image shows, from `<img alt="">`, which says that there is nothing to say. */
export function leaveAltUnsaid(tree: Root): void {
  visit(tree, (node) => {
    if ((node.type === 'image' || node.type === 'imageReference') && node.alt?.trim() === '') node.alt = null;
  });
}
