import { filledIn } from '../../../domain/filled-in.ts';
import { MINUTE_MS, type Instant } from '../../../domain/instant.ts';
import type { SeriesStatus } from '../../../domain/series-status.ts';
import type { BoardView } from './board-view.ts';
import { momentWords, spanWords } from './time-words.ts';

/** Looking for who is due and sending takes a moment: nobody calls that late. */
const PATIENCE_MS = MINUTE_MS;
const VERY_LATE_MS = 15 * MINUTE_MS;

interface Lateness {
  readonly value: string;
  readonly isGrave: boolean;
}

/** How late the mail is that has waited longest. */
export function lateWords(
  dueSince: Instant | undefined,
  now: Instant,
  { words: { board }, locale }: BoardView,
): Lateness {
  const late = dueSince === undefined ? 0 : now - dueSince;
  if (late < PATIENCE_MS) return { value: board.onTime, isGrave: false };
  return {
    value: filledIn(board.lateBy, { span: spanWords(late, locale) }),
    isGrave: late >= VERY_LATE_MS,
  };
}

/** When the next mail of these series is due. */
export function nextWords(series: readonly SeriesStatus[], now: Instant, view: BoardView): string {
  const { words, locale } = view;
  const coming = series
    .filter(({ plan, nextDueAt }) => plan.state === 'running' && nextDueAt !== undefined && nextDueAt > now)
    .toSorted((a, b) => (a.nextDueAt ?? 0) - (b.nextDueAt ?? 0))[0];
  if (coming?.nextDueAt === undefined) return words.board.nextNone;
  const { nextDueAt: at, plan } = coming;
  return filledIn(words.board.nextDue, { at: momentWords(at, now, plan.cadence.timezone, locale) });
}
