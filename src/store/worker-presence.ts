import type { Redis } from 'ioredis';
import { SECOND_MS, type Instant } from '../domain/instant.ts';
import type { WorkerSeen } from '../domain/overview.ts';
import { WORKERS } from './keys.ts';

/** Who has said nothing for so long is taken for gone: three of the times a worker says that it is there. */
const GONE_AFTER_MS = 45 * SECOND_MS;

/** The processes that send: for whoever watches. Nothing of the sending depends on it. */
export interface WorkerPresence {
  /** Says that a worker is there. */
  note(worker: WorkerSeen): Promise<void>;
  /** Says goodbye. */
  forget(id: string): Promise<void>;
  /** Those who were there a moment ago, the oldest first. */
  list(now: Instant): Promise<WorkerSeen[]>;
}

export function openWorkerPresence(redis: Redis): WorkerPresence {
  return {
    async note(worker) {
      await redis.hset(WORKERS, worker.id, JSON.stringify(worker));
    },
    async forget(id) {
      await redis.hdel(WORKERS, id);
    },
    async list(now) {
      const all = Object.values(await redis.hgetall(WORKERS)).map((json) => JSON.parse(json) as WorkerSeen);
      // Where the clock was set back, whoever lives says so again in a moment; who does not must not be there for as long.
      const gone = all.filter(({ seenAt }) => Math.abs(now - seenAt) > GONE_AFTER_MS).map(({ id }) => id);
      if (gone.length > 0) await redis.hdel(WORKERS, ...gone);
      return all
        .filter(({ id }) => !gone.includes(id))
        .toSorted((a, b) => a.startedAt - b.startedAt || a.id.localeCompare(b.id));
    },
  };
}
