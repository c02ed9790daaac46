import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';

/** What a Redis says about itself. */
export interface RedisFacts {
  /** e.g. `7.0.15`; for Valkey the version of Redis it is compatible with. */
  readonly version: string;
  /** `host:port` of the server this one is a replica of. */
  readonly primary: string | undefined;
  readonly maxmemoryPolicy: string;
  /** Its memory is used up, so that it takes nothing new. */
  readonly isFull: boolean;
  readonly appendOnly: boolean;
  /** undefined = not to be found out: hosted servers keep CONFIG to themselves. */
  readonly fsync: string | undefined;
  /** The last write that failed, as Redis names it. */
  readonly diskError: string | undefined;
}

/** Asks with INFO, which hosted servers answer too. A string = why it refused. */
export async function factsAbout(redis: Redis): Promise<RedisFacts | string> {
  try {
    const info = infoFields(await redis.info());
    const text = (name: string): string => info.get(name) ?? '';
    return {
      version: text('redis_version'),
      primary: text('role') === 'slave' ? `${text('master_host')}:${text('master_port')}` : undefined,
      maxmemoryPolicy: text('maxmemory_policy'),
      isFull: Number(text('maxmemory')) > 0 && Number(text('used_memory')) >= Number(text('maxmemory')),
      appendOnly: text('aof_enabled') === '1',
      fsync: await fsyncOf(redis),
      diskError: text('aof_last_write_status') === 'err' ? 'aof_last_write_status err' : undefined,
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const LOADING_MS = 1_000;

/** Whether a server that has taken our connection is not ready for it because it reads its data first. */
export async function isLoading(redis: Redis): Promise<boolean> {
  if (redis.status !== 'connect') return false;
  // What is asked before a connection is ready may be lost with it, and is never answered then.
  const late = sleep(LOADING_MS, '', { ref: false });
  const info = await Promise.race([late, redis.info('persistence').catch(() => '')]);
  return infoFields(info).get('loading') === '1';
}

/** What INFO says, by name. */
export function infoFields(info: string): Map<string, string> {
  const pairs = info.split('\r\n').map((line) => line.split(/:(.*)/s));
  return new Map(pairs.map(([name = '', value = '']) => [name, value]));
}

async function fsyncOf(redis: Redis): Promise<string | undefined> {
  try {
    return (await redis.config('GET', 'appendfsync'))[1];
  } catch {
    return undefined;
  }
}
