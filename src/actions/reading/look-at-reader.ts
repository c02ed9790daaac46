import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '../../domain/instant.ts';
import type { PlanOrName } from '../../domain/plan.ts';
import type { SeriesId } from '../../domain/series.ts';
import { STALE_PLAN } from '../../domain/stale-plan.ts';
import type { TokenOwner } from '../../domain/token.ts';
import type { Store } from '../../store/open-store.ts';
import type { Reader } from '../../store/reading.ts';

const TRIES = 40;
const PAUSE_MS = 25;

export interface LookAtReader<P extends PlanOrName> {
  readonly plan: P;
  readonly now: Instant;
  readonly reader: Reader;
}

/**
 * A reader of a series and the plan they stand in, of the same moment; undefined when there is no such plan or reader. Reads only: a plan that
 * changes just now is waited for, and brought to the partitions by others.
 */
export async function lookAtReader<P extends PlanOrName>(
  { store }: { store: Store },
  { series, subscriber }: TokenOwner,
  findPlan: (series: SeriesId) => Promise<P | undefined>,
): Promise<LookAtReader<P> | undefined> {
  for (let tries = 0; tries < TRIES; tries++) {
    const plan = await findPlan(series);
    if (plan === undefined) return undefined;
    const now = await store.now();
    const reader = await store.reading.find(plan, subscriber, now);
    if (reader !== STALE_PLAN) return reader && { plan, now, reader };
    await sleep(PAUSE_MS);
  }
  throw new Error(`The plan of series "${series}" is not brought up; gave up after ${TRIES} tries.`);
}
