import type { Redis } from 'ioredis';
import type { Instant } from '../domain/instant.ts';
import type { SeriesId } from '../domain/series.ts';
import type { HistoryEntry } from '../domain/subscription.ts';
import { ledgerKeys } from './keys.ts';

/** A subscriber's hash as Redis has it; histories are packed into bytes. */
export type SubscriberHash = Readonly<Record<string, Buffer>>;

/** Number of an issue in a partition → `<series>:<issue>`. */
export type IssueNames = ReadonlyMap<number, string>;

interface PackedEntry {
  readonly number: number;
  readonly at: Instant;
  readonly words: string;
}

const ENTRY_BYTES = 6;
const HEAD_BYTES = 8;

/** The names of all issues that these readers of one partition have had. Asked for after the hashes, so that none is missing. */
export async function findIssueNames(
  redis: Redis,
  partition: string,
  hashes: readonly SubscriberHash[],
): Promise<IssueNames> {
  const numbers = [...new Set(hashes.flatMap(packedIn).map(({ number }) => number))];
  if (numbers.length === 0) return new Map();
  const names = await redis.hmget(ledgerKeys(partition).codes, ...numbers.map((number) => `#${number}`));
  return new Map(
    numbers.map((number, index) => {
      const name = names[index];
      if (name === null || name === undefined)
        throw new Error(`The ledger is damaged: partition ${partition} has no issue with number ${number}.`);
      return [number, name];
    }),
  );
}

/** What readers have had, as history.lua packs it: when to the second, but for the newest; the server's words of the newest only. */
export function acceptancesIn(hash: SubscriberHash, names: IssueNames): HistoryEntry[] {
  return packedIn(hash).flatMap(({ number, at, words }) => {
    const name = names.get(number) ?? '';
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
