import type { SmtpRecord } from './smtp-record.ts';

/** Something that happened to the processes, a line of the event log. `at` is ms since the epoch. */
export type ChaosEvent =
  /** A worker's process was ended for good by a signal; `worker` is what it calls itself in EHLO. */
  | { readonly kind: 'kill'; readonly at: number; readonly worker: string; readonly signal: string }
  | { readonly kind: 'start'; readonly at: number; readonly worker: string }
  /** SIGSTOP and SIGCONT. */
  | { readonly kind: 'stop'; readonly at: number; readonly worker: string }
  | { readonly kind: 'continue'; readonly at: number; readonly worker: string }
  | { readonly kind: 'redisKill'; readonly at: number }
  | { readonly kind: 'redisBack'; readonly at: number }
  /** What nobody renewed after that worker was killed: it, or one that was killed soon after, had claimed it. */
  | {
      readonly kind: 'orphans';
      readonly at: number;
      readonly worker: string;
      readonly killedAt: number;
      /** Ids of readers and the tokens of their claims. */
      readonly claims: readonly { readonly reader: string; readonly token: string }[];
    }
  /** The reader was told that they are out. */
  | { readonly kind: 'unsubscribed'; readonly at: number; readonly address: string }
  | { readonly kind: 'note'; readonly at: number; readonly text: string };

/** What the ledger says of one reader of the series. */
export interface LedgerReader {
  readonly id: string;
  readonly address: string;
  /** The subscription's state and its reason, as it is stored: `active …`, `ended …`. */
  readonly membership: string;
  /** By issue: `accepted <ms>`, `rejected <ms> <reason>`, `skipped <ms>`, `held <ms>`. */
  readonly history: Readonly<Record<string, string>>;
  /** By issue: how often its outcome was recorded as uncertain. */
  readonly uncertain: Readonly<Record<string, number>>;
  /** The issue they wait for, `@start` or `@end`; absent = nowhere. */
  readonly place?: string;
  /** The issue that is kept for the operator. */
  readonly held?: string;
  /** State of the claim record, if there is one. */
  readonly claim?: string;
}

export interface LedgerExport {
  readonly readers: readonly LedgerReader[];
  /** By issue: entered, accepted, rejected, suppressed, skipped, left, held, uncertain, deferred. */
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Everything the checker judges by. */
export interface Evidence {
  readonly series: string;
  /** Ids in the order of the series. */
  readonly issues: readonly string[];
  /** Addresses that were imported before the series began. */
  readonly audience: readonly string[];
  readonly mails: readonly SmtpRecord[];
  readonly events: readonly ChaosEvent[];
  /** Absent where the sender keeps none. */
  readonly ledger?: LedgerExport;
  /** Connections each worker may have. */
  readonly connections?: number;
  /** With `hold` no second copy is ever right. */
  readonly onUncertain?: 'resend' | 'hold';
}
