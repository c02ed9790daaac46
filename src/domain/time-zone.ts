import { createRequire } from 'node:module';
import type { Temporal as Polyfill } from 'temporal-polyfill';
import type { MinuteOfDay } from './time-of-day.ts';
import { DAY_MS, MINUTE_MS, type Instant } from './instant.ts';

/** 1 = Monday … 7 = Sunday (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Days after 1970-01-01 on the local calendar. */
export type LocalDay = number;

/** A stretch of time, [from, to), in which a zone's clocks run evenly. */
export interface ClockSpan {
  readonly from: Instant;
  readonly to: Instant;
  /** Local time minus UTC. */
  readonly offsetMs: number;
}

type TemporalNamespace = typeof Polyfill;

const require = createRequire(import.meta.url);
let polyfill: TemporalNamespace | undefined;
// Looking up a zone's rules is slow and the answer holds for months: a span asked for once answers every instant in it.
const knownSpans = new Map<string, ClockSpan[]>();

/** Whether this is an IANA zone name this machine knows, such as `Asia/Taipei` or `UTC`. */
export function isTimezone(name: string): boolean {
  if (name === 'UTC') return true;
  // Newer Nodes also take fixed offsets such as `+08:00`, older ones do not.
  if (!/^[a-z]/i.test(name)) return false;
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Throws a RangeError when the zone is unknown. */
export function clockSpanAt(instant: Instant, timezone: string): ClockSpan {
  const known = knownSpans.get(timezone) ?? [];
  const found = known.find(({ from, to }) => from <= instant && instant < to);
  if (found !== undefined) return found;

  const span = lookUpSpan(instant, timezone);
  knownSpans.set(timezone, [span, ...known]);
  return span;
}

export function localDayOf(instant: Instant, timezone: string): LocalDay {
  return Math.floor((instant + clockSpanAt(instant, timezone).offsetMs) / DAY_MS);
}

/** 1970-01-01 was a Thursday. */
export const weekdayOf = (day: LocalDay): Weekday => (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;

/**
 * When the clocks show this time on this day. A time they skip becomes as much later as they skip, a time they show twice
 * is the first (Temporal's `compatible`).
 */
export function instantOf(day: LocalDay, time: MinuteOfDay, timezone: string): Instant {
  const wall = day * DAY_MS + time * MINUTE_MS;
  const before = clockSpanAt(wall - DAY_MS, timezone).offsetMs;
  const after = clockSpanAt(wall + DAY_MS, timezone).offsetMs;
  const byOldClock = wall - before;
  const byNewClock = wall - after;
  if (before === after || clockSpanAt(byOldClock, timezone).offsetMs === before) return byOldClock;
  return clockSpanAt(byNewClock, timezone).offsetMs === after ? byNewClock : byOldClock;
}

function lookUpSpan(instant: Instant, timezone: string): ClockSpan {
  if (timezone === 'UTC') return { from: -Infinity, to: Infinity, offsetMs: 0 };
  const local = temporal().Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone);
  const next = local.getTimeZoneTransition('next');
  // "Previous" means strictly before: asked one step later, so that a change at this very instant begins the span.
  const previous = local.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  return {
    from: previous?.epochMilliseconds ?? -Infinity,
    to: next?.epochMilliseconds ?? Infinity,
    offsetMs: local.offsetNanoseconds / 1e6,
  };
}

/** Node's own, or else the polyfill, loaded when somebody needs it: most commands begin and end without. */
function temporal(): TemporalNamespace {
  const own = (globalThis as { Temporal?: TemporalNamespace }).Temporal;
  polyfill ??= own ?? (require('temporal-polyfill') as { Temporal: TemporalNamespace }).Temporal;
  return polyfill;
}
