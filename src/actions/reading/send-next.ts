import type { TokenOwner } from '../../domain/token.ts';
import type { Queues } from '../../queue/queues.ts';
import type { Store } from '../../store/open-store.ts';
import { STALE_PLAN } from '../../domain/stale-plan.ts';
import type { WishAnswers } from '../../store/reading.ts';
import { changeReading } from './change-reading.ts';

export type NextAnswer = 'coming' | Exclude<WishAnswers['next'], 'done'>;

/**
 * Sends a reader the next issue now, before the gap is over, if it is released and the series runs; ends their pause. At most ten times
 * a day.
 */
export async function sendNext(
  { store, queues }: { store: Store; queues: Queues },
  owner: TokenOwner,
): Promise<NextAnswer> {
  const answer = await changeReading({ store }, owner, () => ({ kind: 'next' }) as const);
  if (answer !== 'done') return answer;
  await lookNow(store, queues, owner);
  return 'coming';
}

/** Somebody waits for it: without this it would go at the next look, which is soon, too. */
async function lookNow(store: Store, queues: Queues, { series, subscriber }: TokenOwner): Promise<void> {
  const plan = await store.plans.find(series);
  const now = await store.now();
  const reader = plan && (await store.reading.find(plan, subscriber, now));
  if (reader === undefined || reader === STALE_PLAN) return;
  const issue = plan?.issues.find(({ id }) => id === reader.subscription.place);
  if (issue !== undefined) await queues.lookAt(series, issue.id, now, now);
}
