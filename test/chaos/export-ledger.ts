import type { Redis } from 'ioredis';
import { packedHistory, textOf } from '../support/packed-history.ts';
import type { LedgerExport, LedgerReader } from './evidence.ts';

// As src/store/keys.ts documents them; read here as anybody with access to Redis could.
const PARTITIONS = Array.from({ length: 16 }, (_, index) => `{p${String(index).padStart(2, '0')}}`);
const READERS_AT_ONCE = 500;

/** What the ledger holds about a series, read from its keys. */
export async function exportLedger(redis: Redis, series: string): Promise<LedgerExport> {
  const readers: LedgerReader[] = [];
  const counts: Record<string, Record<string, number>> = {};
  for (const partition of PARTITIONS) {
    readers.push(...(await readersIn(redis, partition, series)));
    const counted = await redis.hgetall(`pw:${partition}:counts:${series}`);
    for (const [field, value] of Object.entries(counted)) addTo(counts, field, Number(value));
  }
  return { readers, counts };
}

function addTo(counts: Record<string, Record<string, number>>, field: string, value: number): void {
  const at = field.lastIndexOf(':');
  const issue = field.slice(0, Math.max(0, at));
  const ofIssue = (counts[issue] ??= {});
  const what = field.slice(at + 1);
  ofIssue[what] = (ofIssue[what] ?? 0) + value;
}

async function readersIn(redis: Redis, partition: string, series: string): Promise<LedgerReader[]> {
  const places = await placesIn(redis, partition, series);
  const issuesOf = async (name: string) => {
    const records = await redis.hgetall(`pw:${partition}:${name}:${series}`);
    return new Map(Object.entries(records).map(([id, json]) => [id, JSON.parse(json) as ClaimRecord]));
  };
  const [held, claims] = [await issuesOf('held'), await issuesOf('claims')];
  const prefix = `pw:${partition}:subscriber:`;
  const codes = await redis.hgetall(`pw:${partition}:codes`);
  const ids = (await keysLike(redis, `${prefix}*`)).map((key) => key.slice(prefix.length));
  const readers: LedgerReader[] = [];
  for (let from = 0; from < ids.length; from += READERS_AT_ONCE) {
    const some = ids.slice(from, from + READERS_AT_ONCE);
    const hashes = await Promise.all(some.map((id) => redis.hgetallBuffer(`${prefix}${id}`)));
    for (const [index, id] of some.entries()) {
      const hash = hashes[index] ?? {};
      if (hash[`series:${series}`] === undefined) continue;
      const place = places.get(id);
      const heldAt = held.get(id)?.issue;
      const claim = claims.get(id)?.state;
      readers.push({
        ...readerOf(id, hash, codes, series),
        ...(place !== undefined && { place }),
        ...(heldAt !== undefined && { held: heldAt }),
        ...(claim !== undefined && { claim }),
      });
    }
  }
  return readers;
}

interface ClaimRecord {
  readonly issue: string;
  readonly state: string;
}

function readerOf(
  id: string,
  packed: Readonly<Record<string, Buffer>>,
  codes: Readonly<Record<string, string>>,
  series: string,
): LedgerReader {
  const hash = textOf(packed);
  const had = [...packedHistory(packed, codes)]
    .filter(([name]) => name.startsWith(`${series}:`))
    .map(([name, { at }]) => [name.slice(series.length + 1), `accepted ${at}`] as const);
  const fieldsOf = (prefix: string) =>
    Object.entries(hash)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value] as const);
  return {
    id,
    address: hash['address'] ?? '',
    membership: hash[`series:${series}`] ?? '',
    history: Object.fromEntries([...had, ...fieldsOf(`issue:${series}:`)]),
    uncertain: Object.fromEntries(
      fieldsOf(`uncertain:${series}:`).map(([issue, value]) => [issue, Number(value)]),
    ),
  };
}

async function placesIn(redis: Redis, partition: string, series: string): Promise<Map<string, string>> {
  const prefix = `pw:${partition}:waiting:${series}:`;
  const places = new Map<string, string>();
  for (const key of await keysLike(redis, `${prefix}*`)) {
    const ids = await redis.zrangebyscore(key, '-inf', '+inf');
    for (const id of ids) places.set(id, key.slice(prefix.length));
  }
  return places;
}

async function keysLike(redis: Redis, pattern: string): Promise<string[]> {
  const keys = new Set<string>();
  for await (const some of redis.scanStream({ match: pattern, count: 1_000 }))
    for (const key of some as string[]) keys.add(key);
  return [...keys];
}
