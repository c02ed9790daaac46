import type { ScheduleWish } from '../actions/plan-series.ts';
import { parseEvery } from '../domain/every.ts';
import { MINUTE_MS, type Instant } from '../domain/instant.ts';
import { parseDate } from '../domain/parse-date.ts';
import type { Series } from '../domain/series.ts';
import { parseTimeOfDay } from '../domain/time-of-day.ts';
import { isTimezone } from '../domain/time-zone.ts';

/** The flags of `plan` and `schedule`, as typed. */
export interface ScheduleFlags {
  readonly start?: string;
  readonly every?: string;
  readonly at?: string;
  readonly timezone?: string;
  readonly join?: string;
}

/** Flags → what is wished for, or one sentence on what is wrong with them. `--start` without a zone is in the series' own. */
export function parseScheduleFlags(
  flags: ScheduleFlags,
  series: Series,
  now: Instant,
): ScheduleWish | string {
  const { start, every, at, timezone, join } = flags;
  const gap = every === undefined ? undefined : parseEvery(every);
  if (every !== undefined && gap === undefined) {
    return `--every: "${every}" is not a gap. Write 1d, 12h, weekdays, mon,thu, or 0 for none.`;
  }
  const hour = at === undefined ? undefined : parseTimeOfDay(at);
  if (at !== undefined && hour === undefined) return `--at: "${at}" is not a time of day. Write 08:00.`;
  if (timezone !== undefined && !isTimezone(timezone)) {
    return `--timezone: "${timezone}" is not a time zone. Write an IANA name such as Asia/Taipei.`;
  }
  if (join !== undefined && join !== 'first' && join !== 'next') {
    return `--join: "${join}" is not a rule. New readers begin at the \`first\` issue, or at the \`next\` one to be released.`;
  }
  const startAt =
    start === undefined ? undefined : parseStart(start, timezone ?? series.cadence.timezone, now);
  if (start !== undefined && startAt === undefined) {
    return `--start: "${start}" is not a time. Write now, 2026-12-01, "2026-12-01 08:00" or 2026-12-01T08:00:00+08:00.`;
  }
  if (startAt !== undefined && startAt < now - MINUTE_MS) {
    return `--start: "${start}" is past. Write \`--start now\` to begin at once.`;
  }
  return {
    choices: {
      ...(gap !== undefined && { every: gap }),
      ...(hour !== undefined && { at: hour }),
      ...(timezone !== undefined && { timezone }),
      ...(join !== undefined && { join }),
    },
    ...(startAt !== undefined && { startAt }),
  };
}

const parseStart = (text: string, timezone: string, now: Instant): Instant | undefined =>
  text === 'now' ? now : parseDate(text, timezone);
