import type { Redis } from 'ioredis';
import type { Instant } from '../domain/instant.ts';
import type { IssueCounts } from '../domain/issue-counts.ts';
import type { IssueId } from '../domain/issue.ts';
import { END, placesOf, type Place, type PlanOrName, type SeriesPlan } from '../domain/plan.ts';
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
  /** Of those who wait: put off by the server, and waiting for one more copy because of a doubt. */
  readonly deferred: number;
  readonly doubted: number;
}

export interface SeriesTotals {
  readonly issues: readonly IssueCounts[];
  /** Subscriptions ever begun, those that have ended, and those of them whose address is dead or suppressed. */
  readonly joined: number;
  readonly ended: number;
  readonly bounced: number;
  /** Readers who are sent issues again and have had everything else. */
  readonly detourEnd: number;
  /** Mails accepted in the last sixty seconds, about. */
  readonly acceptedLastMinute: number;
}

export interface Census {
  readonly standings: readonly Standing[];
  readonly totals: SeriesTotals;
}

export interface CensusStore {
  /** Who waits where: what a dispatcher needs. */
  standings(plan: PlanOrName): Promise<Standing[] | StalePlan>;
  /** The same with the counters of the same moment, partition by partition. */
  take(plan: SeriesPlan, now: Instant): Promise<Census | StalePlan>;
}

/** One partition's part. */
interface Tally {
  readonly standings: readonly Standing[];
  readonly counters: ReadonlyMap<string, number>;
}

const censusScript = new Script('census');
const MINUTE_MS = 60_000;

export function openCensusStore(redis: Redis, clock: LedgerClock): CensusStore {
  const tallies = async (plan: PlanOrName, withCounters: boolean) => {
    const all = await Promise.all(
      allPartitions().map((partition) => tally(redis, clock, plan, partition, withCounters)),
    );
    return all.includes(STALE_PLAN) ? STALE_PLAN : all.filter((one) => one !== STALE_PLAN);
  };
  return {
    async standings(plan) {
      const all = await tallies(plan, false);
      return all === STALE_PLAN ? STALE_PLAN : all.flatMap(({ standings }) => standings);
    },
    async take(plan, now) {
      const all = await tallies(plan, true);
      if (all === STALE_PLAN) return STALE_PLAN;
      const standings = all.flatMap((one) => one.standings);
      const acceptedLastMinute = await acceptedWithinMinute(redis, plan, now);
      return { standings, totals: { ...totalsOf(plan, standings, all), acceptedLastMinute } };
    },
  };
}

async function tally(
  redis: Redis,
  clock: LedgerClock,
  plan: PlanOrName,
  partition: string,
  withCounters: boolean,
): Promise<Tally | StalePlan> {
  const keys = partitionKeys(partition, plan.series);
  const places = placesOf(plan);
  const reply = unlessStale(
    await censusScript.run(redis, withCounters ? [keys.plan, keys.counts] : [keys.plan], [
      clock.offsetMs,
      plan.revision,
      keys.waiting,
      keys.apart,
      ...places,
    ]),
  );
  if (reply === STALE_PLAN) return STALE_PLAN;
  const [counters, ...numbers] = reply;
  const standings = places.map((place, index): Standing => {
    const [waiting, due, earliest, deferred, doubted] = numbers.slice(index * 5, index * 5 + 5);
    return {
      partition,
      place,
      waiting: Number(waiting),
      due: Number(due),
      ...(earliest !== '' && { earliest: Number(earliest) }),
      deferred: Number(deferred),
      doubted: Number(doubted),
    };
  });
  return { standings, counters: countersOf(counters as string[]) };
}

function countersOf(flat: readonly string[]): Map<string, number> {
  const counters = new Map<string, number>();
  for (let i = 0; i < flat.length; i += 2) counters.set(flat[i] ?? '', Number(flat[i + 1]));
  return counters;
}

/** Counters are per clock minute: the last sixty seconds are this minute and the rest of the one before, taken as even. */
async function acceptedWithinMinute(redis: Redis, plan: SeriesPlan, now: Instant): Promise<number> {
  const minute = Math.floor(now / MINUTE_MS);
  const [before, current] = await Promise.all([
    acceptedIn(redis, plan, minute - 1),
    acceptedIn(redis, plan, minute),
  ]);
  return Math.round(before * (1 - (now % MINUTE_MS) / MINUTE_MS)) + current;
}

async function acceptedIn(redis: Redis, { series }: SeriesPlan, minute: number): Promise<number> {
  const keys = allPartitions().map((partition) => `${partitionKeys(partition, series).rate}${minute}`);
  const rates = await Promise.all(keys.map((key) => redis.get(key)));
  return rates.reduce((sum, rate) => sum + Number(rate ?? 0), 0);
}

function totalsOf(plan: SeriesPlan, standings: readonly Standing[], tallies: readonly Tally[]) {
  const sum = (field: string) => tallies.reduce((n, { counters }) => n + (counters.get(field) ?? 0), 0);
  return {
    issues: plan.issues.map(({ id }) => issueCounts(id, standings, sum)),
    joined: sum('joined'),
    ended: sum('ended'),
    bounced: sum('bounced'),
    detourEnd: sum(`${END}:detourEnd`),
  };
}

function issueCounts(
  issue: IssueId,
  standings: readonly Standing[],
  sum: (field: string) => number,
): IssueCounts {
  const here = standings.filter(({ place }) => place === issue);
  const deferred = here.reduce((n, standing) => n + standing.deferred, 0);
  const doubted = here.reduce((n, standing) => n + standing.doubted, 0);
  return {
    issue,
    entered: sum(`${issue}:entered`),
    waiting: here.reduce((n, standing) => n + standing.waiting, 0) - deferred - doubted,
    deferred,
    doubted,
    held: sum(`${issue}:held`),
    accepted: sum(`${issue}:accepted`),
    rejected: sum(`${issue}:rejected`),
    suppressed: sum(`${issue}:suppressed`),
    skipped: sum(`${issue}:skipped`),
    left: sum(`${issue}:left`),
    onDetour: sum(`${issue}:onDetour`),
    detourAhead: sum(`${issue}:detourAhead`),
    detourEnd: sum(`${issue}:detourEnd`),
    sentAgain: {
      rejected: sum(`${issue}:rejectedAgain`),
      suppressed: sum(`${issue}:suppressedAgain`),
      skipped: sum(`${issue}:skippedAgain`),
    },
    deferrals: sum(`${issue}:deferred`),
    doubts: sum(`${issue}:uncertain`),
  };
}
