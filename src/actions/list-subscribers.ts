import type { PlanOrName } from '../domain/plan.ts';
import type { SeriesId } from '../domain/series.ts';
import type { Subscriber, SubscriberId } from '../domain/subscriber.ts';
import type { HistoryEntry, Subscription } from '../domain/subscription.ts';
import type { Store } from '../store/open-store.ts';
import type { SubscriberRecord, Suppression } from '../store/subscribers.ts';
import type { FoundPlace } from '../store/subscriptions.ts';

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
  const plans = await plansOf(store);
  for await (const page of store.subscribers.scan()) {
    const chosen = page.filter(
      ({ subscriptions }) => series === undefined || subscriptions.some((one) => one.series === series),
    );
    yield await viewsOf(store, plans, chosen);
  }
}

/** One person; undefined when nobody is known by that id, which still may be suppressed. */
export async function showSubscriber(
  { store }: { store: Store },
  id: SubscriberId,
): Promise<SubscriberView | { readonly suppression?: Suppression } | undefined> {
  const record = await store.subscribers.find(id);
  if (record !== undefined) return (await viewsOf(store, await plansOf(store), [record]))[0];
  const suppression = await store.subscribers.findSuppression(id);
  return suppression && { suppression };
}

const plansOf = async (store: Store): Promise<Map<SeriesId, PlanOrName>> =>
  new Map((await store.plans.all()).map((plan) => [plan.series, plan]));

/** Of people of one partition. */
async function viewsOf(
  store: Store,
  plans: Map<SeriesId, PlanOrName>,
  records: readonly SubscriberRecord[],
): Promise<SubscriberView[]> {
  const [suppressions, placed] = await Promise.all([
    store.subscribers.findSuppressions(records.map(({ subscriber }) => subscriber.id)),
    placedIn(store, plans, records),
  ]);
  return records.map(({ subscriber, subscriptions, consents, history, before }, nth) => {
    const suppression = suppressions[nth];
    return {
      subscriber,
      subscriptions: subscriptions.map((one) => ({ ...one, ...placed.get(one.series)?.get(subscriber.id) })),
      consents,
      history,
      before,
      ...(suppression !== undefined && { suppression }),
    };
  });
}

/** Where who has not left stands, series by series. */
async function placedIn(
  store: Store,
  plans: Map<SeriesId, PlanOrName>,
  records: readonly SubscriberRecord[],
): Promise<ReadonlyMap<SeriesId, ReadonlyMap<SubscriberId, FoundPlace | undefined>>> {
  const readers = activeReaders(records);
  const places = [...readers].map(async ([series, ids]) => {
    const plan = plans.get(series) ?? (await store.plans.findOrName(series));
    plans.set(series, plan);
    const found = await store.subscriptions.findPlaces(plan, ids);
    return [series, new Map(ids.map((id, nth) => [id, found[nth]]))] as const;
  });
  return new Map(await Promise.all(places));
}

function activeReaders(records: readonly SubscriberRecord[]): Map<SeriesId, SubscriberId[]> {
  const readers = new Map<SeriesId, SubscriberId[]>();
  for (const { subscriber, subscriptions } of records) {
    for (const { series, state } of subscriptions) {
      if (state === 'ended') continue;
      const ids = readers.get(series);
      if (ids === undefined) readers.set(series, [subscriber.id]);
      else ids.push(subscriber.id);
    }
  }
  return readers;
}
