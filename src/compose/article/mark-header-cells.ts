import type { Element, Root } from 'hast';
import { visit } from 'unist-util-visit';
import { isBlank, isElement } from './element.ts';
import type { Start } from './render-blocks.ts';

/**
 * Says of each header cell whether it is for its column or its row, for readers who hear a table, and where its words begin:
 * browsers centre header cells, and a style that says otherwise would beat the column's own alignment.
 */
export function markHeaderCells(tree: Root, start: Start): void {
  visit(tree, 'element', (row, _, parent) => {
    if (row.tagName !== 'tr') return;
    const cells = row.children.filter((child) => !isBlank(child));
    const headers = cells.filter((cell): cell is Element => isElement(cell, 'th'));
    const isHead =
      (parent !== undefined && isElement(parent, 'thead')) ||
      (cells.length > 1 && headers.length === cells.length);
    for (const header of headers) {
      header.properties['scope'] = isHead ? 'col' : 'row';
      header.properties['align'] ??= start;
    }
  });
}
