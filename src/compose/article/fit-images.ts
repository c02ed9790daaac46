import type { Root } from 'hast';
import { attribute, isBlank } from './element.ts';
import { rewriteElements } from './rewrite-elements.ts';

/** The width of the text column in px: the mail is 600 wide and has 24 on each side. */
const COLUMN_WIDTH = 552;

/**
 * Gives every image a description and keeps it inside the column.
 * Outlook on Windows obeys only the `width` attribute, everything else the style sheet, which sets `.fluid` free again.
 */
export function fitImages(tree: Root): void {
  rewriteElements(tree, (node) => {
    if (node.tagName === 'img') {
      node.properties['alt'] ??= '';
      const width = Number(attribute(node, 'width'));
      if (width > COLUMN_WIDTH) node.properties['width'] = COLUMN_WIDTH;
    }
    if (['p', 'figure', 'a'].includes(node.tagName)) {
      const visible = node.children.filter((child) => !isBlank(child));
      for (const child of visible) {
        if (child.type !== 'element' || child.tagName !== 'img' || child.properties['width'] !== undefined)
          continue;
        if (visible.length > 1 && node.tagName !== 'figure') continue;
        child.properties['width'] = COLUMN_WIDTH;
        child.properties['className'] = ['fluid'];
      }
    }
    return undefined;
  });
}
