import { DAY_MS, type Instant } from '../../domain/instant.ts';
import { parseDate } from '../../domain/parse-date.ts';
import { instantOf, localDayOf, type LocalDay } from '../../domain/time-zone.ts';

/** Lengths of a break that have a button. */
export const BREAKS = ['week', 'month', 'quarter'] as const;

const LONGEST_DAYS = 366;
const MONTHS = { month: 1, quarter: 3 } as const;

/**
 * When a break ends that was asked for by a button (`week`, …) or with a day: at the first minute of that day in the series' zone.
 * Undefined for anything else, and for a day that is not between tomorrow and a year from now.
 */
export function chosenBreakEnd(
  chosen: string,
  day: string,
  now: Instant,
  timezone: string,
): Instant | undefined {
  const today = localDayOf(now, timezone);
  const length = BREAKS.find((name) => name === chosen);
  if (length !== undefined) return instantOf(dayAfter(today, length), 0, timezone);
  const end = parseDate(day, timezone);
  if (end === undefined) return undefined;
  const lastDay = localDayOf(end, timezone);
  const isInReach = lastDay > today && lastDay <= today + LONGEST_DAYS;
  return isInReach ? instantOf(lastDay, 0, timezone) : undefined;
}

/** The first and the last day that a break may end on, as a date field takes them. */
export function breakDays(now: Instant, timezone: string): { readonly min: string; readonly max: string } {
  const today = localDayOf(now, timezone);
  return { min: isoDay(today + 1), max: isoDay(today + LONGEST_DAYS) };
}

const isoDay = (day: LocalDay): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

function dayAfter(today: LocalDay, length: (typeof BREAKS)[number]): LocalDay {
  if (length === 'week') return today + 7;
  const date = new Date(today * DAY_MS);
  const month = date.getUTCMonth() + MONTHS[length];
  const first = Date.UTC(date.getUTCFullYear(), month, 1);
  const last = Date.UTC(date.getUTCFullYear(), month + 1, 0);
  // The 31st of a month without one is its last day.
  return Math.min(first + (date.getUTCDate() - 1) * DAY_MS, last) / DAY_MS;
}
