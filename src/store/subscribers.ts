import type { Redis } from 'ioredis';
import type { EmailAddress } from '../domain/email-address.ts';
import { parseEvery } from '../domain/every.ts';
import type { Instant } from '../domain/instant.ts';
import type { SeriesId } from '../domain/series.ts';
import { allPartitions, partitionOf, type Subscriber, type SubscriberId } from '../domain/subscriber.ts';
import type { HistoryEntry, Subscription } from '../domain/subscription.ts';
import { acceptancesIn, findNames, issueNamed, type PartitionNames, type SubscriberHash } from './history.ts';
import { ledgerKeys, subscriberKey } from './keys.ts';

/** All the ledger has about a person, but for where they stand. */
export interface SubscriberRecord {
  readonly subscriber: Subscriber;
  readonly subscriptions: readonly Subscription[];
  readonly consents: readonly { readonly series: SeriesId; readonly at: Instant; readonly source: string }[];
  /** Oldest first. */
  readonly history: readonly HistoryEntry[];
  /** Of issues the reader has asked to read again since: what became of them the last time. */
  readonly before: readonly HistoryEntry[];
  /** Issues that came back to the series when the reader was past them: they went on without. */
  readonly passed: readonly { readonly series: SeriesId; readonly issue: string; readonly at: Instant }[];
}

export interface Suppression {
  readonly reason: string;
  readonly at: Instant;
}

export interface SubscriberStore {
  find(id: SubscriberId): Promise<SubscriberRecord | undefined>;
  findSuppression(id: SubscriberId): Promise<Suppression | undefined>;
  /** The same of many of ONE partition, in their order. */
  findSuppressions(ids: readonly SubscriberId[]): Promise<readonly (Suppression | undefined)[]>;
  suppress(id: SubscriberId, suppression: Suppression): Promise<void>;
  /** How many addresses must not be mailed. */
  countSuppressed(): Promise<number>;
  /** False when the address was not suppressed. */
  unsuppress(id: SubscriberId): Promise<boolean>;
  /** Deletes the person's hash; what is kept is the suppression, under an id nobody can turn back into an address. */
  erase(id: SubscriberId): Promise<void>;
  /** Everybody, in no particular order, a page at a time; a page is of one partition. */
  scan(): AsyncGenerator<SubscriberRecord[]>;
}

export function openSubscriberStore(redis: Redis): SubscriberStore {
  return {
    async find(id) {
      const [record] = await findIn(redis, partitionOf(id), [id]);
      return record;
    },
    findSuppression: async (id) => (await findSuppressions(redis, [id]))[0],
    findSuppressions: (ids) => findSuppressions(redis, ids),
    async suppress(id, suppression) {
      await redis.hset(ledgerKeys(partitionOf(id)).suppressed, id, JSON.stringify(suppression));
    },
    async countSuppressed() {
      const counts = await Promise.all(
        allPartitions().map((partition) => redis.hlen(ledgerKeys(partition).suppressed)),
      );
      return counts.reduce((sum, count) => sum + count, 0);
    },
    unsuppress: async (id) => (await redis.hdel(ledgerKeys(partitionOf(id)).suppressed, id)) === 1,
    async erase(id) {
      await redis.del(subscriberKey(partitionOf(id), id));
    },
    async *scan() {
      for (const partition of allPartitions()) {
        const prefix = ledgerKeys(partition).subscriber;
        for await (const keys of scanKeys(redis, prefix)) {
          const ids = keys.map((key) => key.slice(prefix.length) as SubscriberId);
          yield await findIn(redis, partition, ids);
        }
      }
    },
  };
}

async function findIn(
  redis: Redis,
  partition: string,
  ids: readonly SubscriberId[],
): Promise<SubscriberRecord[]> {
  const hashes = await Promise.all(ids.map((id) => redis.hgetallBuffer(subscriberKey(partition, id))));
  const names = await findNames(redis, partition, hashes);
  return ids.flatMap((id, index) => recordOf(id, hashes[index] ?? {}, names) ?? []);
}

