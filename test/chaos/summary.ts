import type { Findings } from './scenario.ts';

export interface Result {
  readonly name: string;
  readonly seconds: number;
  readonly findings: Findings;
}

/** A table with a row for each scenario and a column for each figure that any of them has. */
export function summaryOf(results: readonly Result[]): string {
  const names = [...new Set(results.flatMap(({ findings }) => Object.keys(findings.figures)))];
  const rows = results.map(({ name, seconds, findings: { violations, figures } }) => [
    name,
    `${seconds} s`,
    ...names.map((figure) => String(figures[figure] ?? '')),
    violations.length === 0 ? 'kept' : `${violations.length} broken`,
  ]);
  return tableOf([['', 'took', ...names, 'promises'], ...rows]);
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lineOf = (row: readonly string[]) =>
    row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
  return rows.map((row) => lineOf(row).join('  ').trimEnd()).join('\n');
}
