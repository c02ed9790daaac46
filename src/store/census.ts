import type { Redis } from 'ioredis';
import type { Instant } from '../domain/instant.ts';
import type { IssueCounts } from '../domain/issue-counts.ts';
import type { IssueId } from '../domain/issue.ts';
import { placesOf, type Place, type PlanOrName, type SeriesPlan } from '../domain/plan.ts';
import { allPartitions } from '../domain/subscriber.ts';
import { partitionKeys } from './keys.ts';
import type { LedgerClock } from './ledger-clock.ts';
import { Script } from './script.ts';
import { STALE_PLAN, type StalePlan } from '../domain/stale-plan.ts';
import { unlessStale } from './stale-reply.ts';

/** How many wait at a place of one partition. */
export interface Standing {
  readonly partition: string;
  readonly place: Place;
  readonly waiting: number;
  readonly due: number;
  /** The earliest due time there, past or future; absent when nobody waits. */
  readonly earliest?: Instant;
}

export interface SeriesTotals {
  readonly issues: readonly IssueCounts[];
  /** Subscriptions ever begun, and those that have ended. */
  readonly joined: number;
  readonly ended: number;
  /** Mails accepted in the last whole minute. */
  readonly acceptedLastMinute: number;
}

export interface CensusStore {
  /** Who waits where, from one partition or all. */
  standings(plan: PlanOrName, partition?: string): Promise<Standing[] | StalePlan>;
  /** Counts per issue, summed over partitions; `waiting` from the sets themselves. */
  totals(plan: SeriesPlan, standings: readonly Standing[], now: Instant): Promise<SeriesTotals>;
}

const censusScript = new Script('census');
const MINUTE_MS = 60_000;

export function openCensusStore(redis: Redis, clock: LedgerClock): CensusStore {
  return {
    async standings(plan, only) {
      const partitions = only === undefined ? allPartitions() : [only];
      const all = await Promise.all(
        partitions.map((partition) => standingsIn(redis, clock, plan, partition)),
      );
      return all.includes(STALE_PLAN)
        ? STALE_PLAN
        : all.filter((standings) => standings !== STALE_PLAN).flat();
    },
    totals: (plan, standings, now) => totals(redis, plan, standings, now),
  };
}

async function standingsIn(redis: Redis, clock: LedgerClock, plan: PlanOrName, partition: string) {
  const keys = partitionKeys(partition, plan.series);
  const places = placesOf(plan);
  const args = [clock.offsetMs, plan.revision, keys.waiting, ...places];
  const reply = unlessStale(await censusScript.run(redis, [keys.plan], args));
  if (reply === STALE_PLAN) return STALE_PLAN;
  return places.map((place, index): Standing => {
    const [waiting, due, earliest] = reply.slice(1 + index * 3, 4 + index * 3);
    return {
      partition,
      place,
      waiting: Number(waiting),
      due: Number(due),
      ...(earliest !== '' && { earliest: Number(earliest) }),
    };
  });
}

async function totals(redis: Redis, plan: SeriesPlan, standings: readonly Standing[], now: Instant) {
  const minute = Math.floor(now / MINUTE_MS) - 1;
  const perPartition = await Promise.all(
    allPartitions().map(async (partition) => {
      const keys = partitionKeys(partition, plan.series);
      const [counts, rate] = await Promise.all([
        redis.hgetall(keys.counts),
        redis.get(`${keys.rate}${minute}`),
      ]);
      return { counts, rate: Number(rate ?? 0) };
    }),
  );
  const sum = (field: string) => perPartition.reduce((n, { counts }) => n + Number(counts[field] ?? 0), 0);
  return {
    issues: plan.issues.map(({ id }) => issueCounts(id, standings, sum)),
    joined: sum('joined'),
    ended: sum('ended'),
    acceptedLastMinute: perPartition.reduce((n, { rate }) => n + rate, 0),
  };
}

function issueCounts(
  issue: IssueId,
  standings: readonly Standing[],
  sum: (field: string) => number,
): IssueCounts {
  const waiting = standings.filter(({ place }) => place === issue).reduce((n, { waiting }) => n + waiting, 0);
  return {
    issue,
    waiting,
    entered: sum(`${issue}:entered`),
    accepted: sum(`${issue}:accepted`),
    rejected: sum(`${issue}:rejected`),
    skipped: sum(`${issue}:skipped`),
    left: sum(`${issue}:left`),
    held: sum(`${issue}:held`),
    deferred: sum(`${issue}:deferred`),
    uncertain: sum(`${issue}:uncertain`),
  };
}
