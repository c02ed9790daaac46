import type { SubscriberEntry } from '../csv/read-subscribers.ts';
import { failpoint } from '../domain/failpoint.ts';
import type { Place } from '../domain/plan.ts';
import type { SeriesId } from '../domain/series.ts';
import { subscriberIdOf } from '../domain/subscriber.ts';
import type { Store } from '../store/open-store.ts';
import type { JoinResult } from '../store/subscriptions.ts';
import { joinSeries, type Joiner } from './join-series.ts';

export interface ImportTools {
  readonly store: Store;
  readonly salt: string;
}

export interface ImportInput {
  readonly series: SeriesId;
  /** Some at a time, as they are read. */
  readonly rows: AsyncIterable<readonly SubscriberEntry[]>;
  /** Kept with each consent: `import readers.csv`. */
  readonly source: string;
  /** The same for the same file and series: an import that was cut off goes on from where it came to. */
  readonly fingerprint: string;
  /** What a row's `position` names; undefined = no such issue. */
  readonly placeNamed: (name: string) => Place | undefined;
  /** How many of the lines that are left out are told, the rest being counted; absent = all. */
  readonly mostTold?: number;
  readonly onProgress?: (rows: number) => void;
}

/** A line that was not taken, and why. `skipped` = the file itself says not to mail them. */
export interface LeftOut {
  readonly kind: 'skipped' | 'invalid' | 'unreadable';
  readonly line: number;
  readonly reason: string;
}

export interface ImportReport {
  readonly added: number;
  /** In the series already, and left where they are. */
  readonly known: number;
  /** Had left, and agreed anew after that by the date in the file. */
  readonly rejoined: number;
  /** Had left: an old file does not bring them back. */
  readonly left: number;
  /** On the suppression list: not mailed, whatever a file says. */
  readonly suppressed: number;
  readonly leftOut: readonly LeftOut[];
  /** Those that are only counted. */
  readonly untold: number;
  /** Rows done by an earlier run of the same import. */
  readonly resumedAt: number;
}

const BATCH = 4_000;

/** Puts the rows of a file into a series. Good rows are kept whatever the bad ones are; running it again repeats nothing. */
export async function importSubscribers(tools: ImportTools, input: ImportInput): Promise<ImportReport> {
  const resumedAt = await tools.store.imports.rowsDone(input.fingerprint);
  const { mostTold = Infinity } = input;
  const ledger = openIntake(tools, input);
  const leftOut: LeftOut[] = [];
  let [joiners, rows, untold]: [Joiner[], number, number] = [[], 0, 0];
  try {
    for await (const entries of input.rows) {
      for (const entry of entries) {
        rows++;
        const joiner = joinerOf(entry, input, tools.salt);
        if (!('reason' in joiner)) {
          if (rows > resumedAt) joiners.push(joiner);
        } else if (leftOut.length < mostTold) leftOut.push(joiner);
        else untold++;
        if (joiners.length < BATCH) continue;
        await ledger.takeIn(joiners, rows);
        joiners = [];
      }
    }
    await ledger.takeIn(joiners, rows);
  } finally {
    await ledger.hasTaken();
  }
  await failpoint('import.finished');
  await tools.store.imports.forget(input.fingerprint);
  return { ...ledger.counts, leftOut, untold, resumedAt };
}

/** Takes a batch while the next one is read. In turn: of two rows for one person the later has the last word. */
function openIntake(tools: ImportTools, input: ImportInput) {
  const counts = { added: 0, known: 0, rejoined: 0, left: 0, suppressed: 0 };
  let underWay = Promise.resolve();
  return {
    counts,
    async takeIn(joiners: readonly Joiner[], rows: number): Promise<void> {
      await underWay;
      underWay = takeBatch(tools, input, { joiners, rows, counts });
      // Whoever waits for it later meets the error.
      underWay.catch(() => undefined);
    },
    hasTaken: () => underWay,
  };
}

interface Batch {
  readonly joiners: readonly Joiner[];
  /** Up to and with the last of the batch. */
  readonly rows: number;
  readonly counts: Record<JoinResult, number>;
}

async function takeBatch(
  tools: ImportTools,
  { series, source, fingerprint, onProgress }: ImportInput,
  { joiners, rows, counts }: Batch,
): Promise<void> {
  await failpoint('import.before');
  const results = await joinSeries(tools, series, joiners, { source, mayComeBack: false });
  for (const result of results) counts[result]++;
  await failpoint('import.joined');
  await tools.store.imports.record(fingerprint, rows);
  await failpoint('import.noted');
  onProgress?.(rows);
}

function joinerOf(entry: SubscriberEntry, { placeNamed }: ImportInput, salt: string): Joiner | LeftOut {
  if (entry.kind !== 'row') return entry;
  const { address, name, consentedAt, next } = entry.row;
  const place = next === undefined ? undefined : placeNamed(next);
  if (next !== undefined && place === undefined) {
    return { kind: 'invalid', line: entry.line, reason: `The series has no issue "${next}".` };
  }
  const subscriber = { id: subscriberIdOf(address, salt), address, name };
  return { subscriber, place, consentAt: consentedAt };
}
