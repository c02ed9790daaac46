import type { LedgerReader } from './evidence.ts';
import type { Counts, Operation } from './operations.ts';
import type { SmtpRecord } from './smtp-record.ts';

/** Somebody in a set of those who wait: known by id only. */
export interface Standing {
  readonly id: string;
  readonly place: string;
}

/** What is left of somebody who was erased, and where it was found. */
export interface Leftover {
  readonly reader: string;
  readonly where: string;
}

/** A send during which things were changed, when nothing is due any more. */
export interface ChangesEvidence {
  readonly series: string;
  /** Addresses that were in before the first `schedule`. */
  readonly audience: readonly string[];
  readonly mails: readonly SmtpRecord[];
  readonly operations: readonly Operation[];
  readonly readers: readonly LedgerReader[];
  /** By issue; those of the whole series (joined, ended) under ''. */
  readonly counts: Readonly<Record<string, Counts>>;
  readonly standings: readonly Standing[];
  readonly leftovers: readonly Leftover[];
  /** Of all workers together: so many mails can be on their way at once. */
  readonly connections: number;
}
