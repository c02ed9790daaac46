import type { Cadence, Every } from './cadence.ts';
import type { EmailAddress } from './email-address.ts';
import type { Instant } from './instant.ts';
import type { IssueId } from './issue.ts';
import type { OptionalLetter } from './letter.ts';
import type { Mailbox } from './mailbox.ts';
import type { JoinRule, SeriesId } from './series.ts';

/** `running` sends; `paused` keeps everyone's place; `cancelled` is a pause that takes a new `schedule` to end. */
export type SeriesState = 'running' | 'paused' | 'cancelled';

/** Where a subscription stands: before an issue, before the series has a plan (`@start`), or after its last issue (`@end`). */
export type Place = IssueId | typeof START | typeof END;

/** `@` cannot begin an issue id, so these never collide with one. */
export const START = '@start';
export const END = '@end';

export const isIssue = (place: Place): place is IssueId => place !== START && place !== END;

export interface PlannedIssue {
  readonly id: IssueId;
  readonly title: string;
  readonly releaseAt?: Instant;
  /** Hash of the rendered issue that is sent. */
  readonly rendered: string;
  /** Taken out of the series: nobody comes here any more, a copy already under way is still settled. */
  readonly retired?: true;
}

/** The rule that renames waiting sets: everyone waiting at `from` waits at `to`. */
export interface Move {
  readonly from: Place;
  readonly to: Place;
}

/** Cadence and join rule as far as the command line gave them. */
export type ScheduleChoices = Partial<Pick<Cadence, 'every' | 'at' | 'timezone'>> & {
  readonly join?: JoinRule;
};

/** What pages and letters say of a series; the sending does not depend on it. */
export interface SeriesAbout {
  readonly description: string;
  /** BCP 47. */
  readonly language: string;
  readonly from: Mailbox;
  readonly replyTo?: EmailAddress;
  /** Gaps a reader may choose instead of the series' own, which is not among them. */
  readonly paces: readonly Every[];
  readonly letters: readonly OptionalLetter[];
}

/** What the ledger sends by: the series as it was last scheduled. */
export interface SeriesPlan {
  readonly series: SeriesId;
  readonly title: string;
  /** Grows by one with every change; a claim or a settlement made under another revision is refused and computed again. */
  readonly revision: number;
  readonly state: SeriesState;
  /** Why a series is not running, when it was not the writer who paused it. */
  readonly stateReason?: string;
  /** The revision in which it ceased to run for that reason. */
  readonly stateRevision?: number;
  readonly startAt: Instant;
  readonly cadence: Cadence;
  readonly join: JoinRule;
  readonly about: SeriesAbout;
  /** What was said on the command line and stays in force over what the content says. */
  readonly chosen: ScheduleChoices;
  readonly issues: readonly PlannedIssue[];
  /** An issue was taken out once and put back: readers may wait ahead of what they have had already. */
  readonly returned?: true;
  /** What brings a partition from the revision before to this one. */
  readonly moves: readonly Move[];
}

/** The place after an issue: the next one that is still in the series, or the end. Throws for an issue the plan never had. */
export function placeAfter(plan: SeriesPlan, issue: IssueId): Place {
  const index = plan.issues.findIndex(({ id }) => id === issue);
  if (index < 0)
    throw new Error(`Series "${plan.series}" has no issue "${issue}" at revision ${plan.revision}.`);
  return plan.issues.slice(index + 1).find(isLive)?.id ?? END;
}

/** What comes behind an issue, retired ones included. */
export function issuesAfter(plan: SeriesPlan, issue: IssueId): readonly IssueId[] {
  const index = plan.issues.findIndex(({ id }) => id === issue);
  return plan.issues.slice(index + 1).map(({ id }) => id);
}

/** Where a new reader begins, by the series' join rule. */
export function placeToJoin(plan: SeriesPlan, now: Instant): Place {
  const live = plan.issues.filter(isLive);
  if (plan.join === 'first' || now < plan.startAt) return live[0]?.id ?? END;
  return live.find(({ releaseAt }) => releaseAt !== undefined && releaseAt > now)?.id ?? END;
}

export const liveIssues = (plan: SeriesPlan): readonly PlannedIssue[] => plan.issues.filter(isLive);

const isLive = ({ retired }: PlannedIssue): boolean => retired === undefined;

/** A series' plan, or only its name before the first `schedule`. */
export type PlanOrName = Pick<SeriesPlan, 'series' | 'revision' | 'issues'>;

/** A series before its first `schedule`, with the issues readers have been put before all the same. */
export const unplanned = (series: SeriesId, early: readonly IssueId[] = []): PlanOrName => ({
  series,
  revision: 0,
  issues: early.map((id) => ({ id, title: id, rendered: '' })),
});

/** Every place of a series, retired issues included: leftovers may still be there. */
export const placesOf = (plan: PlanOrName): Place[] => [START, ...plan.issues.map(({ id }) => id), END];
