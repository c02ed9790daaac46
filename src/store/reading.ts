import type { Redis } from 'ioredis';
import type { Every } from '../domain/cadence.ts';
import { formatEvery } from '../domain/every.ts';
import type { Instant } from '../domain/instant.ts';
import type { IssueId } from '../domain/issue.ts';
import type { OpenDelivery } from '../domain/open-delivery.ts';
import { placesOf, type Place, type PlanOrName, type SeriesPlan } from '../domain/plan.ts';
import { STALE_PLAN, type StalePlan } from '../domain/stale-plan.ts';
import { partitionOf, type SubscriberId } from '../domain/subscriber.ts';
import type { Subscription } from '../domain/subscription.ts';
import { detourOf } from './detour-of.ts';
import { findNames, type SubscriberHash } from './history.ts';
import { ledgerKeys, partitionKeys, subscriberKey } from './keys.ts';
import type { LedgerClock } from './ledger-clock.ts';
import { openDeliveryOf } from './open-delivery.ts';
import { Script } from './script.ts';
import { unlessStale } from './stale-reply.ts';
import { recordOf, type SubscriberRecord } from './subscribers.ts';

/** What a reader wants of a series. */
export type Wish =
  | { readonly kind: 'pause'; readonly until: Instant }
  | { readonly kind: 'resume' }
  /** Absent = the series' own. */
  | { readonly kind: 'pace'; readonly pace?: Every }
  | { readonly kind: 'next' }
  | { readonly kind: 'again'; readonly issue: IssueId };

/** `done` also where nothing was left to do; `ended` = not a reader of the series (any more). */
export interface WishAnswers {
  readonly pause: 'done' | 'ended';
  readonly resume: 'done' | 'ended';
  readonly pace: 'done' | 'ended';
  readonly next:
    'done' | 'ended' | 'not-released' | 'nothing-ahead' | 'under-way' | 'not-running' | 'too-often';
  readonly again: 'done' | 'ended' | 'not-released' | 'under-way' | 'too-often' | 'no-such-issue';
}

/** From where the gap to the next issue counts. */
export interface GapEnd {
  /** When the reader last had an issue. */
  readonly lastHad: Instant;
  readonly dueAt: Instant;
}

/** One reader in one series, all of the same moment. */
export interface Reader {
  readonly record: SubscriberRecord;
  /** With place and due time, where it has them. */
  readonly subscription: Subscription;
  /** The issue whose delivery is begun, deferred, or of unknown outcome. */
  readonly underWay?: IssueId;
  /** What is on record of a delivery at their place, or held back. */
  readonly delivery?: OpenDelivery;
}

/** Subscriptions as their readers see and steer them. */
export interface ReadingStore {
  /** Reads only. Undefined = never was a reader of the series, or erased. */
  find(plan: PlanOrName, subscriber: SubscriberId, now: Instant): Promise<Reader | undefined | StalePlan>;
  /** Fulfils a wish in one step; `gap` is absent when the reader never had an issue. Stale also when they got one just now. */
  change<W extends Wish>(
    plan: SeriesPlan,
    subscriber: SubscriberId,
    wish: W,
    gap: GapEnd | undefined,
  ): Promise<WishAnswers[W['kind']] | StalePlan>;
  /** '' clears; false when nobody is known by that id. */
  changeProfile(
    subscriber: SubscriberId,
    changes: { readonly name?: string; readonly language?: string },
  ): Promise<boolean>;
  /** Counts something a person asks for, unless they have on that day already, so often. */
  ask(subscriber: SubscriberId, what: string, mostPerDay: number): Promise<'asked' | 'too-often' | 'unknown'>;
}

const MOST_PER_DAY = { pause: 0, resume: 0, pace: 0, next: 10, again: 3 } as const;

const changeScript = new Script('change-reading', ['detours', 'history', 'reader-fields']);
const profileScript = new Script('change-profile');
const askScript = new Script('ask');

export function openReadingStore(redis: Redis, clock: LedgerClock): ReadingStore {
  return {
    find: (plan, subscriber, now) => find(redis, plan, subscriber, now),
    change: (plan, subscriber, wish, gap) => change(redis, clock, plan, subscriber, wish, gap),
    async changeProfile(subscriber, changes) {
      return (await profileScript.run(redis, [keyOf(subscriber)], Object.entries(changes).flat())) === 1;
    },
    async ask(subscriber, what, mostPerDay) {
      const counter = `${ledgerKeys(partitionOf(subscriber)).asked}${what}:${subscriber}`;
      const answer = await askScript.run(redis, [keyOf(subscriber)], [clock.offsetMs, counter, mostPerDay]);
      return answer as 'asked' | 'too-often' | 'unknown';
    },
  };
}

