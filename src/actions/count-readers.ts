import type { IssueId } from '../domain/issue.ts';
import type { PlanChange } from '../domain/plan-change.ts';
import { START, type Place } from '../domain/plan.ts';
import type { SeriesId } from '../domain/series.ts';
import { STALE_PLAN } from '../domain/stale-plan.ts';
import type { Store } from '../store/open-store.ts';
import { retryWhenStale } from './retry-when-stale.ts';

/** How many readers of a series stand at each place. */
export function countReaders(store: Store, series: SeriesId): Promise<Map<Place, number>> {
  return retryWhenStale(store, series, async (plan) => {
    const standings = await store.census.standings(plan ?? (await store.plans.findOrName(series)));
    if (standings === STALE_PLAN) return STALE_PLAN;
    const counts = new Map<Place, number>([[START, 0]]);
    for (const { place, waiting } of standings) counts.set(place, (counts.get(place) ?? 0) + waiting);
    return counts;
  });
}

/** Readers at the places of such entries, per issue; issues without any are left out. */
export function readersPerIssue(entries: PlanChange['missed'], readers: ReadonlyMap<Place, number>) {
  const sums = new Map<IssueId, number>();
  for (const { place, issue } of entries) sums.set(issue, (sums.get(issue) ?? 0) + (readers.get(place) ?? 0));
  return [...sums].filter(([, count]) => count > 0).map(([issue, count]) => ({ issue, readers: count }));
}
