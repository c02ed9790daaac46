import { failpoint } from '../domain/failpoint.ts';
import type { SeriesPlan } from '../domain/plan.ts';
import type { Queues } from '../queue/queues.ts';
import type { Store } from '../store/open-store.ts';

/** So few at a time that many readers who finish at once do not fill the queue of letters. */
const MOST_AT_ONCE = 50;

/**
 * Orders the letter for readers who have had the last issue. Forgotten only when it is ordered: after a crash between the two it is
 * ordered again, as the same job. Returns how many.
 */
export async function orderFinished(
  { store, queues }: { store: Store; queues: Queues },
  { series, about }: SeriesPlan,
): Promise<number> {
  if (!about.letters.includes('finished')) return 0;
  const finished = await store.finished.list(series, MOST_AT_ONCE);
  for (const { subscriber, at } of finished) {
    await queues.addLetter({ kind: 'finished', series, subscriber, at });
    await failpoint('finished.ordered');
    await store.finished.forget(series, subscriber);
    await failpoint('finished.forgotten');
  }
  return finished.length;
}
