import type { IssueId } from '../domain/issue.ts';
import type { PlanChange } from '../domain/plan-change.ts';
import { END, START, type Place } from '../domain/plan.ts';
import type { SeriesId } from '../domain/series.ts';
import { STALE_PLAN } from '../domain/stale-plan.ts';
import type { Store } from '../store/open-store.ts';
import { retryWhenStale } from './retry-when-stale.ts';

/** How many readers of a series stand at each place; who is sent an issue again counts where they go on after that. */
export function countReaders(store: Store, series: SeriesId): Promise<Map<Place, number>> {
  return retryWhenStale(store, series, async (plan) => {
    const counts = new Map<Place, number>([[START, 0]]);
    const add = (place: Place, n: number) => counts.set(place, Math.max(0, (counts.get(place) ?? 0) + n));
    if (plan === undefined) {
      const standings = await store.census.standings(await store.plans.findOrName(series));
      if (standings === STALE_PLAN) return STALE_PLAN;
      for (const { place, waiting } of standings) add(place, waiting);
      return counts;
    }
    const census = await store.census.take(plan, await store.now());
    if (census === STALE_PLAN) return STALE_PLAN;
    const { standings, totals } = census;
    for (const { place, waiting } of standings) add(place, waiting);
    for (const { issue, onDetour, detourEnd } of totals.issues) add(issue, detourEnd - onDetour);
    add(END, totals.detourEnd);
    return counts;
  });
}

/** Readers at the places of such entries, per issue; issues without any are left out. */
export function readersPerIssue(entries: PlanChange['missed'], readers: ReadonlyMap<Place, number>) {
  const sums = new Map<IssueId, number>();
  for (const { place, issue } of entries) sums.set(issue, (sums.get(issue) ?? 0) + (readers.get(place) ?? 0));
  return [...sums].filter(([, count]) => count > 0).map(([issue, count]) => ({ issue, readers: count }));
}
