import type { Redis } from 'ioredis';

/** Everything in a Redis: key → type, whether it expires, and value, in a form that is the same for the same content. */
export type RedisDump = ReadonlyMap<string, string>;

const READERS: Readonly<Record<string, (redis: Redis, key: string) => Promise<unknown>>> = {
  string: (redis, key) => redis.get(key),
  list: (redis, key) => redis.lrange(key, 0, -1),
  set: async (redis, key) => (await redis.smembers(key)).toSorted(),
  zset: (redis, key) => redis.zrange(key, '0', '-1', 'WITHSCORES'),
  hash: async (redis, key) =>
    Object.entries(await redis.hgetallBuffer(key))
      // Byte by byte: what readers have had is packed.
      .map(([field, value]) => [
        field,
        /^h(?:\+|\d*)$/.test(field) ? value.toString('latin1') : value.toString(),
      ])
      .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  stream: (redis, key) => redis.xrange(key, '-', '+'),
};

export async function dumpRedis(redis: Redis): Promise<RedisDump> {
  const dump = new Map<string, string>();
  for (const key of (await redis.keys('*')).toSorted()) {
    const type = await redis.type(key);
    const read = READERS[type];
    if (read === undefined) throw new Error(`${key} is a ${type}, which the dump cannot read.`);
    const expires = (await redis.pttl(key)) >= 0;
    dump.set(key, JSON.stringify({ type, expires, value: await read(redis, key) }));
  }
  return dump;
}

/** What every process that runs on writes by itself: that it has seen the ledger, and what it sees there. */
const OF_WATCHMEN = /^pw:(?:samples|days|progress|\{watch\}:.*)$/;
const SEEN_AT = /\["seenAt","\d+"\]/;

/** The same without that. */
export async function dumpWithoutWatch(redis: Redis): Promise<RedisDump> {
  const entries = [...(await dumpRedis(redis))].filter(([key]) => !OF_WATCHMEN.test(key));
  return new Map(
    entries.map(([key, value]) => [key, key === 'pw:meta' ? value.replace(SEEN_AT, '') : value]),
  );
}

const AN_HOUR_MS = 3_600_000;

/** A dump without what watchmen write, to compare with later: what would go by itself meanwhile is given an hour first. */
export async function lastingDump(redis: Redis): Promise<RedisDump> {
  for (const key of await redis.keys('*')) {
    const left = await redis.pttl(key);
    if (left >= 0 && left < AN_HOUR_MS) await redis.pexpire(key, AN_HOUR_MS);
  }
  return dumpWithoutWatch(redis);
}

/** What changed from one dump to the next, a line a key; empty when nothing did. */
export function changesBetween(before: RedisDump, after: RedisDump): string[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return keys
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => `${key}: ${before.get(key) ?? 'not there'} → ${after.get(key) ?? 'gone'}`);
}
