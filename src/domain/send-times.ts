import type { IssueId } from './issue.ts';
import type { SeriesId } from './series.ts';

/** Upper bounds of the buckets in seconds; slower mails are in one more, without a bound. */
export const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] as const;

/** How long mails took, from the ledger's leave to the server's answer. */
export interface SendTimes {
  /** How many mails were in each bucket of `BUCKETS_S`, and last how many were slower; not cumulative. */
  readonly buckets: readonly number[];
  readonly count: number;
  readonly seconds: number;
}

/** The mails of one issue to one domain. */
export interface DomainTime {
  /** `*` = others, where there are too many to tell apart. */
  readonly domain: string;
  readonly count: number;
  readonly seconds: number;
}

/** What a worker measured since it last told. */
export interface Measured {
  readonly times: SendTimes;
  readonly issues: readonly {
    readonly series: SeriesId;
    readonly issue: IssueId;
    readonly domains: readonly DomainTime[];
  }[];
}

/** In which of the buckets a time belongs. */
export function bucketOf(seconds: number): number {
  const index = BUCKETS_S.findIndex((bound) => seconds <= bound);
  return index < 0 ? BUCKETS_S.length : index;
}
