import type { Every } from './cadence.ts';
import type { Instant } from './instant.ts';
import type { IssueId } from './issue.ts';
import { cadenceOf } from './pace.ts';
import {
  liveIssues,
  placeAfter,
  type PlannedIssue,
  type SeriesAbout,
  type SeriesPlan,
  type SeriesState,
} from './plan.ts';
import { releasedIssues } from './released-issues.ts';
import { intoWindow } from './send-window.ts';
import type { HistoryEntry, Subscription } from './subscription.ts';
import type { TokenOwner } from './token.ts';

/** One issue as one reader sees it. `missed` = passed without having been accepted: they joined later, or their server refused it. */
export interface IssueRead {
  readonly id: IssueId;
  /** 1-based. */
  readonly number: number;
  /** '' while it is neither released nor had: what is to come is not told. */
  readonly title: string;
  readonly state: 'had' | 'next' | 'ahead' | 'missed';
  /** When the reader had it. */
  readonly at?: Instant;
  readonly isReleased: boolean;
}

/** What comes next for a reader. */
export interface NextIssue {
  readonly issue: IssueId;
  readonly number: number;
  /** Not before this: gap, pause, release time, start and window are in it. */
  readonly dueAt: Instant;
  readonly isReleased: boolean;
  /** Being sent, tried before and waiting to be tried again, or of unknown outcome. */
  readonly isUnderWay: boolean;
}

/** A series as one reader goes through it: what their own page shows. No address, and nothing of other series. */
export interface Reading {
  readonly owner: TokenOwner;
  readonly title: string;
  readonly about: SeriesAbout;
  readonly state: Subscription['state'];
  /** '' when unknown. */
  readonly name: string;
  /** The reader's own choice. */
  readonly language?: string;
  /** Later than now; absent = not paused by the reader. */
  readonly pausedUntil?: Instant;
  /** The reader's own gap; absent = the series'. */
  readonly pace?: Every;
  /** The series' own gap. */
  readonly every: Every;
  readonly timezone: string;
  readonly issues: readonly IssueRead[];
  /** Absent = caught up, or not reading. */
  readonly next?: NextIssue;
  readonly seriesState: SeriesState;
}

/** What the ledger knows of one reader in one series, all of the same moment. */
export interface ReaderFacts {
  readonly owner: TokenOwner;
  readonly name: string;
  readonly language?: string;
  /** With place and due time, where it has them. */
  readonly subscription: Subscription;
  /** Of this series and this round. */
  readonly history: readonly HistoryEntry[];
  /** The issue whose delivery is begun, deferred, or of unknown outcome. */
  readonly underWay?: IssueId;
}

/** How a reader's way through a series stands now. */
export function readingOf(plan: SeriesPlan, facts: ReaderFacts, now: Instant): Reading {
  const { owner, name, language, subscription } = facts;
  const { pausedUntil } = subscription;
  const isPaused = pausedUntil !== undefined && pausedUntil > now;
  const { every } = cadenceOf(plan, subscription.pace);
  const next = nextOf(plan, facts, now);
  return {
    owner,
    title: plan.title,
    about: plan.about,
    state: subscription.state,
    name,
    ...(language !== undefined && { language }),
    ...(isPaused && { pausedUntil }),
    ...(every !== plan.cadence.every && { pace: every }),
    every: plan.cadence.every,
    timezone: plan.cadence.timezone,
    issues: issuesRead(plan, facts, next, now),
    ...(next !== undefined && { next }),
    seriesState: plan.state,
  };
}

function nextOf(
  plan: SeriesPlan,
  { subscription, underWay }: ReaderFacts,
  now: Instant,
): NextIssue | undefined {
  const { state, dueAt = 0, pausedUntil = 0 } = subscription;
  const place = subscription.place ?? underWay;
  const live = liveIssues(plan);
  if (state === 'ended' || place === undefined) return undefined;
  const isLeftover = plan.issues.some(({ id, retired }) => id === place && retired !== undefined);
  const standing = isLeftover ? placeAfter(plan, place as IssueId) : place;
  const index = live.findIndex(({ id }) => id === standing);
  const issue = live[index];
  if (issue === undefined) return undefined;
  const earliest = Math.max(dueAt, pausedUntil, issue.releaseAt ?? 0, plan.startAt);
  return {
    issue: issue.id,
    number: index + 1,
    dueAt: intoWindow(earliest, plan.cadence),
    isReleased: isReleased(plan, issue, now),
    isUnderWay: underWay === issue.id,
  };
}

function issuesRead(
  plan: SeriesPlan,
  { subscription, history }: ReaderFacts,
  next: NextIssue | undefined,
  now: Instant,
): IssueRead[] {
  const live = liveIssues(plan);
  const acceptedAt = new Map(
    history.filter(({ outcome }) => outcome === 'accepted').map(({ issue, at }) => [issue, at]),
  );
  const furthest = live.findLastIndex(({ id }) => acceptedAt.has(id));
  // Who is reading stands somewhere; who has left, behind what they have had.
  const standsAt =
    next === undefined ? (subscription.state === 'active' ? live.length : furthest + 1) : next.number - 1;
  const comes = comingOf(live, subscription, standsAt);
  const stateOf = (index: number): IssueRead['state'] => {
    if (!comes(index)) return 'missed';
    return index === standsAt && next !== undefined ? 'next' : 'ahead';
  };
  return live.map((issue, index) => {
    const at = acceptedAt.get(issue.id);
    const isOut = isReleased(plan, issue, now);
    return {
      id: issue.id,
      number: index + 1,
      title: isOut || at !== undefined ? issue.title : '',
      state: at !== undefined ? 'had' : stateOf(index),
      ...(at !== undefined && { at }),
      isReleased: isOut,
    };
  });
}

/** Whether an issue is ahead of a reader: behind where they stand, or, for who is sent issues again, among these and behind where they go on. */
function comingOf(
  live: readonly PlannedIssue[],
  { detour }: Subscription,
  standsAt: number,
): (index: number) => boolean {
  if (detour === undefined) return (index) => index >= standsAt;
  const goesOnAt = live.findIndex(({ id }) => id === detour.at(-1));
  return (index) => (goesOnAt >= 0 && index >= goesOnAt) || detour.some((place) => place === live[index]?.id);
}

const isReleased = (plan: SeriesPlan, issue: PlannedIssue, now: Instant): boolean =>
  releasedIssues(plan, now).some(({ id }) => id === issue.id);

/** When a reader last had an issue of a series, in this round or one before; undefined when never. */
export function lastAcceptedAt(histories: readonly HistoryEntry[]): Instant | undefined {
  const times = histories.filter(({ outcome }) => outcome === 'accepted').map(({ at }) => at);
  return times.length === 0 ? undefined : Math.max(...times);
}
