import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type Instant } from '../../../domain/instant.ts';
import type { Locale } from '../../../domain/locale.ts';
import { localDayOf } from '../../../domain/time-zone.ts';
import { amountWords } from '../charts/numbers.ts';

/** `14:05` by the clocks of a zone. */
export const clockWords = (at: Instant, timezone: string, locale: Locale): string =>
  formatOf(locale, timezone, { timeStyle: 'short' }).format(at);

/** `14:05:09`. */
export const secondsWords = (at: Instant, timezone: string, locale: Locale): string =>
  formatOf(locale, timezone, { timeStyle: 'medium' }).format(at);

/** The hour alone when it is of the same day as now, else the day as well: `Tue, 3 Dec, 14:05`. A year only when it is another one. */
export function momentWords(at: Instant, now: Instant, timezone: string, locale: Locale): string {
  if (localDayOf(at, timezone) === localDayOf(now, timezone)) return clockWords(at, timezone, locale);
  const isFar = Math.abs(at - now) > 300 * DAY_MS;
  return formatOf(locale, timezone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(isFar && { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
}

/** A day with its year and its hour, for what lies far apart: `3 Dec 2026, 14:05`. */
export const storyMoment = (at: Instant, timezone: string, locale: Locale): string =>
  formatOf(locale, timezone, { dateStyle: 'medium', timeStyle: 'short' }).format(at);

/** `Mon` … `Sun`, or `Monday`; 0 = Monday. 1970-01-05 was one. */
export const weekdayName = (index: number, locale: Locale, weekday: 'short' | 'long'): string =>
  formatOf(locale, 'UTC', { weekday }).format((index + 4) * DAY_MS);

/** `3 Dec`, of a day that is written `2026-12-03`. */
export const dayWords = (day: string, locale: Locale): string =>
  formatOf(locale, 'UTC', { day: 'numeric', month: 'short' }).format(new Date(`${day}T00:00:00Z`));

const UNITS = [
  ['day', DAY_MS, 'hour', HOUR_MS],
  ['hour', HOUR_MS, 'minute', MINUTE_MS],
  ['minute', MINUTE_MS, undefined, 1],
  ['second', SECOND_MS, undefined, 1],
] as const;

/** `2 days 4 hr`, `3 min`, `40 sec`: the two largest units that say something. */
export function spanWords(ms: number, locale: Locale): string {
  const span = Math.max(SECOND_MS, ms);
  const [unit, unitMs, smaller, smallerMs] = UNITS.find(([, least]) => span >= least) ?? UNITS[3];
  const words = [amountWords(Math.floor(span / unitMs), unit, locale)];
  const rest = Math.floor((span % unitMs) / smallerMs);
  if (smaller !== undefined && rest > 0) words.push(amountWords(rest, smaller, locale));
  return words.join(' ');
}

// Making one takes as long as a hundred dates.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(
  locale: Locale,
  timezone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale} ${timezone} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  // English is for everybody whose language we lack: a day before its month cannot be read the wrong way round.
  const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    ...options,
    hourCycle: 'h23',
    timeZone: timezone,
  });
  formats.set(key, format);
  return format;
}
