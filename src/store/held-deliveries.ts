import type { Redis } from 'ioredis';
import type { Instant } from '../domain/instant.ts';
import type { IssueId } from '../domain/issue.ts';
import type { Place, SeriesPlan } from '../domain/plan.ts';
import type { SeriesId } from '../domain/series.ts';
import { allPartitions, partitionOf, type SubscriberId } from '../domain/subscriber.ts';
import { partitionKeys, subscriberKey } from './keys.ts';
import type { LedgerClock } from './ledger-clock.ts';
import { Script } from './script.ts';
import { STALE_PLAN, type StalePlan } from '../domain/stale-plan.ts';
import { unlessStale } from './stale-reply.ts';

/** A delivery nobody can say was taken, kept for the operator (`onUncertain: hold`). */
export interface HeldDelivery {
  readonly subscriber: SubscriberId;
  readonly issue: IssueId;
}

/** Send it once more, or take it as accepted and let the reader go on to `next`. */
export type HeldDecision =
  { readonly kind: 'again' } | { readonly kind: 'accepted'; readonly next: Place; readonly dueAt: Instant };

export interface HeldStore {
  list(series: SeriesId): Promise<HeldDelivery[]>;
  /** False when nothing was held for that subscriber any more. */
  resolve(plan: SeriesPlan, subscriber: SubscriberId, decision: HeldDecision): Promise<boolean | StalePlan>;
}

const resolveScript = new Script('resolve-held', ['detours', 'history']);

export function openHeldStore(redis: Redis, clock: LedgerClock): HeldStore {
  return {
    async list(series) {
      const hashes = await Promise.all(
        allPartitions().map((partition) => redis.hgetall(partitionKeys(partition, series).held)),
      );
      return hashes.flatMap((hash) =>
        Object.entries(hash).map(([subscriber, json]) => ({
          subscriber: subscriber as SubscriberId,
          issue: (JSON.parse(json) as { issue: IssueId }).issue,
        })),
      );
    },
    async resolve(plan, subscriber, decision) {
      const partition = partitionOf(subscriber);
      const keys = partitionKeys(partition, plan.series);
      const [next, dueAt] = decision.kind === 'again' ? ['', 0] : [decision.next, decision.dueAt];
      const reply = unlessStale(
        await resolveScript.run(
          redis,
          [keys.plan, keys.claims, keys.held, keys.counts, keys.finished, keys.detours, keys.codes],
          [
            clock.offsetMs,
            plan.revision,
            plan.series,
            subscriber,
            decision.kind,
            next,
            dueAt,
            keys.waiting,
            subscriberKey(partition, subscriber),
            plan.about.letters.includes('finished') ? 1 : 0,
            keys.apart,
          ],
        ),
      );
      return reply === STALE_PLAN ? STALE_PLAN : reply[0] === 1;
    },
  };
}
