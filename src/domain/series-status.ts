import type { Attention } from './attention.ts';
import type { Instant } from './instant.ts';
import type { AudienceParts, SentAgain } from './issue-counts.ts';
import type { IssueId } from './issue.ts';
import type { SeriesPlan } from './plan.ts';

/** Where one issue is, in one word. `complete` only when nobody is ahead of it any more and the counts add up. */
export type IssueState = 'complete' | 'sending' | 'waiting' | 'unreleased' | 'held' | 'retired';

/** One issue as every face shows it: the audience is the sum of its parts. */
export interface IssueStatus extends AudienceParts {
  readonly issue: IssueId;
  /** Its place in the series, from 1; 0 once it was taken out. */
  readonly number: number;
  readonly title: string;
  readonly releaseAt?: Instant;
  readonly state: IssueState;
  /** Everybody who has had, has or will have this issue ahead. */
  readonly audience: number;
  readonly addsUp: boolean;
  /** Of the waiting: readers at earlier places, who will come to this issue. */
  readonly toCome: number;
  /** Of the skipped: who left while waiting for it. */
  readonly left: number;
  /** Of the uncertain: those the operator has to decide about. */
  readonly held: number;
  /** Due now and not yet sent. */
  readonly due: number;
  readonly sentAgain: SentAgain;
  /** Earliest time at which anybody who stands here is due, release time included; absent = nobody does. */
  readonly nextDueAt?: Instant;
  /** Events: how often a server put somebody off, and how often nobody could know whether a copy was taken. */
  readonly deferrals: number;
  readonly doubts: number;
}

export interface SeriesStatus {
  readonly plan: SeriesPlan;
  readonly now: Instant;
  readonly issues: readonly IssueStatus[];
  readonly readers: number;
  /** Readers who have nothing ahead of them, whether they had the last issue or were refused it. */
  readonly caughtUp: number;
  /** Subscriptions ever begun, those that have ended, and those of them that ended because the address is dead or suppressed. */
  readonly joined: number;
  readonly ended: number;
  readonly bounced: number;
  /** Earliest time at which anybody is due, release times included; absent = nobody waits for anything. */
  readonly nextDueAt?: Instant;
  /** Since when mail is due that has not been sent; absent = none is, the series does not run, or its window is closed. */
  readonly dueSince?: Instant;
  readonly acceptedLastMinute: number;
  /** When all that is due now will be sent, at the rate of the last minute; absent = nothing is, or nobody can tell. */
  readonly finishesAt?: Instant;
  /** What a person should know, the worst first. */
  readonly attention: readonly Attention[];
}

/** What an issue's state is derived from. */
export interface IssueFacts {
  readonly parts: AudienceParts;
  readonly entered: number;
  readonly held: number;
  readonly due: number;
  readonly isRetired: boolean;
  readonly isReleased: boolean;
  readonly addsUp: boolean;
}

/** Derives one issue's state from the numbers; the order of the rules is their precedence. */
export function issueStateOf({
  parts,
  entered,
  held,
  due,
  isRetired,
  isReleased,
  addsUp,
}: IssueFacts): IssueState {
  if (isRetired) return 'retired';
  if (!isReleased) return 'unreleased';
  if (due > 0) return 'sending';
  if (held > 0) return 'held';
  const ahead = parts.waiting + parts.deferred + parts.uncertain;
  return ahead === 0 && entered > 0 && addsUp ? 'complete' : 'waiting';
}
