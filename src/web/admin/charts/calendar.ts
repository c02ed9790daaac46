import type { Instant } from '../../../domain/instant.ts';
import type { SeriesStatus } from '../../../domain/series-status.ts';
import { DAY_MS } from '../../../domain/instant.ts';
import { localDayOf, weekdayOf, type LocalDay } from '../../../domain/time-zone.ts';

/** An issue that comes out on a day. */
export interface Release {
  readonly status: SeriesStatus;
  readonly issue: SeriesStatus['issues'][number];
  readonly at: Instant;
}

export interface CalendarDay {
  /** `2026-12-03`. */
  readonly day: string;
  readonly isToday: boolean;
  readonly isPast: boolean;
  readonly releases: readonly Release[];
}

const WEEKS = 5;
const DAYS = 7;

/** Five weeks from this one on, Monday first. Each release is on the day it is in its own series' zone; today is that of `timezone`. */
export function calendarOf(releases: readonly Release[], now: Instant, timezone: string): CalendarDay[][] {
  const today = localDayOf(now, timezone);
  const monday = today - weekdayOf(today) + 1;
  return Array.from({ length: WEEKS }, (_, week) =>
    Array.from({ length: DAYS }, (_, index) => {
      const day = monday + week * DAYS + index;
      return {
        day: dayName(day),
        isToday: day === today,
        isPast: day < today,
        releases: releases.filter(({ status, at }) => localDayOf(at, status.plan.cadence.timezone) === day),
      };
    }),
  );
}

/** What comes out in the future of series that are not cancelled, earliest first. */
export const releasesOf = (series: readonly SeriesStatus[], now: Instant): Release[] =>
  series
    .filter(({ plan }) => plan.state !== 'cancelled')
    .flatMap((status) =>
      status.issues
        .filter(({ state }) => state === 'unreleased')
        .map((issue) => ({ status, issue, at: Math.max(issue.releaseAt ?? 0, status.plan.startAt) })),
    )
    .filter(({ at }) => at > now)
    .toSorted((a, b) => a.at - b.at);

const dayName = (day: LocalDay): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
