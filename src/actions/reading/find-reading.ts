import { setTimeout as sleep } from 'node:timers/promises';
import { readingOf, type Reading } from '../../domain/reading.ts';
import { STALE_PLAN } from '../../domain/stale-plan.ts';
import type { TokenOwner } from '../../domain/token.ts';
import type { Store } from '../../store/open-store.ts';

const TRIES = 40;
const PAUSE_MS = 25;

/**
 * How a reader's way through a series stands; undefined for who was never in it or was erased, and before the first `schedule`. Reads only:
 * a plan that changes just now is waited for, and brought to the partitions by others.
 */
export async function findReading(
  { store }: { store: Store },
  owner: TokenOwner,
): Promise<Reading | undefined> {
  for (let tries = 0; tries < TRIES; tries++) {
    const plan = await store.plans.find(owner.series);
    if (plan === undefined) return undefined;
    const now = await store.now();
    const found = await store.reading.find(plan, owner.subscriber, now);
    if (found === undefined) return undefined;
    if (found === STALE_PLAN) {
      await sleep(PAUSE_MS);
      continue;
    }
    const { record, subscription, underWay } = found;
    const { name, language } = record.subscriber;
    return readingOf(
      plan,
      {
        owner,
        name,
        ...(language !== undefined && { language }),
        subscription,
        history: record.history.filter(({ series }) => series === owner.series),
        ...(underWay !== undefined && { underWay }),
      },
      now,
    );
  }
  throw new Error(`The plan of series "${owner.series}" is not brought up; gave up after ${TRIES} tries.`);
}
