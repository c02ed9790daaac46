import type { Instant } from './instant.ts';
import type { SeriesStatus } from './series-status.ts';
import type { SeriesId } from './series.ts';

/** Everything there is to see, of one moment: what each face shows a part of. */
export interface Overview {
  readonly now: Instant;
  readonly series: readonly SeriesStatus[];
  /** Processes that send, as they said within the last 45 seconds. */
  readonly workers: readonly WorkerSeen[];
  /** Why no worker can use the mail server right now, in the server's words. */
  readonly trouble?: string;
  readonly queues: readonly QueueDepth[];
  readonly people: People;
  /** Over all series, since the beginning. */
  readonly totals: Totals;
  /** Since when the mail is due that has waited longest; absent = none is due. */
  readonly oldestDueAt?: Instant;
  /** The last hour, oldest first, about every ten seconds. */
  readonly timeline: readonly Sample[];
  /** One for each day there was somebody, oldest first. */
  readonly days: readonly DaySample[];
}

/** An overview of this moment alone. */
export type Present = Omit<Overview, 'timeline' | 'days'>;

export interface WorkerSeen {
  /** Host and process, `mars:4711`. */
  readonly id: string;
  readonly startedAt: Instant;
  readonly seenAt: Instant;
  /** Connections to the mail server it may open. */
  readonly connections: number;
}

export interface QueueDepth {
  readonly queue: string;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
}

/** Subscriptions by state, and addresses that must not be mailed. */
export interface People {
  readonly active: number;
  readonly left: number;
  readonly bounced: number;
  readonly suppressed: number;
}

/** Events since the beginning; they only grow. */
export interface Totals {
  readonly accepted: number;
  readonly deferrals: number;
  readonly rejected: number;
  readonly doubts: number;
}

/** The totals at a moment, so that any two samples tell what went on between them. */
export interface Sample extends Totals {
  readonly at: Instant;
  /** Due and not yet sent. */
  readonly due: number;
  /** Tickets no worker has taken. */
  readonly tickets: number;
  readonly series: Readonly<Record<SeriesId, Totals>>;
}

/** Subscriptions at the end of a day (UTC), `2026-03-31`. */
export interface DaySample {
  readonly day: string;
  /** Mails accepted since the beginning, at the end of the day; absent where an earlier version looked. */
  readonly accepted?: number;
  readonly joined: number;
  readonly left: number;
  readonly bounced: number;
}

/** Events between samples, as charts show them: `at` is the beginning of the minute. */
export interface Minute extends Totals {
  readonly at: Instant;
}
