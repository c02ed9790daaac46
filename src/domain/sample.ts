import { MINUTE_MS } from './instant.ts';
import type { DaySample, Minute, Overview, Sample, Totals } from './overview.ts';
import type { SeriesStatus } from './series-status.ts';

/** What of a moment is kept for charts. */
export const sampleOf = ({ now, totals, series, queues }: Overview): Sample => ({
  at: now,
  ...totals,
  due: series.reduce((n, { issues }) => n + issues.reduce((m, { due }) => m + due, 0), 0),
  tickets: queues.find(({ queue }) => queue === 'deliveries')?.waiting ?? 0,
  series: Object.fromEntries(series.map((status) => [status.plan.series, totalsOf(status)])),
});

export const dayOf = ({ now, series, people, totals }: Overview): DaySample => ({
  day: utcDayOf(now),
  accepted: totals.accepted,
  joined: series.reduce((n, { joined }) => n + joined, 0),
  left: people.left,
  bounced: people.bounced,
});

const utcDayOf = (now: number): string => new Date(now).toISOString().slice(0, 10);

/** How many mails were accepted since the day (UTC) began; undefined when nobody looked on a day before. */
export function acceptedToday({
  now,
  days,
  totals,
}: Pick<Overview, 'now' | 'days' | 'totals'>): number | undefined {
  const before = days.findLast(({ day, accepted }) => day < utcDayOf(now) && accepted !== undefined);
  return before?.accepted === undefined ? undefined : Math.max(0, totals.accepted - before.accepted);
}

/** What a series has seen since the beginning. */
export const totalsOf = ({ issues }: SeriesStatus): Totals =>
  sumOf(issues.map((issue) => ({ ...issue, rejected: issue.rejected + issue.sentAgain.rejected })));

export const sumOf = (all: readonly Totals[]): Totals => ({
  accepted: all.reduce((n, { accepted }) => n + accepted, 0),
  deferrals: all.reduce((n, { deferrals }) => n + deferrals, 0),
  rejected: all.reduce((n, { rejected }) => n + rejected, 0),
  doubts: all.reduce((n, { doubts }) => n + doubts, 0),
});

/**
 * What went on in each clock minute from `from` to the last sample's, oldest first; a minute nobody looked at, or before the first
 * sample, is there with zeros. What happened between two samples counts for the minute of the later one.
 */
export function minutesOf(samples: readonly Sample[], from: number): Minute[] {
  const last = samples.at(-1);
  if (last === undefined) return [];
  const minutes = new Map<number, Totals[]>();
  samples.forEach((sample, index) => {
    const before = samples[index - 1];
    if (before === undefined) return;
    const minute = minuteOf(sample.at);
    minutes.set(minute, [...(minutes.get(minute) ?? []), growth(before, sample)]);
  });
  const first = minuteOf(from);
  const count = Math.max(0, (minuteOf(last.at) - first) / MINUTE_MS + 1);
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * MINUTE_MS;
    return { at, ...sumOf(minutes.get(at) ?? []) };
  });
}

const minuteOf = (at: number): number => Math.floor(at / MINUTE_MS) * MINUTE_MS;

// Taking out an issue takes its counts along; nothing is undone by that.
const growth = (before: Totals, after: Totals): Totals => ({
  accepted: Math.max(0, after.accepted - before.accepted),
  deferrals: Math.max(0, after.deferrals - before.deferrals),
  rejected: Math.max(0, after.rejected - before.rejected),
  doubts: Math.max(0, after.doubts - before.doubts),
});
