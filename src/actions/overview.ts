import type { Instant } from '../domain/instant.ts';
import type { Overview, People, Present } from '../domain/overview.ts';
import { sumOf, totalsOf } from '../domain/sample.ts';
import type { SeriesStatus } from '../domain/series-status.ts';
import type { Queues } from '../queue/queues.ts';
import type { Store } from '../store/open-store.ts';
import { seriesStatusIn } from './series-status.ts';

export interface OverviewTools {
  readonly store: Store;
  readonly queues: Pick<Queues, 'depths'>;
}

/** All there is to see, of about one moment. What Redis does for it grows with the issues, and not with the readers. */
export async function takeOverview(tools: OverviewTools): Promise<Overview> {
  const [present, timeline, days] = await Promise.all([
    takePresent(tools),
    tools.store.timeline.lastHour(),
    tools.store.timeline.days(),
  ]);
  return { ...present, timeline, days };
}

/** The same without the past: for who looks every second, and remembers it. */
export async function takePresent({ store, queues }: OverviewTools): Promise<Present> {
  const now = await store.now();
  const [trouble, workers, progress, limited, plans] = await Promise.all([
    store.transport.findTrouble(),
    store.workers.list(now),
    store.timeline.progress(),
    store.rates.limited(now),
    store.plans.all(),
  ]);
  const around = { trouble, isWorking: workers.length > 0, progress, limited };
  const found = await Promise.all(plans.map(({ series }) => seriesStatusIn({ store }, series, around)));
  const series = found.filter((status) => status !== undefined);
  const [depths, suppressed] = await Promise.all([queues.depths(), store.subscribers.countSuppressed()]);
  const oldestDueAt = earliest(series.map(({ dueSince }) => dueSince));
  return {
    now,
    series,
    workers,
    ...(trouble !== undefined && { trouble }),
    queues: depths,
    people: peopleOf(series, suppressed),
    totals: sumOf(series.map(totalsOf)),
    ...(oldestDueAt !== undefined && { oldestDueAt }),
  };
}

function peopleOf(series: readonly SeriesStatus[], suppressed: number): People {
  const sum = (of: (status: SeriesStatus) => number) => series.reduce((n, status) => n + of(status), 0);
  const bounced = sum((status) => status.bounced);
  return {
    active: sum(({ readers }) => readers),
    left: sum(({ ended }) => ended) - bounced,
    bounced,
    suppressed,
  };
}

function earliest(times: readonly (Instant | undefined)[]): Instant | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
