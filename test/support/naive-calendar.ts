import type { Cadence } from '../../src/domain/cadence.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY_MINUTES = 24 * 60;
const ceilMinute = (instant: number): number => Math.ceil(instant / MINUTE) * MINUTE;
const minuteOfDay = (wall: number): number => wall % DAY_MINUTES;
const weekday = (wall: number): number => new Date(wall * MINUTE).getUTCDay() || 7;

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(timezone: string): Intl.DateTimeFormat {
  const format =
    formats.get(timezone) ??
    new Intl.DateTimeFormat('en', {
      timeZone: timezone,
      hourCycle: 'h23',
      dateStyle: 'short',
      timeStyle: 'short',
    });
  formats.set(timezone, format);
  return format;
}

/** What a clock on the wall shows, as minutes since 1970 if it stood in UTC. */
export function wallMinute(instant: number, timezone: string): number {
  const shown = formatOf(timezone).format(instant);
  const [month = 0, day, year = 0, hour, minute] = (shown.match(/\d+/g) ?? []).map(Number);
  return Date.UTC(2000 + year, month - 1, day, hour, minute) / MINUTE;
}

/** When the clocks change in a year, found by looking at them every day and then closer. */
export function clockChanges(year: number, timezone: string): number[] {
  const ahead = (instant: number): number => wallMinute(instant, timezone) - Math.floor(instant / MINUTE);
  const changes: number[] = [];
  for (let low = Date.UTC(year, 0); low < Date.UTC(year + 1, 0); low += 24 * HOUR) {
    let [before, after] = [low, low + 24 * HOUR];
    if (ahead(before) === ahead(after)) continue;
    while (after - before > MINUTE) {
      const middle = ceilMinute((before + after - MINUTE) / 2);
      if (ahead(middle) === ahead(low)) before = middle;
      else after = middle;
    }
    changes.push(after);
  }
  return changes;
}

/** Cadence rules once more, by watching a clock minute by minute: slow, and without a calendar to get wrong. */
export function naiveDueAfter(acceptedAt: number, cadence: Cadence): number {
  const { every, at } = cadence;
  if (every.kind === 'elapsed') return naiveIntoWindow(acceptedAt + every.ms, cadence);
  if (every.kind === 'weekdays') return naiveAt(acceptedAt + 12 * HOUR, cadence);

  const end = acceptedAt + every.days * 24 * HOUR;
  return at === undefined ? naiveIntoWindow(end, cadence) : naiveAt(end - 12 * HOUR, cadence);
}

// A window may put an hour off by a day, or by two when the clocks skip the whole of it.
const LONGEST_PUT_OFF = 52 * HOUR;

function naiveAt(earliest: number, cadence: Cadence): number {
  const { every, at = 8 * 60, timezone, window } = cadence;
  const wanted = (wall: number): boolean =>
    minuteOfDay(wall) === at &&
    (every.kind !== 'weekdays' || every.weekdays.some((day) => day === weekday(wall)));
  const from = ceilMinute(earliest) - (window === undefined ? 4 * HOUR : LONGEST_PUT_OFF);
  let shown = wallMinute(from, timezone);
  let latestShown = shown;
  for (let now = from + MINUTE; ; now += MINUTE) {
    const before = shown;
    shown = wallMinute(now, timezone);
    for (let wall = latestShown + 1; wall <= shown; wall++) {
      // A skipped time comes as long after the last minute of the old clock as it would have without the change.
      const hour = wall === shown ? now : now - MINUTE + (wall - before) * MINUTE;
      if (!wanted(wall)) continue;
      const due = naiveIntoWindow(hour, cadence);
      if (due >= earliest) return due;
    }
    latestShown = Math.max(latestShown, shown);
  }
}

function naiveIntoWindow(instant: number, { window, timezone }: Cadence): number {
  if (window === undefined) return instant;
  const { from, to } = window;
  for (let now = instant; ; now = ceilMinute(now + 1)) {
    const minute = minuteOfDay(wallMinute(now, timezone));
    if (from < to ? minute >= from && minute < to : minute >= from || minute < to) return now;
  }
}
