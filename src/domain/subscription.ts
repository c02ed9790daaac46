import type { Every } from './cadence.ts';
import type { Instant } from './instant.ts';
import type { Place } from './plan.ts';
import type { SeriesId } from './series.ts';

/** Subscriber × series. */
export interface Subscription {
  readonly series: SeriesId;
  readonly state: 'active' | 'ended';
  /** When the state began. */
  readonly since: Instant;
  /** Why it ended: `unsubscribed`, `address rejected`, … */
  readonly reason?: string;
  /** No issue before this; absent = not paused by the reader. */
  readonly pausedUntil?: Instant;
  /** The reader's own gap; absent = the series'. */
  readonly pace?: Every;
  /** How often the reader has begun again. */
  readonly round: number;
  /** When they first had the last issue, where the writer sends a letter about it. */
  readonly finishedAt?: Instant;
  /** Where it stands; absent when ended, or held back as uncertain. */
  readonly place?: Place;
  /**
   * Sent issues again that they have missed: where they stand (or are held), the issues that follow, and last the place where they go on after
   * that. Absent = they are not.
   */
  readonly detour?: readonly Place[];
  /** Earliest time of the next issue, release times aside. */
  readonly dueAt?: Instant;
}

/** What became of one issue for one reader. */
export interface HistoryEntry {
  readonly series: SeriesId;
  readonly issue: string;
  readonly outcome: string;
  /** Of acceptances but the newest only to the second. */
  readonly at: Instant;
  /** The server's words, when it refused; of acceptances the reader's newest has them, if anything was said. */
  readonly reason?: string;
  /** How often nobody could know whether a copy was taken, and one more went out. */
  readonly uncertain?: number;
}
