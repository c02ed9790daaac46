import { stringify } from 'csv-stringify/sync';
import { escapeFormula } from './formula-prefix.ts';
import type { SubscriberRow } from './read-row.ts';

/** A row and what became of it: a file with `ended` in it is read back without that reader. */
export interface ExportedSubscriber extends SubscriberRow {
  /** `active`, `paused`, `pending`, `ended`. */
  readonly status: string;
}

const HEADER = ['email', 'name', 'status', 'created_at', 'next'];
const ROWS_AT_ONCE = 500;

/**
 * Subscribers → the text of a CSV file (UTF-8, RFC 4180 with LF), in pieces; what `readSubscribers` reads back as the same rows.
 * Nothing in it runs as a formula in a spreadsheet.
 */
export async function* writeSubscribers(
  subscribers: AsyncIterable<ExportedSubscriber> | Iterable<ExportedSubscriber>,
): AsyncGenerator<string> {
  let rows: string[][] = [HEADER];
  for await (const subscriber of subscribers) {
    rows.push(cellsOf(subscriber));
    if (rows.length < ROWS_AT_ONCE) continue;
    yield stringify(rows);
    rows = [];
  }
  if (rows.length > 0) yield stringify(rows);
}

function cellsOf({ address, name, status, consentedAt, next }: ExportedSubscriber): string[] {
  const since = consentedAt === undefined ? '' : new Date(consentedAt).toISOString().replace(/\.\d+Z$/, 'Z');
  return [address, name, status, since, next ?? ''].map(escapeFormula);
}
