import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Leftover, Standing } from './changes-evidence.ts';

/** Anybody's address or name, as the harness makes them up; the number tells whose. */
const CANARY = /(?:reader-|Canary )(\d{6})/g;
const LOOK_MS = 50;

export const addressOf = (n: number): string => `reader-${numberOf(n)}@example.com`;
export const nameOf = (n: number): string => `Canary ${numberOf(n)}`;
const numberOf = (n: number): string => String(n).padStart(6, '0');

/** Everybody whose address or name is in a key or a value of the ledger, or in the append-only file once it is written anew. */
export async function tracesIn(redis: Redis): Promise<Leftover[]> {
  const found: Leftover[] = [];
  for await (const keys of redis.scanStream({ count: 1_000 }))
    for (const key of keys as string[])
      found.push(...tracesOf(`${key}\n${await contentsOf(redis, key)}`, `the key ${key}`));
  await rewriteFile(redis);
  const folder = (await redis.config('GET', 'dir'))[1] ?? '';
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, file);
    if (statSync(path).isFile()) found.push(...tracesOf(readFileSync(path, 'latin1'), `the file ${file}`));
  }
  return found;
}

/** Those in files of a folder. */
export function tracesInLogs(folder: string, isAsked: (file: string) => boolean): Leftover[] {
  const files = readdirSync(folder).filter(isAsked);
  return files.flatMap((file) => tracesOf(readFileSync(join(folder, file), 'utf8'), `the log ${file}`));
}

function tracesOf(text: string, where: string): Leftover[] {
  const numbers = new Set([...text.matchAll(CANARY)].map(([, number]) => Number(number)));
  return [...numbers].map((number) => ({ reader: addressOf(number), where }));
}

async function contentsOf(redis: Redis, key: string): Promise<string> {
  const type = await redis.type(key);
  if (type === 'string') return (await redis.get(key)) ?? '';
  if (type === 'hash') return JSON.stringify(await redis.hgetall(key));
  if (type === 'zset') return (await redis.zrangebyscore(key, '-inf', '+inf')).join('\n');
  if (type === 'set') return (await redis.smembers(key)).join('\n');
  if (type === 'list') return (await redis.lrange(key, 0, -1)).join('\n');
  if (type === 'stream') return JSON.stringify(await redis.xrange(key, '-', '+'));
  if (type === 'none') return '';
  throw new Error(`The key ${key} is a ${type}, which nobody here reads.`);
}

async function rewriteFile(redis: Redis): Promise<void> {
  await redis.bgrewriteaof();
  do await sleep(LOOK_MS);
  while (!/aof_rewrite_in_progress:0[^]*aof_rewrite_scheduled:0/.test(await redis.info('persistence')));
}

/** Every member of every waiting set of a series. */
export async function standingsIn(redis: Redis, series: string): Promise<Standing[]> {
  const standings: Standing[] = [];
  const prefix = /^pw:\{p\d\d\}:waiting:/;
  for await (const keys of redis.scanStream({ match: `pw:{*}:waiting:${series}:*`, count: 1_000 }))
    for (const key of keys as string[]) {
      const place = key.replace(prefix, '').slice(series.length + 1);
      for (const id of await redis.zrangebyscore(key, '-inf', '+inf')) standings.push({ id, place });
    }
  return standings;
}
