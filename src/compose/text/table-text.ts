import type { Element } from 'hast';
import { isElement } from '../article/element.ts';
import { rowsOf, straysOf, tableGrid, type GridCell } from './table-grid.ts';
import type { TextRoom } from './text-room.ts';
import { textWidth } from './text-width.ts';
import { wrapText } from './wrap-text.ts';

const GAP = '  ';

/** A table as aligned columns where they fit into `width`, else each row as lines of `heading: value`. */
export function tableText(table: Element, room: TextRoom): string[] {
  const above = [...table.children.filter((child) => isElement(child, 'caption')), ...straysOf(table)];
  const grid = tableGrid(table, room);
  const widths = columnWidths(grid);
  const hasHead = rowsOf(table)[0]?.children.some((child) => isElement(child, 'th')) ?? false;
  const needed = widths.reduce((sum, column) => sum + column, 0) + GAP.length * (widths.length - 1);

  const body = needed <= room.width ? [columns(grid, widths, hasHead)] : records(grid, hasHead, room.width);
  return [...room.blocksOf(above, room), ...body].filter((text) => text !== '');
}

function columnWidths(grid: readonly (readonly GridCell[])[]): number[] {
  const widths: number[] = [];
  for (const row of grid) {
    row.forEach(({ words }, column) => (widths[column] = Math.max(widths[column] ?? 0, textWidth(words))));
  }
  return widths;
}

function columns(
  grid: readonly (readonly GridCell[])[],
  widths: readonly number[],
  hasHead: boolean,
): string {
  const lines = grid.map((row) =>
    row
      .map(({ words, align }, column) =>
        aligned(words, widths[column] ?? 0, align ?? grid[0]?.[column]?.align),
      )
      .join(GAP)
      .trimEnd(),
  );
  const rule = widths.map((column) => '-'.repeat(Math.max(column, 1))).join(GAP);
  return [...lines.slice(0, 1), ...(hasHead ? [rule] : []), ...lines.slice(1)].join('\n');
}

function aligned(cell: string, width: number, align: string | undefined): string {
  const free = Math.max(width - textWidth(cell), 0);
  const before = align === 'right' ? free : align === 'center' ? Math.floor(free / 2) : 0;
  return ' '.repeat(before) + cell + ' '.repeat(free - before);
}

function records(grid: readonly (readonly GridCell[])[], hasHead: boolean, width: number): string[] {
  const [head = [], ...others] = hasHead ? grid : [[], ...grid];
  const rows = others.filter((row) => row.some(({ words }) => words !== ''));
  if (rows.length === 0) return [head.flatMap(({ words }) => line(words, width)).join('\n')];

  const isUnused = head.map((_, column) => rows.every((row) => wordsIn(row, column) === ''));
  return rows.map((row) =>
    Array.from({ length: Math.max(head.length, row.length) }, (_, column) => {
      const heading = wordsIn(head, column);
      const label = heading === '' ? '' : `${heading}: `;
      const words = wordsIn(row, column);
      return words === '' && isUnused[column] !== true ? [] : line((label + words).trimEnd(), width);
    })
      .flat()
      .join('\n'),
  );
}

const wordsIn = (row: readonly GridCell[], column: number): string => row[column]?.words ?? '';

const line = (words: string, width: number): string[] =>
  words === '' ? [] : wrapText(words, { width, rest: '  ' });
