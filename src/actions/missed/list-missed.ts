import type { IssueId } from '../../domain/issue.ts';
import type { Missed } from '../../domain/missed.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import type { SeriesId } from '../../domain/series.ts';
import type { SubscriberId } from '../../domain/subscriber.ts';
import type { Store } from '../../store/open-store.ts';
import type { SubscriberRecord } from '../../store/subscribers.ts';
import { retryWhenStale } from '../retry-when-stale.ts';
import { missedOf } from './missed-of.ts';

/**
 * Who has not had an issue, and why, a page at a time, in no particular order. Looks at everybody the ledger knows: `tell` hears how many so
 * far. Who joins meanwhile may be left out.
 */
export async function* listMissed(
  { store }: { store: Store },
  series: SeriesId,
  issue: IssueId,
  tell: (looked: number) => void = () => undefined,
): AsyncGenerator<Missed[]> {
  let looked = 0;
  for await (const page of store.subscribers.scan()) {
    looked += page.length;
    tell(looked);
    const ids = page
      .filter((record) => isWithout(record, series, issue))
      .map(({ subscriber }) => subscriber.id);
    if (ids.length === 0) continue;
    const missed = await retryWhenStale(store, series, async (plan) =>
      plan === undefined ? [] : missedBy({ store }, plan, issue, ids),
    );
    if (missed.length > 0) yield missed;
  }
}

/** What these readers have missed of an issue, as of now, under the plan given; stale when it is not in force any more. */
export async function missedBy(
  { store }: { store: Store },
  plan: SeriesPlan,
  issue: IssueId,
  subscribers: readonly SubscriberId[],
) {
  const now = await store.now();
  const seen = await Promise.all(
    subscribers.map(async (id) => {
      const [reader, suppression] = await Promise.all([
        store.reading.find(plan, id, now),
        store.subscribers.findSuppression(id),
      ]);
      if (typeof reader !== 'object') return reader;
      return missedOf({ plan, issue, reader, ...(suppression !== undefined && { suppression }) });
    }),
  );
  return seen.includes('stale-plan')
    ? 'stale-plan'
    : seen.filter((one) => one !== undefined).filter((one) => one !== 'stale-plan');
}

const isWithout = ({ subscriptions, history }: SubscriberRecord, series: SeriesId, issue: IssueId): boolean =>
  subscriptions.some((one) => one.series === series) &&
  !history.some((one) => one.series === series && one.issue === issue && one.outcome === 'accepted');
