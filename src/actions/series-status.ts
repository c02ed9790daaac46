import { attentionTo } from '../domain/judge-series.ts';
import type { Instant } from '../domain/instant.ts';
import { MINUTE_MS } from '../domain/instant.ts';
import { addsUp, partsOf, type IssueCounts } from '../domain/issue-counts.ts';
import { END, START, type PlannedIssue, type SeriesPlan } from '../domain/plan.ts';
import { issueStateOf, type IssueStatus, type SeriesStatus } from '../domain/series-status.ts';
import type { Limited } from '../domain/sending-limits.ts';
import type { SeriesId } from '../domain/series.ts';
import { intoWindow, isInsideWindow } from '../domain/send-window.ts';
import { STALE_PLAN } from '../domain/stale-plan.ts';
import type { Progress } from '../domain/stuck.ts';
import type { Census, SeriesTotals, Standing } from '../store/census.ts';
import type { Store } from '../store/open-store.ts';
import { retryWhenStale } from './retry-when-stale.ts';

/** What is the same for every series. */
export interface Surroundings {
  /** Why mail does not go out, in the server's words. */
  readonly trouble: string | undefined;
  readonly isWorking: boolean;
  readonly progress: ReadonlyMap<SeriesId, Progress>;
  /** What keeps whose mail from leaving. */
  readonly limited: ReadonlyMap<SeriesId, Limited>;
}

/** What a series is doing: per issue the audience and how it adds up, what is due next, and what is wrong. */
export async function seriesStatus(
  { store }: { store: Store },
  series: SeriesId,
): Promise<SeriesStatus | undefined> {
  const now = await store.now();
  const workers = await store.workers.list(now);
  return seriesStatusIn({ store }, series, {
    trouble: await store.transport.findTrouble(),
    isWorking: workers.length > 0,
    progress: await store.timeline.progress(),
    limited: await store.rates.limited(now),
  });
}

/** The same for whoever knows what is around it already. */
export function seriesStatusIn(
  { store }: { store: Store },
  series: SeriesId,
  around: Surroundings,
): Promise<SeriesStatus | undefined> {
  return retryWhenStale(store, series, async (plan) => {
    if (plan === undefined) return undefined;
    const now = await store.now();
    const census = await store.census.take(plan, now);
    return census === STALE_PLAN ? STALE_PLAN : statusOf(plan, now, census, around);
  });
}

function statusOf(
  plan: SeriesPlan,
  now: Instant,
  { standings, totals }: Census,
  around: Surroundings,
): SeriesStatus {
  const issues = issueStatuses(plan, now, standings, totals.issues);
  const nextDueAt = earliestOf(issues.flatMap((issue) => issue.nextDueAt ?? []));
  const isLate = plan.state === 'running' && nextDueAt !== undefined && nextDueAt <= now;
  const isPutOff = (around.limited.get(plan.series)?.lastsUntil ?? 0) > now + MINUTE_MS;
  const finishesAt = isLate && !isPutOff ? finishOf(plan, now, issues, totals) : undefined;
  const status: SeriesStatus = {
    plan,
    now,
    issues,
    readers: totals.joined - totals.ended,
    caughtUp: waitingAt(standings, END),
    joined: totals.joined,
    ended: totals.ended,
    bounced: totals.bounced,
    ...(nextDueAt !== undefined && { nextDueAt }),
    ...(isLate && { dueSince: nextDueAt }),
    acceptedLastMinute: totals.acceptedLastMinute,
    ...(finishesAt !== undefined && { finishesAt }),
    attention: [],
  };
  const seen = { placed: placedIn(standings, issues), isOverdue: isOverdue(plan, now, standings) };
  return { ...status, attention: attentionTo(status, seen, around) };
}

