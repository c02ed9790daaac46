import type { Redis } from 'ioredis';
import { QUEUE_PREFIX } from '../queue/queues.ts';
import { infoFields } from '../store/redis-facts.ts';

const SECTIONS_US = ['used_cpu_sys', 'used_cpu_user'];
const SCANNED_AT_ONCE = 1_000;

/** What Redis itself has worked, µs, without the children that rewrite its log. */
export async function redisCpuUs(redis: Redis): Promise<number> {
  const info = infoFields(await redis.info('cpu'));
  return SECTIONS_US.reduce((sum, name) => sum + Number(info.get(name)) * 1e6, 0);
}

/** What its data takes, bytes; the log's buffers and clients' are not in it. */
export async function redisDataBytes(redis: Redis): Promise<number> {
  return Number(infoFields(await redis.info('memory')).get('used_memory_dataset'));
}

export async function redisVersion(redis: Redis): Promise<string> {
  return infoFields(await redis.info('server')).get('redis_version') ?? '';
}

/** What BullMQ's keys take, bytes. */
export async function queueBytes(redis: Redis): Promise<number> {
  let bytes = 0;
  for (let cursor = '0'; ;) {
    const [next, keys] = await redis.scan(cursor, 'MATCH', `${QUEUE_PREFIX}:*`, 'COUNT', SCANNED_AT_ONCE);
    for (const key of keys) bytes += (await redis.memory('USAGE', key)) ?? 0;
    if (next === '0') return bytes;
    cursor = next;
  }
}
