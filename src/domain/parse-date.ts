import { DAY_MS, MINUTE_MS, SECOND_MS, type Instant } from './instant.ts';
import { instantOf } from './time-zone.ts';

/** What a date may look like, for messages. */
export const DATE_EXAMPLES = '`2026-01-28`, `2026-01-28 09:40` or `2026-01-28T09:40:00+08:00`';

const LONGEST = 40;
const FARTHEST_OFFSET_MINUTES = 15 * 60;
const NUMERIC =
  /^(?<year>\d{4})(?<mark>[-/])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})(?:[T ] ?(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<fraction>\d{1,9}))?)?(?: ?(?<zone>Z|UTC|[+-]\d\d(?::?\d\d)?))?)?$/i;
const MONTH_FIRST = /^(?<monthName>[a-z]{3,9})\.? (?<day>\d{1,2}),? (?<year>\d{4})$/i;
const DAY_FIRST = /^(?<day>\d{1,2}) (?<monthName>[a-z]{3,9})\.?,? (?<year>\d{4})$/i;
const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);

/**
 * A date as Hugo, Jekyll, Hexo and Astro write it: `2026-01-28`, `2026/1/28 9:40:00`, `2026-01-28 09:40`, `2026-01-28T09:40:00+08:00`,
 * `2026-01-28 09:40:00 +0800`, `Jan 28 2026`. Without an offset it is a time in `timezone`; without a time it is that day's midnight.
 * Undefined for anything else and for days that do not exist. A time skipped by a clock change becomes the later one.
 */
export function parseDate(text: string, timezone: string): Instant | undefined {
  const parts = partsOf(text);
  if (parts === undefined) return undefined;

  const month = monthIn(parts);
  const day = localDay(Number(parts['year']), month, Number(parts['day']));
  const hour = Number(parts['hour'] ?? 0);
  const minute = Number(parts['minute'] ?? 0);
  const second = Number(parts['second'] ?? 0);
  if (day === undefined || hour > 23 || minute > 59 || second > 59) return undefined;

  const afterMinute = second * SECOND_MS + Math.floor(Number(`0.${parts['fraction'] ?? 0}`) * SECOND_MS);
  const time = hour * 60 + minute;
  if (parts['zone'] === undefined) return instantOf(day, time, timezone) + afterMinute;

  const offset = offsetMinutes(parts['zone']);
  return offset === undefined ? undefined : day * DAY_MS + (time - offset) * MINUTE_MS + afterMinute;
}

/** Whether a text is written as dates are; one that `parseDate` refuses all the same is no day or time that exists. */
export function hasDateForm(text: string): boolean {
  const parts = partsOf(text);
  return parts !== undefined && (parts['monthName'] === undefined || monthIn(parts) > 0);
}

function partsOf(text: string): Record<string, string | undefined> | undefined {
  const typed = text.trim();
  if (typed.length > LONGEST) return undefined;
  return (NUMERIC.exec(typed) ?? MONTH_FIRST.exec(typed) ?? DAY_FIRST.exec(typed))?.groups;
}

const monthIn = ({ month, monthName }: Record<string, string | undefined>): number =>
  monthName === undefined ? Number(month) : monthNamed(monthName);

function monthNamed(typed: string): number {
  return MONTHS.findIndex((month) => month.startsWith(typed.toLowerCase())) + 1;
}

/** Days after 1970-01-01, for a day that exists. */
function localDay(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  // Not Date.UTC: it takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() / DAY_MS : undefined;
}

function offsetMinutes(zone: string): number | undefined {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  if (hours === undefined) return 0;
  const offset = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) > 59 || offset > FARTHEST_OFFSET_MINUTES) return undefined;
  return sign === '-' ? -offset : offset;
}
