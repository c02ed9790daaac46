import { failpoint } from '../../domain/failpoint.ts';
import type { SeriesId } from '../../domain/series.ts';
import type { TokenOwner } from '../../domain/token.ts';
import type { Queues } from '../../queue/queues.ts';
import type { Store } from '../../store/open-store.ts';
import { leaveSeries } from '../leave-series.ts';

/**
 * Ends a subscription as its reader asks, queued mail included, and says goodbye by letter where the writer wants it. Once: whoever
 * has left already gets no second letter. False when there was nothing to end.
 */
export async function unsubscribe(
  { store, queues }: { store: Store; queues: Queues },
  { series, subscriber }: TokenOwner,
): Promise<boolean> {
  if (!(await leaveSeries({ store }, series, subscriber))) return false;
  await failpoint('leave.left');
  if (await hasGoodbye(store, series)) {
    await queues.addLetter({ kind: 'goodbye', series, subscriber, at: await store.now() });
  }
  await failpoint('leave.ordered');
  return true;
}

const hasGoodbye = async (store: Store, series: SeriesId): Promise<boolean> =>
  (await store.plans.find(series))?.about.letters.includes('goodbye') === true;
