import type { Queues } from '../queue/queues.ts';
import type { Store } from '../store/open-store.ts';

/**
 * Sees to it that every running series is being looked after: whoever scheduled it may have died before that, and a queue may
 * have been lost. Doing it again changes nothing.
 */
export async function keepLooking({ store, queues }: { store: Store; queues: Queues }): Promise<void> {
  for (const { series, state } of await store.plans.all()) {
    if (state === 'running') await queues.startLooking(series);
  }
}
