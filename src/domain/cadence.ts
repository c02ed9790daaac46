import { DAY_MS, HOUR_MS, type Instant } from './instant.ts';
import { intoWindow } from './send-window.ts';
import type { MinuteOfDay, SendWindow } from './time-of-day.ts';
import { instantOf, localDayOf, weekdayOf, type Weekday } from './time-zone.ts';

/** The gap between two issues for one reader. */
export type Every =
  | { readonly kind: 'elapsed'; readonly ms: number }
  | { readonly kind: 'days'; readonly days: number }
  | { readonly kind: 'weekdays'; readonly weekdays: readonly Weekday[] };

export interface Cadence {
  readonly every: Every;
  /** The hour at which a gap of days ends. */
  readonly at?: MinuteOfDay;
  /** IANA name. */
  readonly timezone: string;
  /** No mail outside these hours. */
  readonly window?: SendWindow;
}

const DEFAULT_AT: MinuteOfDay = 8 * 60;
const ALL_WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
// A gap of days may end this much early, so that minutes of sending time or one late day do not shift the series.
const SLACK_MS = 12 * HOUR_MS;

/** When a new reader's first issue is due: at once, inside the send window. `at` is for the rhythm after it. */
export const firstDue = (joinedAt: Instant, cadence: Cadence): Instant => intoWindow(joinedAt, cadence);

/**
 * When a reader who got an issue at `acceptedAt` is due for the next one; never before `acceptedAt`.
 * Elapsed gaps, and days without `at`, are kept to the millisecond; days with `at` and weekdays are at least half a day.
 * A local time skipped by a clock change becomes the later one, a repeated one counts once, the first time. An hour outside the
 * window stands for the opening after it.
 */
export function dueAfter(acceptedAt: Instant, cadence: Cadence): Instant {
  const { every, at } = cadence;
  if (every.kind === 'elapsed') return intoWindow(acceptedAt + every.ms, cadence);
  if (every.kind === 'weekdays') {
    return firstAt(at ?? DEFAULT_AT, every.weekdays, acceptedAt + SLACK_MS, cadence);
  }
  const end = acceptedAt + every.days * DAY_MS;
  return at === undefined ? intoWindow(end, cadence) : firstAt(at, ALL_WEEKDAYS, end - SLACK_MS, cadence);
}

/** The first time at or after `earliest` that is the window's answer to `at` o'clock of one of these weekdays. */
function firstAt(
  at: MinuteOfDay,
  weekdays: readonly Weekday[],
  earliest: Instant,
  cadence: Cadence,
): Instant {
  const { timezone } = cadence;
  const today = localDayOf(earliest, timezone);
  // From three days ago, whose hour a window may put off until now; to a week after today, when `at` has just passed.
  for (let day = today - 3; day <= today + 8; day++) {
    if (!weekdays.includes(weekdayOf(day))) continue;
    const instant = intoWindow(instantOf(day, at, timezone), cadence);
    if (instant >= earliest) return instant;
  }
  throw new RangeError('A gap of weekdays needs at least one weekday.');
}
