import type { Instant } from './instant.ts';
import { addsUp, type IssueCounts } from './issue-counts.ts';
import type { SeriesPlan } from './plan.ts';

/** Where one issue is, in one word. `complete` only when nobody is ahead of it any more and the counts add up. */
export type IssueState = 'complete' | 'sending' | 'waiting' | 'unreleased' | 'held' | 'retired';

export interface IssueStatus extends IssueCounts {
  readonly number: number;
  readonly title: string;
  readonly releaseAt?: Instant;
  readonly state: IssueState;
  /** Readers at earlier places, who will come to this issue. */
  readonly toCome: number;
  /** Everybody who has had, has or will have this issue ahead: entered + toCome. */
  readonly audience: number;
  readonly addsUp: boolean;
  /** Due now and not yet sent. */
  readonly due: number;
}

export interface SeriesStatus {
  readonly plan: SeriesPlan;
  readonly now: Instant;
  readonly issues: readonly IssueStatus[];
  readonly readers: number;
  /** Readers who have had everything there is. */
  readonly caughtUp: number;
  /** Earliest time at which anybody is due, release times included; absent = nobody waits for anything. */
  readonly nextDueAt?: Instant;
  readonly acceptedLastMinute: number;
  /** What a person should know, in words. */
  readonly problems: readonly string[];
}

/** Derives one issue's state from the numbers; the order of the rules is their precedence. */
export function issueStateOf(
  counts: IssueCounts,
  {
    toCome,
    due,
    isRetired,
    isReleased,
  }: { toCome: number; due: number; isRetired: boolean; isReleased: boolean },
): IssueState {
  if (isRetired) return 'retired';
  if (!isReleased) return 'unreleased';
  if (due > 0) return 'sending';
  if (counts.held > 0) return 'held';
  return counts.waiting + toCome === 0 && counts.entered > 0 && addsUp(counts) ? 'complete' : 'waiting';
}
