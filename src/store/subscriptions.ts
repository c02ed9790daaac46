import type { Redis } from 'ioredis';
import type { Every } from '../domain/cadence.ts';
import { formatEvery } from '../domain/every.ts';
import type { Instant } from '../domain/instant.ts';
import { placesOf, type Place, type PlanOrName } from '../domain/plan.ts';
import { partitionOf, type Subscriber, type SubscriberId } from '../domain/subscriber.ts';
import { detourOf } from './detour-of.ts';
import { partitionKeys, subscriberKey } from './keys.ts';
import type { LedgerClock } from './ledger-clock.ts';
import { Script } from './script.ts';
import { STALE_PLAN, type StalePlan } from '../domain/stale-plan.ts';
import { unlessStale } from './stale-reply.ts';

/** `left` = has unsubscribed, and has not agreed anew since. */
export type JoinResult = 'added' | 'known' | 'rejoined' | 'left' | 'suppressed';

export interface JoinTerms {
  /** Kept with each consent. */
  readonly source: string;
  /** Whether this brings back who has left; if not, only a consent later than the leaving does. */
  readonly mayComeBack: boolean;
}

export interface Joining {
  readonly subscriber: Subscriber;
  readonly place: Place;
  /** Earliest time of the first issue; absent = now. */
  readonly dueAt?: Instant | undefined;
  /** When the reader agreed; absent = now. */
  readonly consentAt?: Instant | undefined;
  /** The reader's own gap; absent = the series'. */
  readonly pace?: Every | undefined;
}

export interface FoundPlace {
  readonly place: Place;
  readonly dueAt: Instant;
  readonly detour?: readonly Place[];
}

export interface SubscriptionStore {
  /** Puts readers of ONE partition into a series, in one step. */
  join(plan: PlanOrName, joinings: readonly Joining[], terms: JoinTerms): Promise<JoinResult[] | StalePlan>;
  /** Ends a subscription at once, queued mail included; false when it was not active. */
  leave(plan: PlanOrName, subscriber: SubscriberId, reason: string): Promise<boolean>;
  /** Where a subscriber stands in a series and when the next issue is due. */
  findPlace(plan: PlanOrName, subscriber: SubscriberId): Promise<FoundPlace | undefined>;
  /** The same of many of ONE partition, in their order. */
  findPlaces(
    plan: PlanOrName,
    subscribers: readonly SubscriberId[],
  ): Promise<readonly (FoundPlace | undefined)[]>;
}

const joinScript = new Script('join', ['history', 'sources']);
const leaveScript = new Script('leave', ['detours']);

export function openSubscriptionStore(redis: Redis, clock: LedgerClock): SubscriptionStore {
  return {
    join: (plan, joinings, terms) => join(redis, clock, plan, joinings, terms),
    leave: (plan, subscriber, reason) => leave(redis, clock, plan, subscriber, reason),
    findPlace: async (plan, subscriber) => (await findPlaces(redis, plan, [subscriber]))[0],
    findPlaces: (plan, subscribers) => findPlaces(redis, plan, subscribers),
  };
}

async function join(
  redis: Redis,
  clock: LedgerClock,
  plan: PlanOrName,
  joinings: readonly Joining[],
  { source, mayComeBack }: JoinTerms,
): Promise<JoinResult[] | StalePlan> {
  const first = joinings[0];
  if (first === undefined) return [];
  const keys = partitionKeys(partitionOf(first.subscriber.id), plan.series);
  const issues = plan.issues.map(({ id, retired }) => ({ id, retired }));
  const args = [
    clock.offsetMs,
    plan.revision,
    plan.series,
    keys.waiting,
    keys.subscriber,
    keys.apart,
    source,
    mayComeBack ? 1 : 0,
    JSON.stringify(issues),
    first.place,
    first.dueAt ?? '',
  ];
  for (const joining of joinings) {
    const { id, address, name } = joining.subscriber;
    args.push(id, address, name, joining.consentAt ?? '', ownOf(joining, first));
  }
  const joinKeys = [keys.plan, keys.suppressed, keys.counts, keys.claims, keys.codes, keys.sources];
  const reply = unlessStale(await joinScript.run(redis, joinKeys, args));
  return reply === STALE_PLAN ? STALE_PLAN : (reply as JoinResult[]);
}

/** What is not as with the first of them, JSON; mostly nothing is, and '' is quick. */
function ownOf({ subscriber: { language }, place, dueAt, pace }: Joining, first: Joining): string {
  const isElsewhere = place !== first.place || dueAt !== first.dueAt;
  if (!isElsewhere && pace === undefined && language === undefined) return '';
  const own = isElsewhere ? { place, due: dueAt } : {};
  return JSON.stringify({ ...own, language, pace: pace && formatEvery(pace) });
}

async function leave(
  redis: Redis,
  clock: LedgerClock,
  plan: PlanOrName,
  subscriber: SubscriberId,
  reason: string,
): Promise<boolean> {
  const partition = partitionOf(subscriber);
  const keys = partitionKeys(partition, plan.series);
  const left = await leaveScript.run(
    redis,
    [keys.claims, keys.counts, keys.held, keys.finished, keys.detours],
    [
      clock.offsetMs,
      plan.series,
      keys.waiting,
      subscriberKey(partition, subscriber),
      subscriber,
      reason,
      keys.apart,
      ...placesOf(plan),
    ],
  );
  return left === 1;
}

async function findPlaces(
  redis: Redis,
  plan: PlanOrName,
  subscribers: readonly SubscriberId[],
): Promise<(FoundPlace | undefined)[]> {
  const [first] = subscribers;
  if (first === undefined) return [];
  const keys = partitionKeys(partitionOf(first), plan.series);
  const places = placesOf(plan);
  const [ways, ...scores] = await Promise.all([
    redis.hmget(keys.detours, ...subscribers),
    ...places.map((place) => redis.zmscore(`${keys.waiting}${place}`, ...subscribers)),
  ]);
  return subscribers.map((_, nth) => {
    const index = scores.findIndex((ofPlace) => (ofPlace[nth] ?? null) !== null);
    const place = places[index];
    if (place === undefined) return undefined;
    return { place, dueAt: Number(scores[index]?.[nth]), ...detourOf(ways[nth] ?? null) };
  });
}
