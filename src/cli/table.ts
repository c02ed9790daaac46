import { textColumns } from './text-columns.ts';

const GAP = '  ';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** Rows under a heading, columns as wide as they need; a Chinese character takes two places. Empty titles = no heading. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const titles = columns.map(({ title }) => title);
  const widths = columns.map((_, index) =>
    Math.max(...[titles, ...rows].map((row) => textColumns(row[index] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, index) => pad(cells[index] ?? '', widths[index] ?? 0, align))
      .join(GAP)
      .trimEnd();
  const body = rows.map(line);
  return titles.every((title) => title === '') ? body : [line(titles), ...body];
}

function pad(text: string, width: number, align: Column['align'] = 'left'): string {
  const spaces = ' '.repeat(Math.max(0, width - textColumns(text)));
  return align === 'right' ? spaces + text : text + spaces;
}
