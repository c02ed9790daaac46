import type { SeriesId } from '../domain/series.ts';
import type { SubscriberId } from '../domain/subscriber.ts';
import type { Store } from '../store/open-store.ts';

/**
 * Ends a subscription. Mail of it that is queued, and not yet being transmitted, is not sent. False when there was nothing to
 * end. A plan that changes at this very moment is looked at again: the reader may have been moved out from under our hands.
 */
export async function leaveSeries(
  { store }: { store: Store },
  series: SeriesId,
  subscriber: SubscriberId,
  reason = 'unsubscribed',
): Promise<boolean> {
  let hasLeft = false;
  for (;;) {
    const plan = await store.plans.findOrName(series);
    hasLeft = (await store.subscriptions.leave(plan, subscriber, reason)) || hasLeft;
    const after = await store.plans.findOrName(series);
    if (after.revision === plan.revision) return hasLeft;
  }
}
