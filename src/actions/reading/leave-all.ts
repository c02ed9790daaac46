import type { SubscriberId } from '../../domain/subscriber.ts';
import type { Queues } from '../../queue/queues.ts';
import type { Store } from '../../store/open-store.ts';
import { unsubscribe } from './unsubscribe.ts';

/** Ends all of a person's subscriptions; every series says goodbye for itself. Returns how many they were. */
export async function leaveAll(
  tools: { store: Store; queues: Queues },
  subscriber: SubscriberId,
): Promise<number> {
  const record = await tools.store.subscribers.find(subscriber);
  let left = 0;
  for (const { series, state } of record?.subscriptions ?? []) {
    if (state === 'active' && (await unsubscribe(tools, { series, subscriber }))) left++;
  }
  return left;
}
