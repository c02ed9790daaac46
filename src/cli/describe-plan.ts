import type { PlanReport } from '../actions/plan-series.ts';
import { formatEvery } from '../domain/every.ts';
import { END, liveIssues, START, type SeriesPlan } from '../domain/plan.ts';
import { formatTimeOfDay, formatWindow } from '../domain/time-of-day.ts';
import { count } from './count.ts';
import { formatDistance, formatTime } from './format-time.ts';
import { table } from './table.ts';

/** The plan as a writer reads it before saying yes: what changes, for whom, and when each issue goes out. */
export function describePlan(report: PlanReport): string[] {
  const { plan } = report;
  return [
    `${plan.title} (${plan.series})`,
    `  ${rhythm(plan)}`,
    `  ${startLine(report)}`,
    `  ${readersLine(report)}`,
    '',
    ...datesTable(report),
    ...changeLines(report),
  ];
}

/** `every 1d at 08:00, Asia/Taipei; new readers begin at the first issue`. */
export function rhythm({ cadence, join }: SeriesPlan): string {
  const { every, at, timezone, window } = cadence;
  const hour = at === undefined || every.kind === 'elapsed' ? '' : ` at ${formatTimeOfDay(at)}`;
  const hours = window === undefined ? '' : `, only ${formatWindow(window)}`;
  const beginning = join === 'first' ? 'the first issue' : 'the next issue to be released';
  return `every ${formatEvery(every)}${hour}${hours}, ${timezone}; new readers begin at ${beginning}`;
}

function startLine({ plan, now }: PlanReport): string {
  const when = formatTime(plan.startAt, plan.cadence.timezone);
  if (plan.state === 'paused') return 'paused: nothing is sent until `partwork resume`';
  if (plan.revision === 1 && plan.startAt <= now) return 'starts as soon as it is scheduled';
  return plan.startAt > now
    ? `starts ${when} (${formatDistance(plan.startAt, now)})`
    : `running since ${when}`;
}

function readersLine({ readers, plan }: PlanReport): string {
  const all = [...readers.values()].reduce((sum, n) => sum + n, 0);
  if (all === 0) return 'no readers yet';
  const atEnd = readers.get(END) ?? 0;
  const atStart = (readers.get(START) ?? 0) + (readers.get(liveIssues(plan)[0]?.id ?? START) ?? 0);
  return `${count(all, 'reader')}: ${atStart} at the beginning, ${all - atStart - atEnd} on the way, ${atEnd} caught up`;
}

function datesTable({ plan, dates, readers, change, now }: PlanReport): string[] {
  const zone = plan.cadence.timezone;
  const released = new Map(plan.issues.map(({ id, releaseAt }) => [id, releaseAt]));
  return table(
    [
      { title: '#', align: 'right' },
      { title: 'Issue' },
      { title: 'A reader who begins now gets it' },
      { title: 'Not before' },
      { title: 'Readers here', align: 'right' },
      { title: '' },
    ],
    dates.map(({ issue, title, at }, index) => {
      const releaseAt = released.get(issue);
      const marks = [change.added.includes(issue) && 'new', change.edited.includes(issue) && 'changed'];
      return [
        String(index + 1),
        title,
        formatTime(at, zone),
        releaseAt === undefined || releaseAt <= now ? '' : formatTime(releaseAt, zone),
        String(readers.get(issue) ?? 0),
        marks.filter(Boolean).join(', '),
      ];
    }),
  );
}

function changeLines({ isChanged, change, missed, passed }: PlanReport): string[] {
  const lines = [
    ...change.removed.map(
      (id) => `"${id}" is no longer in the series: who waits for it goes on to the next.`,
    ),
    ...passed.map(
      ({ issue, readers }) =>
        `"${issue}" is new: ${count(readers, 'reader')} ${readers === 1 ? 'is' : 'are'} past its place and will not get it.`,
    ),
    ...missed.map(
      ({ issue, readers }) =>
        `"${issue}" would be missed by ${count(readers, 'reader')}: such a change is refused.`,
    ),
    ...(isChanged ? [] : ['Nothing has changed since it was last scheduled.']),
  ];
  return lines.length === 0 ? [] : ['', ...lines];
}

/** For scripts; stable. */
export const planJson = ({ plan, dates, change, isChanged, readers, missed, passed }: PlanReport) => ({
  series: plan.series,
  revision: plan.revision,
  state: plan.state,
  isChanged,
  startAt: new Date(plan.startAt).toISOString(),
  rhythm: rhythm(plan),
  issues: dates.map(({ issue, title, at }, index) => ({
    number: index + 1,
    id: issue,
    title,
    at: new Date(at).toISOString(),
    readers: readers.get(issue) ?? 0,
  })),
  added: change.added,
  removed: change.removed,
  edited: change.edited,
  missed,
  passed,
});
