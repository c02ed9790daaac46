import { failpoint } from '../domain/failpoint.ts';
import type { SeriesPlan, SeriesState } from '../domain/plan.ts';
import type { SeriesId } from '../domain/series.ts';
import type { Queues } from '../queue/queues.ts';
import type { Store } from '../store/open-store.ts';

const TRIES = 20;

/**
 * Pauses, resumes or cancels a series: every reader keeps their place. O(1) in the audience. Returns the plan as it is now,
 * or undefined when the series was never scheduled. Doing it twice changes nothing.
 */
export async function changeState(
  { store, queues }: { store: Store; queues: Queues },
  series: SeriesId,
  state: SeriesState,
  reason?: string,
): Promise<SeriesPlan | undefined> {
  for (let tries = 0; tries < TRIES; tries++) {
    const plan = await store.plans.find(series);
    if (plan === undefined) return undefined;
    // What was cancelled stays so: a late fault of the mail server must not make it resumable.
    if (plan.state === state || (plan.state === 'cancelled' && state === 'paused')) return plan;

    const { stateReason: _, stateRevision: __, ...rest } = plan;
    const changed: SeriesPlan = {
      ...rest,
      state,
      ...(reason !== undefined && { stateReason: reason, stateRevision: plan.revision + 1 }),
      revision: plan.revision + 1,
      moves: [],
    };
    if (!(await store.plans.commit(changed))) continue;
    await (state === 'running' ? queues.startLooking(series) : queues.stopLooking(series));
    await failpoint('state.changed');
    return changed;
  }
  throw new Error(`The plan of series "${series}" keeps changing; gave up after ${TRIES} tries.`);
}
