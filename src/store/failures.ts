import type { Redis } from 'ioredis';
import type { EmailAddress } from '../domain/email-address.ts';
import type { Failure, FailureState } from '../domain/failure.ts';
import type { Instant } from '../domain/instant.ts';
import type { IssueId } from '../domain/issue.ts';
import type { SeriesPlan } from '../domain/plan.ts';
import { allPartitions, partitionOf, type SubscriberId } from '../domain/subscriber.ts';
import { partitionKeys, subscriberKey } from './keys.ts';
import type { LedgerClock } from './ledger-clock.ts';
import { Script } from './script.ts';

/**
 * `due` = is tried now; `due-already`; `under-way` = being tried; `resting` = the reader's break; `waiting` = for the gap, which is longer;
 * `gone` = settled, or left, meanwhile.
 */
export type RetryAnswer = 'due' | 'due-already' | 'under-way' | 'resting' | 'waiting' | 'gone';

/** Those who were put off, refused, or are in doubt. What is done for it grows with them, not with the readers. */
export interface FailureStore {
  /** A page at a time; what changes meanwhile may be told as it was or as it is. */
  list(plan: SeriesPlan, issue?: IssueId): AsyncGenerator<Failure[]>;
  /** Makes readers of ONE partition who wait to be tried again due at once. Idempotent. */
  retry(plan: SeriesPlan, issue: IssueId, subscribers: readonly SubscriberId[]): Promise<RetryAnswer[]>;
}

interface ClaimRecord {
  readonly issue: IssueId;
  readonly attempt: number;
  readonly token?: number;
  readonly reply?: string;
}

/** Where readers of one kind are listed. */
interface Source {
  readonly partition: string;
  readonly key: string;
  readonly state: FailureState;
  readonly issue: IssueId | undefined;
}

const retryScript = new Script('retry');
const PAGE = 500;
const KINDS: readonly (readonly [FailureState, string])[] = [
  ['rejected', 'rejected'],
  ['uncertain', 'doubted'],
  ['deferred', 'deferred'],
];

export function openFailureStore(redis: Redis, clock: LedgerClock): FailureStore {
  return {
    list: (plan, issue) => list(redis, plan, issue),
    async retry(plan, issue, subscribers) {
      const [first] = subscribers;
      if (first === undefined) return [];
      const keys = partitionKeys(partitionOf(first), plan.series);
      const answers = await retryScript.run(
        redis,
        [`${keys.waiting}${issue}`, keys.claims],
        [clock.offsetMs, plan.series, issue, keys.subscriber, ...subscribers],
      );
      return answers as RetryAnswer[];
    },
  };
}

async function* list(redis: Redis, plan: SeriesPlan, only: IssueId | undefined): AsyncGenerator<Failure[]> {
  const issues = plan.issues.map(({ id }) => id).filter((id) => only === undefined || id === only);
  for (const partition of allPartitions()) {
    for (const source of await sourcesWithAny(redis, plan, partition, issues)) {
      for await (const members of membersOf(redis, source))
        yield await failuresOf(redis, plan, source, members);
    }
  }
}

async function sourcesWithAny(
  redis: Redis,
  plan: SeriesPlan,
  partition: string,
  issues: readonly IssueId[],
): Promise<Source[]> {
  const keys = partitionKeys(partition, plan.series);
  const sources: Source[] = issues.flatMap((issue) =>
    KINDS.map(([state, kind]) => ({ partition, key: `${keys.apart}${kind}:${issue}`, state, issue })),
  );
  const sizes = await Promise.all(sources.map(({ key }) => redis.zcard(key)));
  const held: Source = {
    partition,
    key: keys.held,
    state: 'held',
    issue: issues.length === 1 ? issues[0] : undefined,
  };
  return [...sources.filter((_, index) => sizes[index] !== 0), held];
}

// SCAN may show a member twice while the table grows.
async function* membersOf(redis: Redis, { key, state }: Source): AsyncGenerator<Map<SubscriberId, string>> {
  const seen = new Set<string>();
  let cursor = '0';
  do {
    const [next, flat] =
      state === 'held'
        ? await redis.hscan(key, cursor, 'COUNT', PAGE)
        : await redis.zscan(key, cursor, 'COUNT', PAGE);
    const members = new Map<SubscriberId, string>();
    for (let i = 0; i < flat.length; i += 2) {
      const member = flat[i] ?? '';
      if (!seen.has(member)) members.set(member as SubscriberId, flat[i + 1] ?? '');
      seen.add(member);
    }
    if (members.size > 0) yield members;
    cursor = next;
  } while (cursor !== '0');
}

async function failuresOf(
  redis: Redis,
  plan: SeriesPlan,
  source: Source,
  members: ReadonlyMap<SubscriberId, string>,
): Promise<Failure[]> {
  const found = await Promise.all(
    [...members].map(([id, value]) => failureOf(redis, plan, source, id, value)),
  );
  return found.filter((failure) => failure !== undefined);
}

/** Undefined where it has been settled since, or read again, or the reader was erased. */
async function failureOf(
  redis: Redis,
  { series }: SeriesPlan,
  { partition, state, issue: listed }: Source,
  subscriber: SubscriberId,
  value: string,
): Promise<Failure | undefined> {
  const keys = partitionKeys(partition, series);
  const heldClaim = state === 'held' ? (JSON.parse(value) as ClaimRecord) : undefined;
  const issue = heldClaim?.issue ?? listed;
  if (issue === undefined || (listed !== undefined && listed !== issue)) return undefined;
  const [[address, history], json, score] = await Promise.all([
    redis.hmget(subscriberKey(partition, subscriber), 'address', `issue:${series}:${issue}`),
    redis.hget(keys.claims, subscriber),
    redis.zscore(`${keys.waiting}${issue}`, subscriber),
  ]);
  if (address === null || address === undefined) return undefined;
  const [outcome, at, ...words] = (history ?? '').split(' ');
  const about = { series, issue, subscriber, address: address as EmailAddress, state, isUnderWay: false };
  if (state === 'rejected')
    return outcome === 'rejected' ? { ...about, since: Number(at), words: words.join(' ') } : undefined;
  if (heldClaim !== undefined) return { ...about, since: Number(at), ...triedAs(heldClaim) };

  const claim = json === null ? undefined : (JSON.parse(json) as ClaimRecord);
  if (claim?.issue !== issue || score === null) return undefined;
  const isUnderWay = claim.token !== undefined;
  const nextAt: Instant = Number(score);
  return { ...about, since: Number(value), isUnderWay, ...triedAs(claim), ...(!isUnderWay && { nextAt }) };
}

const triedAs = ({ attempt, token, reply = '' }: ClaimRecord) => ({
  words: reply,
  attempts: token === undefined ? attempt - 1 : attempt,
});