function issueStatuses(
  plan: SeriesPlan,
  now: Instant,
  standings: readonly Standing[],
  counts: readonly IssueCounts[],
): IssueStatus[] {
  let toCome = waitingAt(standings, START);
  let number = 0;
  return plan.issues.flatMap((issue, index) => {
    const own = counts[index];
    if (own === undefined) return [];
    const isRetired = issue.retired !== undefined;
    toCome += own.detourEnd;
    const status = issueStatus(plan, now, standings, issue, own, toCome + own.detourAhead);
    toCome += own.waiting + own.deferred + own.doubted + own.held - own.onDetour;
    return [{ ...status, number: isRetired ? 0 : ++number }];
  });
}

function issueStatus(
  plan: SeriesPlan,
  now: Instant,
  standings: readonly Standing[],
  issue: PlannedIssue,
  counts: IssueCounts,
  toCome: number,
): Omit<IssueStatus, 'number'> {
  const { entered, left, held, sentAgain, deferrals, doubts } = counts;
  const isReleased = isReleasedAt(issue, now) && plan.startAt <= now;
  const mayGoOut = isReleased && isInsideWindow(now, plan.cadence);
  const due = mayGoOut ? sum(standings, issue.id, ({ due }) => due) : 0;
  const here = standings.filter(({ place }) => place === issue.id);
  const nextDueAt = earliestOf(here.flatMap((standing) => dueTimeOf(plan, now, issue, standing)));
  const audience = entered + toCome;
  const parts = partsOf(counts, toCome);
  const facts = { isRetired: issue.retired !== undefined, isReleased, addsUp: addsUp(audience, parts) };
  return {
    issue: issue.id,
    title: issue.title,
    ...(issue.releaseAt !== undefined && { releaseAt: issue.releaseAt }),
    state: issueStateOf({ ...facts, parts, entered, held, due }),
    audience,
    ...parts,
    addsUp: facts.addsUp,
    toCome,
    left,
    held,
    due,
    sentAgain,
    ...(nextDueAt !== undefined && { nextDueAt }),
    deferrals,
    doubts,
  };
}

/** Also while the window is closed: that nobody sends is not over when it closes. */
const isOverdue = ({ state, startAt, issues }: SeriesPlan, now: Instant, standings: readonly Standing[]) =>
  state === 'running' &&
  startAt <= now &&
  issues.some((issue) => isReleasedAt(issue, now) && sum(standings, issue.id, ({ due }) => due) > 0);

const isReleasedAt = ({ releaseAt = 0 }: PlannedIssue, now: Instant): boolean => releaseAt <= now;

/** What the window has closed over waits for its next opening. */
function dueTimeOf(
  { cadence, startAt }: SeriesPlan,
  now: Instant,
  { releaseAt = 0 }: PlannedIssue,
  { earliest }: Standing,
): Instant[] {
  if (earliest === undefined) return [];
  const due = Math.max(earliest, releaseAt, startAt);
  return [isInsideWindow(now, cadence) ? intoWindow(due, cadence) : intoWindow(Math.max(due, now), cadence)];
}

const earliestOf = (times: readonly Instant[]): Instant | undefined =>
  times.length === 0 ? undefined : Math.min(...times);

/** At the rate of the last minute; undefined when the send window is closed by then, or nobody can tell. */
function finishOf(
  { cadence }: SeriesPlan,
  now: Instant,
  issues: readonly IssueStatus[],
  { acceptedLastMinute }: SeriesTotals,
): Instant | undefined {
  const due = issues.reduce((n, issue) => n + issue.due, 0);
  if (due === 0 || acceptedLastMinute === 0) return undefined;
  const finish = Math.round(now + (due / acceptedLastMinute) * MINUTE_MS);
  return isInsideWindow(finish, cadence) ? finish : undefined;
}

/** How many readers stand somewhere. */
const placedIn = (standings: readonly Standing[], issues: readonly IssueStatus[]): number =>
  standings.reduce((n, { waiting }) => n + waiting, 0) + issues.reduce((n, { held }) => n + held, 0);

const waitingAt = (standings: readonly Standing[], place: string): number =>
  sum(standings, place, ({ waiting }) => waiting);

const sum = (standings: readonly Standing[], place: string, of: (standing: Standing) => number): number =>
  standings.filter((standing) => standing.place === place).reduce((n, standing) => n + of(standing), 0);
