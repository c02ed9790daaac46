import type { Instant } from '../domain/instant.ts';
import { addsUp, type IssueCounts } from '../domain/issue-counts.ts';
import { END, START, type PlannedIssue, type SeriesPlan } from '../domain/plan.ts';
import { issueStateOf, type IssueStatus, type SeriesStatus } from '../domain/series-status.ts';
import type { SeriesId } from '../domain/series.ts';
import { intoWindow } from '../domain/send-window.ts';
import { STALE_PLAN } from '../domain/stale-plan.ts';
import type { SeriesTotals, Standing } from '../store/census.ts';
import type { Store } from '../store/open-store.ts';
import { retryWhenStale } from './retry-when-stale.ts';

/** Many refusals are worth a look: this many, and this part of those who were tried. */
const MANY_REJECTED = 5;
const LARGE_PART = 0.1;

/** How the workers are. */
interface Sending {
  /** Why mail does not go out, in the server's words. */
  readonly trouble: string | undefined;
  readonly isWorking: boolean;
}

/** What a series is doing: per issue the audience and how it adds up, what is due next, and what is wrong. */
export function seriesStatus(
  { store }: { store: Store },
  series: SeriesId,
): Promise<SeriesStatus | undefined> {
  return retryWhenStale(store, series, async (plan) => {
    if (plan === undefined) return undefined;
    const now = await store.now();
    const census = await store.census.take(plan, now);
    if (census === STALE_PLAN) return STALE_PLAN;
    const { standings, totals } = census;
    const sending = {
      trouble: await store.transport.findTrouble(),
      isWorking: await store.transport.isWorking(),
    };
    return statusOf(plan, now, standings, totals, sending);
  });
}

function statusOf(
  plan: SeriesPlan,
  now: Instant,
  standings: readonly Standing[],
  totals: SeriesTotals,
  sending: Sending,
): SeriesStatus {
  const issues = issueStatuses(plan, now, standings, totals.issues);
  const dueTimes = standings.flatMap((standing) => dueTimeOf(plan, standing));
  const nextDueAt = dueTimes.length === 0 ? undefined : Math.min(...dueTimes);
  return {
    plan,
    now,
    issues,
    readers: totals.joined - totals.ended,
    caughtUp: waitingAt(standings, END),
    ...(nextDueAt !== undefined && { nextDueAt }),
    acceptedLastMinute: totals.acceptedLastMinute,
    problems: problemsOf(plan, now, issues, totals, standings, nextDueAt, sending),
  };
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
    const isReleased = isReleasedAt(issue, now) && plan.startAt <= now;
    const due = isReleased ? sum(standings, issue.id, ({ due }) => due) : 0;
    const status = {
      ...own,
      number: isRetired ? 0 : ++number,
      title: issue.title,
      ...(issue.releaseAt !== undefined && { releaseAt: issue.releaseAt }),
      state: issueStateOf(own, { toCome, due, isRetired, isReleased }),
      toCome,
      audience: own.entered + toCome,
      addsUp: addsUp(own),
      due,
    };
    toCome += own.waiting + own.held;
    return [status];
  });
}

const isReleasedAt = ({ releaseAt = 0 }: PlannedIssue, now: Instant): boolean => releaseAt <= now;

function dueTimeOf(plan: SeriesPlan, { place, earliest }: Standing): Instant[] {
  const issue = plan.issues.find(({ id }) => id === place);
  if (issue === undefined || earliest === undefined) return [];
  return [intoWindow(Math.max(earliest, issue.releaseAt ?? 0, plan.startAt), plan.cadence)];
}

const waitingAt = (standings: readonly Standing[], place: string): number =>
  sum(standings, place, ({ waiting }) => waiting);

const sum = (standings: readonly Standing[], place: string, of: (standing: Standing) => number): number =>
  standings.filter((standing) => standing.place === place).reduce((n, standing) => n + of(standing), 0);

function problemsOf(
  plan: SeriesPlan,
  now: Instant,
  issues: readonly IssueStatus[],
  totals: SeriesTotals,
  standings: readonly Standing[],
  nextDueAt: Instant | undefined,
  sending: Sending,
): string[] {
  const problems: string[] = [];
  if (plan.stateReason !== undefined) problems.push(`The series is ${plan.state}: ${plan.stateReason}.`);
  if (sending.trouble !== undefined) problems.push(`Mail does not go out: ${sending.trouble}.`);
  if (plan.state === 'running' && nextDueAt !== undefined && nextDueAt <= now && !sending.isWorking) {
    problems.push('Mail is due and nobody sends it: start `partwork up` or `partwork work`.');
  }
  for (const { issue, held, addsUp, accepted, rejected } of issues) {
    if (rejected >= MANY_REJECTED && rejected >= LARGE_PART * (accepted + rejected)) {
      problems.push(
        `${rejected} readers were refused "${issue}"; \`partwork subscribers show <address>\` tells why.`,
      );
    }
    if (held > 0) {
      problems.push(
        `${held} of "${issue}" may or may not have arrived and wait for you: \`partwork held ${plan.series}\`.`,
      );
    }
    if (!addsUp) problems.push(`The counts of "${issue}" do not add up to its audience; please report this.`);
  }
  const placed =
    standings.reduce((n, { waiting }) => n + waiting, 0) + issues.reduce((n, { held }) => n + held, 0);
  if (placed !== totals.joined - totals.ended) {
    problems.push(
      `${totals.joined - totals.ended} readers subscribe, but ${placed} have a place; please report this.`,
    );
  }
  return problems;
}
