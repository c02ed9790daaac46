import type { Redis } from 'ioredis';
import { importKey } from './keys.ts';

const KEPT_SECONDS = 7 * 24 * 3_600;

/** How far an import has come, so that one that was cut off goes on where it stopped. */
export interface ImportStore {
  /** Rows of the file already in the ledger; 0 for a file not seen in the last week. */
  rowsDone(fingerprint: string): Promise<number>;
  record(fingerprint: string, rows: number): Promise<void>;
  forget(fingerprint: string): Promise<void>;
}

export function openImportStore(redis: Redis): ImportStore {
  return {
    rowsDone: async (fingerprint) => Number((await redis.get(importKey(fingerprint))) ?? 0),
    async record(fingerprint, rows) {
      await redis.set(importKey(fingerprint), rows, 'EX', KEPT_SECONDS);
    },
    async forget(fingerprint) {
      await redis.del(importKey(fingerprint));
    },
  };
}
