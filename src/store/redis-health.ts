import type { Redis } from 'ioredis';
import type { RedisHealth } from '../domain/redis-health.ts';
import { infoFields } from './redis-facts.ts';

/** One INFO. Throws what Redis answers, e.g. that its user may not ask. */
export async function redisHealthOf(redis: Redis): Promise<RedisHealth> {
  const fields = infoFields(await redis.info());
  const number = (name: string): number => Number(fields.get(name) ?? 0);
  return {
    usedBytes: number('used_memory'),
    mostBytes: number('maxmemory'),
    clients: number('connected_clients'),
    isAppendOnly: fields.get('aof_enabled') === '1',
    isWriting: fields.get('aof_last_write_status') !== 'err',
    delayedFsyncs: number('aof_delayed_fsync'),
  };
}
