import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Queues } from '../queue/queues.ts';
import { infoFields } from '../store/redis-facts.ts';

const CPU = ['used_cpu_sys', 'used_cpu_user'];
/** BullMQ's keys of a queue, without those of its jobs. */
const OF_A_QUEUE =
  'active completed delayed events failed id marker meta paused pc prioritized repeat stalled stalled-check wait'.split(
    ' ',
  );

/** What Redis itself has worked, µs, without the children that rewrite its log. */
export async function redisCpuUs(redis: Redis): Promise<number> {
  const info = infoFields(await redis.info('cpu'));
  return CPU.reduce((sum, name) => sum + Number(info.get(name)) * 1e6, 0);
}

/** All that Redis has allocated, bytes. */
export async function redisDataBytes(redis: Redis): Promise<number> {
  return Number(infoFields(await redis.info('memory')).get('used_memory'));
}

/** What BullMQ's keys take, bytes. Asks for them by name: looking for them among a million others would be what is measured. */
export async function queueBytes(redis: Redis, queues: Queues): Promise<number> {
  const each = await Promise.all((await queues.all()).map((queue) => bytesOf(redis, queue)));
  return each.reduce((sum, bytes) => sum + bytes, 0);
}

async function bytesOf(redis: Redis, queue: Queue): Promise<number> {
  const jobs = await queue.getJobs(['active', 'delayed', 'failed', 'prioritized', 'waiting']);
  const ids = jobs.flatMap((job) => job?.id ?? []);
  const keys = [...OF_A_QUEUE, ...ids, ...ids.map((id) => `${id}:lock`)].map((name) => queue.toKey(name));
  const sizes = await Promise.all(keys.map((key) => redis.memory('USAGE', key)));
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}
