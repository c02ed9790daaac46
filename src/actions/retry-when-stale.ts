import { setTimeout as sleep } from 'node:timers/promises';
import type { SeriesPlan } from '../domain/plan.ts';
import type { SeriesId } from '../domain/series.ts';
import { STALE_PLAN, type StalePlan } from '../domain/stale-plan.ts';
import type { Store } from '../store/open-store.ts';

const TRIES = 20;
const PAUSE_MS = 25;

/**
 * Does something that depends on a series' plan, again with the new plan when it changes under our hands. Completes a change
 * that its author did not live to finish. `plan` is undefined before the first `schedule`; `known`, where given, is tried before it is looked up.
 */
export async function retryWhenStale<T>(
  store: Store,
  series: SeriesId,
  act: (plan: SeriesPlan | undefined) => Promise<T | StalePlan>,
  known?: SeriesPlan,
): Promise<T> {
  for (let tries = 0; tries < TRIES; tries++) {
    const plan = tries === 0 && known !== undefined ? known : await store.plans.find(series);
    const result = await act(plan);
    if (result !== STALE_PLAN) return result;
    if (plan === known) continue;
    if (plan !== undefined) await store.plans.bringUp(plan);
    await sleep(PAUSE_MS);
  }
  throw new Error(
    `The plan of series "${series}" keeps changing or cannot be brought up; gave up after ${TRIES} tries.`,
  );
}
