import { CsvError, parse } from 'csv-parse/sync';
import { physicalLines } from './physical-lines.ts';

/** One record of a CSV file, `line` = the physical line it begins on (1-based). `fields` is missing when its quotes make no sense. */
export interface CsvRecord {
  readonly line: number;
  readonly fields?: readonly string[];
}

const LONGEST_RECORD_LINES = 100;
const SEPARATORS = [',', ';', '\t', '|'] as const;
/** The line by which Excel is told the separator. */
const SEPARATOR_LINE = /^sep=(.)$/i;

/**
 * Text of a CSV file (RFC 4180; comma, semicolon, tab or bar, whichever the first line has most of) → its records, in batches,
 * empty lines left out. A quote that never closes costs the line it is on: reading goes on at the next one.
 */
export async function* csvRecords(texts: AsyncIterable<string>): AsyncGenerator<CsvRecord[]> {
  let separator: string | undefined;
  let pending: string[] = [];
  let line = 1;
  for await (const lines of physicalLines(texts)) {
    separator ??= separatorOf(lines);
    pending = pending.concat(lines);
    const { records, taken } = takeRecords(pending, line, separator ?? ',', LONGEST_RECORD_LINES);
    pending = pending.slice(taken);
    line += taken;
    yield records;
  }
  yield takeRecords(pending, line, separator ?? ',', 0).records;
}

/** Undefined while there were only empty lines. */
function separatorOf(lines: readonly string[]): string | undefined {
  const first = lines.find((line) => line.trim() !== '');
  if (first === undefined) return undefined;
  const told = SEPARATOR_LINE.exec(first)?.[1];
  if (told !== undefined) return told;

  const unquoted = first.replace(/"[^"]*"/g, '');
  const counts = SEPARATORS.map((separator) => unquoted.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))];
}

/** Records that begin on the given lines, but for the last `reserve` lines, which a record of several lines may need. */
function takeRecords(lines: readonly string[], firstLine: number, separator: string, reserve: number) {
  const batches: CsvRecord[][] = [];
  let taken = 0;
  while (taken < lines.length - reserve) {
    const calmEnd = Math.min(firstOdd(lines, taken), lines.length - reserve);
    const ahead = lines.slice(taken, taken + LONGEST_RECORD_LINES);
    const several = calmEnd > taken ? undefined : severalLines(ahead, separator);
    const end = taken + (several?.lines ?? Math.max(calmEnd - taken, 1));
    const line = firstLine + taken;
    batches.push(
      several === undefined
        ? singleLines(lines.slice(taken, end), line, separator)
        : [{ line, fields: several.fields }],
    );
    taken = end;
  }
  return { records: batches.flat(), taken };
}

function singleLines(lines: readonly string[], firstLine: number, separator: string): CsvRecord[] {
  const quoted = lines.filter(isQuoted);
  // All at once is ten times as fast; a stray quote joins lines, and then each is looked at alone.
  const together = quoted.length > 0 ? parseText(quoted, { separator, lenient: true }) : [];
  const next = together?.length === quoted.length ? together.values() : undefined;
  const records: CsvRecord[] = [];
  for (const [index, text] of lines.entries()) {
    const fields = isQuoted(text)
      ? (next?.next().value ?? parseText([text], { separator, lenient: true })?.[0])
      : text.split(separator).map(trimmed);
    const line = firstLine + index;
    const isEmpty = fields?.every((field) => field === '') === true;
    if (isEmpty || (line === 1 && SEPARATOR_LINE.test(text))) continue;
    records.push(fields === undefined ? { line } : { line, fields });
  }
  return records;
}

const isQuoted = (text: string): boolean => text.includes('"');

const trimmed = (field: string): string => field.trim();

/** The record that begins on the first line, where a quote opens, and ends where it closes; undefined when it does not. */
function severalLines(lines: readonly string[], separator: string) {
  const closing = firstOdd(lines, 1);
  if (closing === lines.length) return undefined;
  const [fields] = parseText(lines.slice(0, closing + 1), { separator, lenient: false }) ?? [];
  return fields === undefined ? undefined : { fields, lines: closing + 1 };
}

/** Undefined when the quotes make no sense; lenient = a quote inside an unquoted field stands for itself. */
function parseText(
  lines: readonly string[],
  { separator, lenient }: { separator: string; lenient: boolean },
): string[][] | undefined {
  try {
    return parse(`${lines.join('\n')}\n`, {
      delimiter: separator,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: lenient,
      max_record_size: 0,
      trim: true,
    });
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}

/** The first line from `start` on with a quote that has no counterpart in it, or the number of lines. */
function firstOdd(lines: readonly string[], start: number): number {
  for (let index = start; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (line.includes('"') && line.split('"').length % 2 === 0) return index;
  }
  return lines.length;
}
