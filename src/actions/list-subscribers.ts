import type { PlanOrName } from '../domain/plan.ts';
import type { SeriesId } from '../domain/series.ts';
import type { Subscriber, SubscriberId } from '../domain/subscriber.ts';
import type { HistoryEntry, Subscription } from '../domain/subscription.ts';
import type { Store } from '../store/open-store.ts';
import type { SubscriberRecord, Suppression } from '../store/subscribers.ts';

/** One person with where they stand in each of their series. */
export interface SubscriberView {
  readonly subscriber: Subscriber;
  readonly subscriptions: readonly Subscription[];
  readonly consents: SubscriberRecord['consents'];
  readonly history: readonly HistoryEntry[];
  /** Of issues the reader has asked to read again since. */
  readonly before: readonly HistoryEntry[];
  readonly suppression?: Suppression;
}

/** Everybody, or the readers a series has or had, a page at a time, in no particular order. */
export async function* listSubscribers(
  { store }: { store: Store },
  series?: SeriesId,
): AsyncGenerator<SubscriberView[]> {
  const plans = new Map<SeriesId, PlanOrName>((await store.plans.all()).map((plan) => [plan.series, plan]));
  for await (const page of store.subscribers.scan()) {
    const chosen = page.filter(
      ({ subscriptions }) => series === undefined || subscriptions.some((one) => one.series === series),
    );
    yield await Promise.all(chosen.map((record) => viewOf(store, plans, record)));
  }
}

/** One person; undefined when nobody is known by that id, which still may be suppressed. */
export async function showSubscriber(
  { store }: { store: Store },
  id: SubscriberId,
): Promise<SubscriberView | { readonly suppression?: Suppression } | undefined> {
  const record = await store.subscribers.find(id);
  const suppression = await store.subscribers.findSuppression(id);
  if (record === undefined) return suppression && { suppression };
  const plans = new Map<SeriesId, PlanOrName>((await store.plans.all()).map((plan) => [plan.series, plan]));
  return await viewOf(store, plans, record);
}

async function viewOf(
  store: Store,
  plans: Map<SeriesId, PlanOrName>,
  { subscriber, subscriptions, consents, history, before }: SubscriberRecord,
): Promise<SubscriberView> {
  const suppression = await store.subscribers.findSuppression(subscriber.id);
  const placed = subscriptions.map(async (subscription) => {
    if (subscription.state === 'ended') return subscription;
    const plan = plans.get(subscription.series) ?? (await store.plans.findOrName(subscription.series));
    plans.set(subscription.series, plan);
    return { ...subscription, ...(await store.subscriptions.findPlace(plan, subscriber.id)) };
  });
  return {
    subscriber,
    subscriptions: await Promise.all(placed),
    consents,
    history,
    before,
    ...(suppression !== undefined && { suppression }),
  };
}
