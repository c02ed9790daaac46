import { parseEmailAddress } from '../domain/email-address.ts';
import { csvRecords, type CsvRecord } from './csv-records.ts';
import { decodeText } from './decode-text.ts';
import { readRow, type SubscriberRow } from './read-row.ts';
import { onlyAddresses, readHeader, type SubscriberColumns } from './subscriber-columns.ts';

/** What one line of a subscriber file came to; `line` is the physical line it begins on, 1-based. */
export type SubscriberEntry =
  | { readonly kind: 'row'; readonly line: number; readonly row: SubscriberRow }
  /** `skipped` = a person the file says not to mail; `invalid` = to be mended; `unreadable` = the whole file, and nothing follows. */
  | { readonly kind: 'skipped' | 'invalid' | 'unreadable'; readonly line: number; readonly reason: string };

const UNBALANCED =
  'A quote (") opens or ends in the middle of the line. Put quotes around whole values, and double those inside.';

/**
 * A subscriber file as other newsletter programs and spreadsheets export it, as it is read, some lines at a time: UTF-8 or UTF-16, any common
 * separator, with a header line, or without one when it is a plain list of addresses. Every line that is not taken is told with its reason.
 */
export async function* readSubscribers(file: AsyncIterable<Uint8Array>): AsyncGenerator<SubscriberEntry[]> {
  let columns: SubscriberColumns | undefined;
  for await (const records of csvRecords(decodeText(file))) {
    const [first] = records;
    if (columns !== undefined) yield readEntries(columns, records);
    else if (first !== undefined) {
      const header = startReading(first);
      if (typeof header === 'string') {
        yield [{ kind: 'unreadable', line: first.line, reason: header }];
        return;
      }
      columns = header;
      yield readEntries(columns, isAddressLine(first) ? records : records.slice(1));
    }
  }
  if (columns === undefined) yield [{ kind: 'unreadable', line: 1, reason: 'The file is empty.' }];
}

function startReading(record: CsvRecord): SubscriberColumns | string {
  if (record.fields === undefined) return UNBALANCED;
  const isText = !/[\0-\x08]/.test(record.fields.join(''));
  if (!isText) return 'The file is not text. Save a spreadsheet as "CSV UTF-8" first.';
  return isAddressLine(record) ? onlyAddresses() : readHeader(record.fields);
}

const isAddressLine = ({ fields = [] }: CsvRecord): boolean =>
  fields.length === 1 && parseEmailAddress(fields[0] ?? '') !== undefined;

const readEntries = (columns: SubscriberColumns, records: readonly CsvRecord[]): SubscriberEntry[] =>
  records.map((record) => readEntry(columns, record));

function readEntry(columns: SubscriberColumns, { line, fields }: CsvRecord): SubscriberEntry {
  if (fields === undefined) return { kind: 'invalid', line, reason: UNBALANCED };
  return { line, ...readRow(columns, fields) };
}
