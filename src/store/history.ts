import type { Redis } from 'ioredis';
import type { Instant } from '../domain/instant.ts';
import type { SeriesId } from '../domain/series.ts';
import type { HistoryEntry } from '../domain/subscription.ts';
import { ledgerKeys } from './keys.ts';

/** A subscriber's hash as Redis has it; histories are packed into bytes. */
export type SubscriberHash = Readonly<Record<string, Buffer>>;

/** What is written once for each partition, by its number. */
export interface PartitionNames {
  /** `<series>:<issue>` of an issue. */
  readonly issues: ReadonlyMap<number, string>;
  /** Where readers come from: `#1` → `import readers.csv`. */
  readonly sources: ReadonlyMap<string, string>;
}

interface PackedEntry {
  readonly number: number;
  readonly at: Instant;
  readonly words: string;
}

const ENTRY_BYTES = 6;
const HEAD_BYTES = 8;

/** The names that these hashes of one partition have numbers for. Asked for after the hashes, so that none is missing. */
export async function findNames(
  redis: Redis,
  partition: string,
  hashes: readonly SubscriberHash[],
): Promise<PartitionNames> {
  const { codes, sources } = ledgerKeys(partition);
  const numbers = new Set(hashes.flatMap(packedIn).map(({ number }) => number));
  const [issues, known] = await Promise.all([
    lookUp(
      redis,
      codes,
      [...numbers].map((number) => `#${number}`),
    ),
    lookUp(redis, sources, [...new Set(hashes.flatMap(sourceNumbersIn))]),
  ]);
  return {
    issues: new Map(
      [...numbers].map((number) => {
        const name = issues.get(`#${number}`);
        if (name === undefined)
          throw new Error(
            `The ledger is damaged: ${codes} has no issue #${number}. Restore Redis from its append-only file or a backup.`,
          );
        return [number, name];
      }),
    ),
    sources: known,
  };
}

async function lookUp(redis: Redis, key: string, fields: readonly string[]): Promise<Map<string, string>> {
  if (fields.length === 0) return new Map();
  const found = await redis.hmget(key, ...fields);
  const pairs = fields.map((field, index) => [field, found[index] ?? undefined] as const);
  return new Map(pairs.flatMap(([field, name]) => (name === undefined ? [] : [[field, name]])));
}

const sourceNumbersIn = (hash: SubscriberHash): string[] =>
  Object.entries(hash)
    .filter(([field]) => field.startsWith('consent:'))
    .flatMap(([, value]) => /^\d+ (#\d+)$/.exec(value.toString())?.[1] ?? []);

/** What readers have had, as history.lua packs it: when to the second, but for the newest; the server's words of the newest only. */
export function acceptancesIn(hash: SubscriberHash, { issues }: PartitionNames): HistoryEntry[] {
  return packedIn(hash).flatMap(({ number, at, words }) => {
    const name = issues.get(number) ?? '';
    if (hash[`issue:${name}`] !== undefined) return [];
    return [{ ...issueNamed(name), outcome: 'accepted', at, ...(words !== '' && { reason: words }) }];
  });
}

function packedIn(hash: SubscriberHash): PackedEntry[] {
  const { h: head, 'h+': recent } = hash;
  if (head === undefined) return [];
  const chunks: Buffer[] = [];
  for (let chunk = hash['h1']; chunk !== undefined; chunk = hash[`h${chunks.length + 1}`]) chunks.push(chunk);
  const older = Buffer.concat(recent === undefined ? chunks : [...chunks, recent]);
  const entries = Array.from({ length: older.length / ENTRY_BYTES }, (_, index) =>
    entryAt(older, index * ENTRY_BYTES),
  );
  const newest = entryAt(head, 0);
  const at = newest.at + head.readUInt16BE(ENTRY_BYTES);
  return [...entries, { ...newest, at, words: head.toString('utf8', HEAD_BYTES) }];
}

const entryAt = (bytes: Buffer, offset: number): PackedEntry => ({
  number: bytes.readUInt16BE(offset),
  at: bytes.readUInt32BE(offset + 2) * 1_000,
  words: '',
});

/** `<series>:<issue>` taken apart. */
export function issueNamed(name: string): { series: SeriesId; issue: string } {
  const colon = name.indexOf(':');
  return { series: name.slice(0, colon) as SeriesId, issue: name.slice(colon + 1) };
}