async function findSuppressions(
  redis: Redis,
  ids: readonly SubscriberId[],
): Promise<(Suppression | undefined)[]> {
  const [first] = ids;
  if (first === undefined) return [];
  const found = await redis.hmget(ledgerKeys(partitionOf(first)).suppressed, ...ids);
  return found.map((json) => (json === null ? undefined : (JSON.parse(json) as Suppression)));
}

// SCAN may show a key twice while the table grows; a page is checked against those already seen.
async function* scanKeys(redis: Redis, prefix: string): AsyncGenerator<string[]> {
  const seen = new Set<string>();
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', 1_000);
    const fresh = keys.filter((key) => !seen.has(key));
    for (const key of fresh) seen.add(key);
    if (fresh.length > 0) yield fresh;
    cursor = next;
  } while (cursor !== '0');
}

/** Undefined for a hash without an address, which is nobody's. */
export function recordOf(
  id: SubscriberId,
  hash: SubscriberHash,
  names: PartitionNames,
): SubscriberRecord | undefined {
  const fields = textOf(hash);
  const { address, name = '', language } = fields;
  if (address === undefined) return undefined;
  return {
    subscriber: {
      id,
      address: address as EmailAddress,
      name,
      ...(language !== undefined && { language }),
    },
    subscriptions: withPrefix(fields, 'series:').map(([series, value]) =>
      subscriptionOf(series as SeriesId, value, fields),
    ),
    consents: withPrefix(fields, 'consent:').map(([series, value]) => {
      const [at = '', ...source] = value.split(' ');
      const said = source.join(' ');
      return { series: series as SeriesId, at: Number(at), source: names.sources.get(said) ?? said };
    }),
    history: [
      ...acceptancesIn(hash, names),
      ...withPrefix(fields, 'issue:').map(([name, value]) => historyEntryOf(name, value)),
    ]
      .map((entry) => withDoubts(entry, fields[`uncertain:${entry.series}:${entry.issue}`]))
      .toSorted((a, b) => a.at - b.at),
    before: withPrefix(fields, 'before:').map(([name, value]) => historyEntryOf(name, value)),
    passed: withPrefix(fields, 'passed:').map(([name, at]) => ({ ...issueNamed(name), at: Number(at) })),
  };
}

const textOf = (hash: SubscriberHash): Record<string, string> =>
  Object.fromEntries(Object.entries(hash).map(([field, value]) => [field, value.toString()]));

function withPrefix(fields: Record<string, string>, prefix: string): [string, string][] {
  return Object.entries(fields)
    .filter(([field]) => field.startsWith(prefix))
    .map(([field, value]) => [field.slice(prefix.length), value]);
}

function subscriptionOf(series: SeriesId, value: string, fields: Record<string, string>): Subscription {
  const [state, since = '', ...reason] = value.split(' ');
  const paused = fields[`paused:${series}`];
  const pace = parseEvery(fields[`pace:${series}`] ?? '');
  const finished = fields[`finished:${series}`];
  return {
    series,
    state: state === 'active' ? 'active' : 'ended',
    since: Number(since),
    round: Number(fields[`round:${series}`] ?? 0),
    ...(reason.length > 0 && { reason: reason.join(' ') }),
    ...(paused !== undefined && { pausedUntil: Number(paused) }),
    ...(pace !== undefined && { pace }),
    ...(finished !== undefined && { finishedAt: Number(finished) }),
  };
}

function historyEntryOf(name: string, value: string): HistoryEntry {
  const [outcome = '', at = '', ...reason] = value.split(' ');
  return {
    ...issueNamed(name),
    outcome,
    at: Number(at),
    ...(reason.length > 0 && { reason: reason.join(' ') }),
  };
}

const withDoubts = (entry: HistoryEntry, doubts: string | undefined): HistoryEntry =>
  doubts === undefined ? entry : { ...entry, uncertain: Number(doubts) };
