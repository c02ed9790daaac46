import type { WebWords } from '../../compose/web-words.ts';
import type { Cadence, Every } from '../../domain/cadence.ts';
import { filledIn } from '../../domain/filled-in.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../domain/instant.ts';
import { isChinese, type Locale } from '../../domain/locale.ts';
import { formatTimeOfDay } from '../../domain/time-of-day.ts';
import { zoneName } from './shown-time.ts';

type PageWords = WebWords['pages'];

const UNITS = [
  ['hour', HOUR_MS],
  ['minute', MINUTE_MS],
  ['second', SECOND_MS],
  ['millisecond', 1],
] as const;

const DEFAULT_HOUR = 8 * 60;
const DAYS_OF_WEEK = 7;

/** A gap as people say it: `every day`, `every Monday and Thursday`, `every 12 hours`, `when there is a new one`. */
export function gapWords(every: Every, words: PageWords, locale: Locale): string {
  if (every.kind === 'weekdays') return weekdayWords(every.weekdays, words, locale);
  if (every.kind === 'days') {
    return every.days % DAYS_OF_WEEK === 0
      ? amountWords(every.days / DAYS_OF_WEEK, 'week', words, locale)
      : amountWords(every.days, 'day', words, locale);
  }
  if (every.ms === 0) return words.everyNew;
  const [unit, ms] = UNITS.find(([, ms]) => every.ms % ms === 0) ?? UNITS[3];
  return amountWords(every.ms / ms, unit, words, locale);
}

/** A series' rhythm, with its hour where it has one: `every day at 08:00, United Kingdom Time`. */
export function rhythmWords(cadence: Cadence, words: PageWords, locale: Locale): string {
  const { every, timezone } = cadence;
  const rhythm = gapWords(every, words, locale);
  const at = every.kind === 'weekdays' ? (cadence.at ?? DEFAULT_HOUR) : cadence.at;
  if (at === undefined || every.kind === 'elapsed') return rhythm;
  return filledIn(words.atTime, { rhythm, time: formatTimeOfDay(at), zone: zoneName(timezone, locale) });
}

type Unit = 'week' | 'day' | (typeof UNITS)[number][0];

const ONE_OF = {
  week: 'everyWeek',
  day: 'everyDay',
  hour: 'everyHour',
  minute: 'everyMinute',
  second: 'everySecond',
} as const;

function amountWords(amount: number, unit: Unit, words: PageWords, locale: Locale): string {
  if (amount === 1 && unit !== 'millisecond') return words[ONE_OF[unit]];
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
  return filledIn(words.everyAmount, { amount: format.format(amount) });
}

function weekdayWords(weekdays: readonly number[], words: PageWords, locale: Locale): string {
  const list = weekdays.join();
  if (list === '1,2,3,4,5') return words.everyWeekday;
  if (list === '6,7') return words.everyWeekend;
  if (weekdays.length === DAYS_OF_WEEK) return words.everyDay;
  const name = new Intl.DateTimeFormat(locale, {
    weekday: isChinese(locale) ? 'short' : 'long',
    timeZone: 'UTC',
  });
  // 1970-01-05 was a Monday.
  const names = weekdays.map((day) => name.format((day + 3) * DAY_MS));
  const days = isChinese(locale)
    ? names.join('、')
    : new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);
  return filledIn(words.everyDays, { days });
}
