import { filledIn } from '../../domain/filled-in.ts';
import { MINUTE_MS, type Instant } from '../../domain/instant.ts';
import type { Reading } from '../../domain/reading.ts';
import { shownDay } from '../pages/shown-time.ts';
import { shownMoment } from './shown-moment.ts';
import type { PageView } from '../pages/page-view.ts';

const SOON_MS = 5 * MINUTE_MS;

/** Which issue a reader gets next and when, or why none comes, in one sentence. */
export function nextIssueWords(
  reading: Reading,
  now: Instant,
  { words: { reader }, locale }: PageView,
): string {
  const { next, seriesState, timezone, pausedUntil } = reading;
  if (seriesState === 'cancelled') return reader.nextStopped;
  const date = pausedUntil === undefined ? '' : shownDay(pausedUntil, timezone, locale);
  if (next === undefined) return date === '' ? reader.nextNone : filledIn(reader.nextBreakNone, { date });
  const n = next.number;
  if (next.isUnderWay) return filledIn(reader.nextUnderWay, { n });
  if (date !== '') return filledIn(reader.nextBreak, { n, date });
  if (seriesState === 'paused') return filledIn(reader.nextResting, { n });
  if (!isSoon(next.dueAt, now)) {
    return filledIn(reader.nextAt, { n, date: shownMoment(next.dueAt, timezone, locale) });
  }
  return filledIn(next.isReleased ? reader.nextSoon : reader.nextUnreleased, { n });
}

/** So soon that no hour is worth telling. */
export const isSoon = (dueAt: Instant, now: Instant): boolean => dueAt <= now + SOON_MS;
