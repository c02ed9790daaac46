import type { Element, Nodes } from 'hast';
import { attribute, isElement } from '../article/element.ts';
import { inlineText } from './inline-text.ts';
import type { TextRoom } from './text-room.ts';
import { textWidth } from './text-width.ts';
import { wrapText } from './wrap-text.ts';

const GAP = '  ';

/** A table as aligned columns where they fit into `width`, else each row as lines of `heading: value`. */
export function tableText(table: Element, room: TextRoom): string[] {
  const caption = table.children.filter((child) => isElement(child, 'caption'));
  const rows = rowsOf(table);
  const cells = rows.map((row) =>
    cellsOf(row).map((cell) => inlineText(cell.children, room.imageLabel).replace(/\n/g, ' / ')),
  );
  const widths = columnWidths(cells);
  const hasHead = rows[0]?.children.some((child) => isElement(child, 'th')) ?? false;
  const needed = widths.reduce((sum, column) => sum + column, 0) + GAP.length * (widths.length - 1);

  const body =
    needed <= room.width ? [columns(rows, cells, widths, hasHead)] : records(cells, hasHead, room.width);
  return [...caption.flatMap((child) => room.blocksOf(child.children, room)), ...body].filter(
    (text) => text !== '',
  );
}

function rowsOf(node: Element): Element[] {
  const elements = node.children.filter((child): child is Element => child.type === 'element');
  return elements.flatMap((child) =>
    child.tagName === 'tr' ? [child] : child.tagName === 'caption' ? [] : rowsOf(child),
  );
}

const isCell = (node: Nodes): node is Element => isElement(node, 'td') || isElement(node, 'th');

const cellsOf = (row: Element): Element[] => row.children.filter(isCell);

function columnWidths(cells: readonly (readonly string[])[]): number[] {
  const widths: number[] = [];
  for (const row of cells) {
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, textWidth(cell))));
  }
  return widths;
}

function columns(
  rows: readonly Element[],
  cells: readonly (readonly string[])[],
  widths: readonly number[],
  hasHead: boolean,
): string {
  const lines = cells.map((row, index) => {
    const elements = rows[index] === undefined ? [] : cellsOf(rows[index]);
    return row
      .map((cell, column) =>
        aligned(cell, widths[column] ?? 0, attribute(elements[column] ?? rows[0]!, 'align')),
      )
      .join(GAP)
      .trimEnd();
  });
  const rule = widths.map((column) => '-'.repeat(Math.max(column, 1))).join(GAP);
  return [...lines.slice(0, 1), ...(hasHead ? [rule] : []), ...lines.slice(1)].join('\n');
}

function aligned(cell: string, width: number, align: string | undefined): string {
  const free = Math.max(width - textWidth(cell), 0);
  const before = align === 'right' ? free : align === 'center' ? Math.floor(free / 2) : 0;
  return ' '.repeat(before) + cell + ' '.repeat(free - before);
}

function records(cells: readonly (readonly string[])[], hasHead: boolean, width: number): string[] {
  const [head = [], ...others] = hasHead ? cells : [[], ...cells];
  return others.map((row) =>
    row
      .flatMap((cell, column) => {
        const key = head[column] === undefined || head[column] === '' ? '' : `${head[column]}: `;
        return wrapText(key + cell, { width, rest: '  ' });
      })
      .join('\n'),
  );
}
