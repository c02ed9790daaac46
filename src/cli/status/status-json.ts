import { describeAttention, titleIn, type Attention } from '../../domain/attention.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Present, WorkerSeen } from '../../domain/overview.ts';
import type { IssueStatus, SeriesStatus } from '../../domain/series-status.ts';
import { rhythm } from '../describe-plan.ts';
import { answerOf } from './answer.ts';

/** One series for scripts; stable. `FIELDS` says what each field means. */
export function seriesJson(status: SeriesStatus, { workers, trouble }: Pick<Present, 'workers' | 'trouble'>) {
  const { plan, issues, nextDueAt, dueSince, finishesAt, now, attention, ...rest } = status;
  return {
    series: plan.series,
    title: plan.title,
    state: plan.state,
    stateReason: plan.stateReason ?? null,
    answer: answerOf(status),
    rhythm: rhythm(plan),
    timezone: plan.cadence.timezone,
    revision: plan.revision,
    startAt: isoOf(plan.startAt),
    at: isoOf(now),
    nextDueAt: isoOrNull(nextDueAt),
    dueSince: isoOrNull(dueSince),
    lateSeconds: dueSince === undefined ? 0 : Math.max(0, Math.round((now - dueSince) / 1_000)),
    finishesAt: isoOrNull(finishesAt),
    ...rest,
    attention: attention.map((one) => attentionJson(one, titleIn(issues, one))),
    problems: attention.map((one) => describeAttention(one, titleIn(issues, one)).says),
    mailTrouble: trouble ?? null,
    workers: workers.map(workerJson),
    issues: issues.map(issueJson),
  };
}

const issueJson = ({ issue, releaseAt, nextDueAt, ...counts }: IssueStatus) => ({
  id: issue,
  ...counts,
  releaseAt: isoOrNull(releaseAt),
  nextDueAt: isoOrNull(nextDueAt),
});

export const attentionJson = (one: Attention, title: string | undefined) => ({
  ...one,
  ...('since' in one && { since: isoOf(one.since) }),
  ...('goesOnAt' in one && one.goesOnAt !== undefined && { goesOnAt: isoOf(one.goesOnAt) }),
  ...describeAttention(one, title),
});

export const workerJson = ({ id, startedAt, seenAt, connections }: WorkerSeen) => ({
  id,
  startedAt: isoOf(startedAt),
  seenAt: isoOf(seenAt),
  connections,
});

export const isoOf = (at: Instant): string => new Date(at).toISOString();

export const isoOrNull = (at: Instant | undefined): string | null => (at === undefined ? null : isoOf(at));
