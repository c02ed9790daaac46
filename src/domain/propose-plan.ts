import type { Cadence } from './cadence.ts';
import type { Instant } from './instant.ts';
import type { IssueId } from './issue.ts';
import { isSameGap, usualPaces } from './pace.ts';
import { changeBetween, missedByLeftovers, type PlanChange } from './plan-change.ts';
import {
  END,
  liveIssues,
  type Move,
  type PlannedIssue,
  type ScheduleChoices,
  type SeriesAbout,
  type SeriesPlan,
} from './plan.ts';
import type { Series } from './series.ts';

export interface ProposalInput {
  readonly series: Series;
  /** Content hash of every issue's rendering. */
  readonly rendered: ReadonlyMap<IssueId, string>;
  /** The plan in force; absent before the first `schedule`. */
  readonly current?: SeriesPlan;
  /** From the command line: these win over the content, now and at later schedules. */
  readonly choices: ScheduleChoices;
  /** When the series begins; absent = as it was, or now. */
  readonly startAt?: Instant;
  readonly now: Instant;
  /** Issues readers were put before when there was no plan; those that are not in it begin at the beginning. */
  readonly early?: readonly IssueId[];
}

export interface Proposal {
  /** The plan in force itself when nothing would change. */
  readonly plan: SeriesPlan;
  readonly change: PlanChange;
  readonly isChanged: boolean;
}

/** What scheduling a series as the content has it now would do to the plan in force. */
export function proposePlan(input: ProposalInput): Proposal {
  const { series, rendered, current, choices, startAt, now, early = [] } = input;
  const issues = series.issues.map((issue): PlannedIssue => {
    const hash = rendered.get(issue.id);
    if (hash === undefined) throw new Error(`Issue "${issue.id}" of series "${series.id}" was not rendered.`);
    const { id, title, releaseAt } = issue;
    return { id, title, rendered: hash, ...(releaseAt !== undefined && { releaseAt }) };
  });
  const change = changeFrom(current, issues);
  const chosen = { ...current?.chosen, ...choices };
  const cadence = chosenCadence(series.cadence, chosen);
  const plan: SeriesPlan = {
    series: series.id,
    title: series.title,
    revision: (current?.revision ?? 0) + 1,
    state: current?.state === 'paused' ? 'paused' : 'running',
    ...(current?.state === 'paused' && pauseOf(current)),
    startAt: startAt ?? current?.startAt ?? now,
    cadence,
    join: chosen.join ?? series.join,
    about: aboutOf(series, cadence),
    chosen,
    issues: withRetired(issues, current),
    ...(hasReturned(issues, current) && { returned: true }),
    moves: [...change.moves, ...strays(early, issues)],
  };
  const isChanged = current === undefined || contentOf(plan) !== contentOf(current);
  return { plan: isChanged ? plan : current, change, isChanged };
}

/** Why it has paused itself, if it was not the writer who did. */
const pauseOf = ({ stateReason, stateRevision }: SeriesPlan) => ({
  ...(stateReason !== undefined && { stateReason }),
  ...(stateRevision !== undefined && { stateRevision }),
});

function changeFrom(current: SeriesPlan | undefined, issues: readonly PlannedIssue[]): PlanChange {
  if (current === undefined) return changeBetween([], issues);
  const change = changeBetween(liveIssues(current), issues);
  return { ...change, missed: [...change.missed, ...missedByLeftovers(current.issues, issues)] };
}

function aboutOf(
  { description, language, from, replyTo, paces, letters }: Series,
  { every }: Cadence,
): SeriesAbout {
  const offered = (paces ?? usualPaces(every)).filter((pace) => !isSameGap(pace, every));
  return {
    description,
    language,
    from,
    ...(replyTo !== undefined && { replyTo }),
    paces: offered,
    letters,
  };
}

function strays(early: readonly IssueId[], issues: readonly PlannedIssue[]): Move[] {
  const lost = early.filter((id) => !issues.some((issue) => issue.id === id));
  return lost.map((from) => ({ from, to: issues[0]?.id ?? END }));
}

function chosenCadence(cadence: Cadence, { every, at, timezone }: ScheduleChoices): Cadence {
  return {
    ...cadence,
    ...(every !== undefined && { every }),
    ...(at !== undefined && { at }),
    ...(timezone !== undefined && { timezone }),
  };
}

// Each stays behind the issue it followed: a reader still in the middle of one goes on to what came after it.
function withRetired(issues: readonly PlannedIssue[], current: SeriesPlan | undefined): PlannedIssue[] {
  const all = [...issues];
  let previous: IssueId | undefined;
  for (const old of current?.issues ?? []) {
    if (!all.some(({ id }) => id === old.id)) {
      const after = all.findIndex(({ id }) => id === previous);
      all.splice(after + 1, 0, { ...old, retired: true });
    }
    previous = old.id;
  }
  return all;
}

/** For good: whoever was moved back then may wait for long. */
const hasReturned = (issues: readonly PlannedIssue[], current: SeriesPlan | undefined): boolean =>
  current?.returned === true ||
  issues.some(({ id }) => current?.issues.some((old) => old.id === id && old.retired === true));

function contentOf({ revision: _revision, moves: _moves, ...rest }: SeriesPlan): string {
  return JSON.stringify(rest, (_key, value: unknown) => (isRecord(value) ? sorted(value) : value));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const sorted = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