const keyOf = (subscriber: SubscriberId): string => subscriberKey(partitionOf(subscriber), subscriber);

async function find(
  redis: Redis,
  plan: PlanOrName,
  subscriber: SubscriberId,
  now: Instant,
): Promise<Reader | undefined | StalePlan> {
  const partition = partitionOf(subscriber);
  const keys = partitionKeys(partition, plan.series);
  const places = placesOf(plan);
  const moment = redis
    .multi()
    .hget(keys.plan, 'revision')
    .hgetallBuffer(subscriberKey(partition, subscriber))
    .hget(keys.claims, subscriber)
    .hget(keys.held, subscriber)
    .hget(keys.detours, subscriber);
  for (const place of places) moment.zscore(`${keys.waiting}${place}`, subscriber);
  const [revision, fields, claim, held, way, ...scores] = valuesOf(await moment.exec());

  if ((revision ?? '0') !== String(plan.revision)) return STALE_PLAN;
  const hash = fields as SubscriberHash;
  const record = recordOf(subscriber, hash, await findNames(redis, partition, [hash]));
  const subscription = record?.subscriptions.find(({ series }) => series === plan.series);
  if (record === undefined || subscription === undefined) return undefined;
  return readerAt(record, subscription, placeIn(places, scores), now, [claim, held, way]);
}

function placeIn(places: readonly Place[], scores: readonly unknown[]): { place?: Place; dueAt: Instant } {
  const index = scores.findIndex((score) => score !== null);
  const place = places[index];
  return place === undefined ? { dueAt: 0 } : { place, dueAt: Number(scores[index]) };
}

function readerAt(
  record: SubscriberRecord,
  subscription: Subscription,
  { place, dueAt }: { place?: Place; dueAt: Instant },
  now: Instant,
  [claim, held, way]: readonly unknown[],
): Reader {
  const delivery = openDeliveryOf(claim as string | null, held as string | null, dueAt > now);
  const isUnderWay =
    delivery !== undefined && (delivery.stage === 'held' || delivery.isTried || delivery.isLeased);
  return {
    record,
    subscription: {
      ...subscription,
      ...(place !== undefined && { place, dueAt }),
      ...detourOf(way as string | null),
    },
    ...(isUnderWay && { underWay: delivery.issue }),
    ...(delivery !== undefined && { delivery }),
  };
}

function valuesOf(replies: [error: Error | null, value: unknown][] | null): unknown[] {
  if (replies === null) throw new Error('Redis has not run a transaction.');
  return replies.map(([error, value]) => {
    if (error !== null) throw error;
    return value;
  });
}

async function change<W extends Wish>(
  redis: Redis,
  clock: LedgerClock,
  plan: SeriesPlan,
  subscriber: SubscriberId,
  wish: W,
  gap: GapEnd | undefined,
): Promise<WishAnswers[W['kind']] | StalePlan> {
  const partition = partitionOf(subscriber);
  const keys = partitionKeys(partition, plan.series);
  const reply = unlessStale(
    await changeScript.run(
      redis,
      [keys.plan, keys.claims, keys.counts, keys.suppressed, keys.detours, keys.codes],
      [
        clock.offsetMs,
        plan.revision,
        plan.series,
        keys.waiting,
        subscriberKey(partition, subscriber),
        subscriber,
        keys.asked,
        gap?.lastHad ?? '',
        gap?.dueAt ?? '',
        wish.kind,
        wantedBy(wish),
        MOST_PER_DAY[wish.kind],
        ...placesOf(plan),
      ],
    ),
  );
  return reply === STALE_PLAN ? STALE_PLAN : (reply[0] as WishAnswers[W['kind']]);
}

function wantedBy(wish: Wish): string | number {
  switch (wish.kind) {
    case 'pause':
      return wish.until;
    case 'pace':
      return wish.pace === undefined ? '' : formatEvery(wish.pace);
    case 'again':
      return wish.issue;
    case 'resume':
    case 'next':
      return '';
  }
}
