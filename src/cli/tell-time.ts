import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type Instant } from '../domain/instant.ts';
import { localDayOf } from '../domain/time-zone.ts';
import { formatDistance, formatTime } from './format-time.ts';

const DAYS = new Map([
  [-1, 'yesterday'],
  [0, 'today'],
  [1, 'tomorrow'],
]);

/** As one says it: `now`, `in 12 min`, `today at 17:00`, `tomorrow at 08:00`, `on Tue 2026-12-08 at 08:00`. */
export function tellTime(at: Instant, now: Instant, timezone: string): string {
  if (Math.abs(at - now) < HOUR_MS) return formatDistance(at, now);
  const [weekday, date, hour] = formatTime(at, timezone).split(' ');
  const day = dayWord(at, now, timezone);
  return day === undefined ? `on ${weekday} ${date} at ${hour}` : `${day} at ${hour}`;
}

/** The same in a few columns: `today 17:00`, `Tue 12-08 08:00`, `2027-02-03 08:00`; seconds only where less than a minute is left. */
export function shortTime(at: Instant, now: Instant, timezone: string): string {
  if (at > now && at - now < MINUTE_MS) return `in ${Math.ceil((at - now) / SECOND_MS)} s`;
  const [weekday, date = '', hour] = formatTime(at, timezone).split(' ');
  const day = dayWord(at, now, timezone);
  if (day !== undefined) return `${day} ${hour}`;
  return Math.abs(at - now) < 180 * DAY_MS ? `${weekday} ${date.slice(5)} ${hour}` : `${date} ${hour}`;
}

const dayWord = (at: Instant, now: Instant, timezone: string): string | undefined =>
  DAYS.get(localDayOf(at, timezone) - localDayOf(now, timezone));
