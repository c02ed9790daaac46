import { dueAfter, type Every } from '../../domain/cadence.ts';
import { cadenceOf } from '../../domain/pace.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import { lastAcceptedAt } from '../../domain/reading.ts';
import { STALE_PLAN, type StalePlan } from '../../domain/stale-plan.ts';
import type { TokenOwner } from '../../domain/token.ts';
import type { Store } from '../../store/open-store.ts';
import type { GapEnd, Reader, Wish, WishAnswers } from '../../store/reading.ts';
import { retryWhenStale } from '../retry-when-stale.ts';

/** What is no wish is its own answer. */
type AnswerTo<W> = W extends Wish ? WishAnswers[W['kind']] : W;

/**
 * Fulfils a reader's wish under the plan in force, from what the reader had last: looked at again when either changes meanwhile.
 * `wishUnder` makes the wish, or an answer of its own, of the plan.
 */
export function changeReading<W extends Wish | string>(
  { store }: { store: Store },
  { series, subscriber }: TokenOwner,
  wishUnder: (plan: SeriesPlan) => W,
): Promise<AnswerTo<W> | 'ended'> {
  return retryWhenStale(store, series, async (plan) => {
    if (plan === undefined) return 'ended';
    const wish = wishUnder(plan);
    if (typeof wish === 'string') return wish as AnswerTo<W>;
    const reader = await store.reading.find(plan, subscriber, await store.now());
    if (reader === STALE_PLAN) return STALE_PLAN;
    if (reader === undefined) return 'ended';
    const pace = wish.kind === 'pace' ? wish.pace : reader.subscription.pace;
    const gap = gapEndOf(plan, reader, pace);
    return (await store.reading.change(plan, subscriber, wish, gap)) as AnswerTo<W> | StalePlan;
  });
}

/** From where the gap to a reader's next issue counts, by a pace; undefined when they never had an issue. */
export function gapEndOf(plan: SeriesPlan, { record }: Reader, pace: Every | undefined): GapEnd | undefined {
  const histories = [...record.history, ...record.before].filter(({ series }) => series === plan.series);
  const lastHad = lastAcceptedAt(histories);
  return lastHad === undefined ? undefined : { lastHad, dueAt: dueAfter(lastHad, cadenceOf(plan, pace)) };
}
