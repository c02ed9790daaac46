import { liveIssues, type SeriesPlan } from '../../domain/plan.ts';
import { releasedIssues, type ReleasedIssue } from '../../domain/released-issues.ts';
import type { Instant } from '../../domain/instant.ts';
import type { SeriesId } from '../../domain/series.ts';
import type { Store } from '../../store/open-store.ts';

/** A series as anybody may see it: what has come out, and how much is to come. */
export interface ShownSeries {
  readonly plan: SeriesPlan;
  readonly now: Instant;
  readonly released: readonly ReleasedIssue[];
  /** Released or not. */
  readonly total: number;
  /** When the next issue comes out; absent when everything is out. */
  readonly nextReleaseAt?: Instant;
}

/** Every series that is scheduled and not cancelled, by title. */
export async function findAllSeries(store: Store): Promise<ShownSeries[]> {
  const [plans, now] = await Promise.all([store.plans.all(), store.now()]);
  return plans
    .filter(isShown)
    .map((plan) => shownSeries(plan, now))
    .toSorted((a, b) => a.plan.title.localeCompare(b.plan.title, 'en'));
}

/** Undefined when it is cancelled or was never scheduled. */
export async function findSeries(store: Store, series: SeriesId): Promise<ShownSeries | undefined> {
  const [plan, now] = await Promise.all([store.plans.find(series), store.now()]);
  return plan !== undefined && isShown(plan) ? shownSeries(plan, now) : undefined;
}

const isShown = ({ state }: SeriesPlan): boolean => state !== 'cancelled';

function shownSeries(plan: SeriesPlan, now: Instant): ShownSeries {
  const live = liveIssues(plan);
  const released = releasedIssues(plan, now);
  const come = new Set(released.map(({ id }) => id));
  const dates = live
    .filter(({ id }) => !come.has(id))
    .map(({ releaseAt = 0 }) => Math.max(plan.startAt, releaseAt));
  const next = dates.length === 0 ? {} : { nextReleaseAt: Math.min(...dates) };
  return { plan, now, released, total: live.length, ...next };
}
