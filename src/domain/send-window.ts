import { DAY_MS, MINUTE_MS, type Instant } from './instant.ts';
import type { SendWindow } from './time-of-day.ts';
import { clockSpanAt } from './time-zone.ts';

interface Windowed {
  /** IANA name. */
  readonly timezone: string;
  /** Absent = at any hour. */
  readonly window?: SendWindow;
}

export function isInsideWindow(instant: Instant, { timezone, window }: Windowed): boolean {
  if (window === undefined) return true;
  const minute = msOfDay(instant + clockSpanAt(instant, timezone).offsetMs) / MINUTE_MS;
  const opened = minute >= window.from;
  const closed = minute >= window.to;
  return window.from < window.to ? opened && !closed : opened || !closed;
}

/** The earliest instant, this one or later, that is inside the send window. */
export function intoWindow(instant: Instant, cadence: Windowed): Instant {
  const { timezone, window } = cadence;
  if (window === undefined || isInsideWindow(instant, cadence)) return instant;

  const { to: clockChange, offsetMs } = clockSpanAt(instant, timezone);
  const opening = instant + msOfDay(window.from * MINUTE_MS - (instant + offsetMs));
  // Clocks that jump may land inside the window, or skip it for that day.
  return opening < clockChange ? opening : intoWindow(clockChange, cadence);
}

const msOfDay = (ms: number): number => ((ms % DAY_MS) + DAY_MS) % DAY_MS;
