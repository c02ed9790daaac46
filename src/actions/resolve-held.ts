import { dueAfter } from '../domain/cadence.ts';
import { cadenceOf } from '../domain/pace.ts';
import { placeAfter } from '../domain/plan.ts';
import type { SeriesId } from '../domain/series.ts';
import type { Store } from '../store/open-store.ts';
import { retryWhenStale } from './retry-when-stale.ts';

/** Decides about every delivery of a series whose outcome is unknown: send it once more, or take it as accepted. Returns how many. */
export async function resolveHeld(
  { store }: { store: Store },
  series: SeriesId,
  decision: 'again' | 'accepted',
): Promise<number> {
  let resolved = 0;
  for (const { subscriber, issue } of await store.held.list(series)) {
    const record = await store.subscribers.find(subscriber);
    const pace = record?.subscriptions.find((one) => one.series === series)?.pace;
    const done = await retryWhenStale(store, series, async (plan) => {
      if (plan === undefined) return false;
      const now = await store.now();
      return store.held.resolve(
        plan,
        subscriber,
        decision === 'again'
          ? { kind: 'again' }
          : { kind: 'accepted', next: placeAfter(plan, issue), dueAt: dueAfter(now, cadenceOf(plan, pace)) },
      );
    });
    if (done) resolved++;
  }
  return resolved;
}
