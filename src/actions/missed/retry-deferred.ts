import type { Failure, FailureFilter } from '../../domain/failure.ts';
import { failpoint } from '../../domain/failpoint.ts';
import type { IssueId } from '../../domain/issue.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import { partitionOf } from '../../domain/subscriber.ts';
import type { RetryAnswer } from '../../store/failures.ts';
import type { Store } from '../../store/open-store.ts';
import { listFailures } from './list-failures.ts';

/** What became of those who were meant; `held` ones are for the operator to decide. */
export type Retried = Readonly<Record<RetryAnswer, number>>;

/**
 * Whoever was put off or is in doubt is tried now instead of at the time of their next try. A gap, a break and a series that does not run
 * stay what they are. Doing it twice changes nothing.
 */
export async function retryDeferred(
  { store }: { store: Store },
  plan: SeriesPlan,
  filter: FailureFilter,
): Promise<Retried> {
  const retried = { due: 0, 'due-already': 0, 'under-way': 0, resting: 0, waiting: 0, gone: 0 };
  for await (const page of listFailures({ store }, plan, filter)) {
    for (const [issue, failures] of byIssueAndPartition(page)) {
      const ids = failures.map(({ subscriber }) => subscriber);
      for (const answer of await store.failures.retry(plan, issue, ids)) retried[answer]++;
      await failpoint('retry.batch');
    }
  }
  return retried;
}

export const isRetried = ({ state }: Failure): boolean => state === 'deferred' || state === 'uncertain';

function byIssueAndPartition(failures: readonly Failure[]): (readonly [IssueId, readonly Failure[]])[] {
  const groups = new Map<string, Failure[]>();
  for (const failure of failures.filter(isRetried)) {
    const key = `${partitionOf(failure.subscriber)} ${failure.issue}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [failure]);
    else group.push(failure);
  }
  return [...groups.values()].flatMap((group) => (group[0] === undefined ? [] : [[group[0].issue, group]]));
}
