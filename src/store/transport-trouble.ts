import type { Redis } from 'ioredis';
import { TRANSPORT } from './keys.ts';

/** Why the workers are not sending just now, in the server's words: for `status`. */
export interface TransportStore {
  findTrouble(): Promise<string | undefined>;
  /** Shown until `ms` from now, unless it is said again or cleared. */
  recordTrouble(reason: string, ms: number): Promise<void>;
  clearTrouble(): Promise<void>;
}

export function openTransportStore(redis: Redis): TransportStore {
  return {
    findTrouble: async () => (await redis.get(TRANSPORT)) ?? undefined,
    async recordTrouble(reason, ms) {
      await redis.set(TRANSPORT, reason, 'PX', ms);
    },
    async clearTrouble() {
      await redis.del(TRANSPORT);
    },
  };
}
