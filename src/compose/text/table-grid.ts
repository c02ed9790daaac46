import type { Element, ElementContent, Nodes } from 'hast';
import { attribute, element, isElement } from '../article/element.ts';
import type { TextRoom } from './text-room.ts';

/** A cell of a table as one line; '' where a wider or taller cell reaches in. */
export interface GridCell {
  readonly words: string;
  readonly align: string | undefined;
}

/** Wide enough for any cell to be one line. */
const UNLIMITED = 100_000;
const MOST_COLUMNS = 100;
const TALLEST_CELL = 100;

/** The rows of a table, each with a cell for every column that it reaches. */
export function tableGrid(table: Element, room: TextRoom): GridCell[][] {
  const rows = rowsOf(table);
  const grid: GridCell[][] = rows.map(() => []);
  rows.forEach((row, y) => {
    let x = 0;
    for (const cell of row.children.filter(isCell)) {
      while (grid[y]?.[x] !== undefined) x += 1;
      const words = wordsOf(cell, room);
      const align = attribute(cell, 'align');
      const columns = spanOf(cell, 'colSpan', MOST_COLUMNS - x);
      const lines = spanOf(cell, 'rowSpan', Math.min(rows.length - y, TALLEST_CELL));
      for (let line = 0; line < lines; line += 1) {
        for (let column = 0; column < columns; column += 1) {
          const isFirst = line === 0 && column === 0;
          grid[y + line]![x + column] = { words: isFirst ? words : '', align: isFirst ? align : undefined };
        }
      }
      x += columns;
    }
  });
  return grid.map((row) => Array.from(row, (cell) => cell ?? EMPTY));
}

const EMPTY: GridCell = { words: '', align: undefined };

/** Rows in order, whether or not they stand in a section; cells without a row are one. */
export function rowsOf(node: Element): Element[] {
  const loose = node.children.filter(isCell);
  const rows = node.children.flatMap((child) =>
    isElement(child, 'tr') ? [child] : isSection(child) ? rowsOf(child) : [],
  );
  return loose.length === 0 ? rows : [element('tr', {}, loose), ...rows];
}

/** What stands among the rows and cells and is none: browsers show it above the table. */
export function straysOf(node: Element): ElementContent[] {
  return node.children.flatMap((child) => {
    if (isSection(child) || isElement(child, 'tr')) return straysOf(child);
    const isOfTable = isCell(child) || isElement(child, 'caption') || isElement(child, 'colgroup');
    return isOfTable || isElement(child, 'col') ? [] : [child];
  });
}

const isSection = (node: Nodes): node is Element =>
  isElement(node, 'thead') || isElement(node, 'tbody') || isElement(node, 'tfoot');

const isCell = (node: Nodes): node is Element => isElement(node, 'td') || isElement(node, 'th');

const spanOf = (cell: Element, name: 'colSpan' | 'rowSpan', most: number): number =>
  Math.max(1, Math.min(Math.floor(Number(attribute(cell, name) ?? 1)) || 1, most));

function wordsOf(cell: Element, room: TextRoom): string {
  const blocks = room.blocksOf(cell.children, { ...room, width: UNLIMITED });
  return blocks
    .join('\n')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' / ');
}
