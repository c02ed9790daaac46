import type { Redis } from 'ioredis';
import type { Instant } from '../domain/instant.ts';

/** How far the ledger's time is from Redis' clock; 0 but where somebody travels in time (tests, the demo's dates). */
export interface LedgerClock {
  offsetMs: number;
}

/** The ledger's time: every process that asks the same Redis gets the same answer, whatever its own clock says. */
export async function ledgerNow(redis: Redis, clock: LedgerClock): Promise<Instant> {
  const [seconds, microseconds] = await redis.time();
  return Number(seconds) * 1_000 + Math.floor(Number(microseconds) / 1_000) + clock.offsetMs;
}
