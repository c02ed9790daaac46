import type { Redis } from 'ioredis';
import type { Instant } from '../domain/instant.ts';

/** How far the ledger's time is from Redis' clock; 0 but where somebody travels in time (tests, the demo's dates). */
export interface LedgerClock {
  offsetMs: number;
}

/** The ledger's time: every process that asks the same Redis gets the same answer, whatever its own clock says. */
export async function ledgerNow(redis: Redis, clock: LedgerClock): Promise<Instant> {
  return (await redisNow(redis)) + clock.offsetMs;
}

async function redisNow(redis: Redis): Promise<Instant> {
  const [seconds, microseconds] = await redis.time();
  return Number(seconds) * 1_000 + Math.floor(Number(microseconds) / 1_000);
}

/** An answer of Redis', and when we had it by both clocks of this machine: one stands still while it sleeps, the other may be set. */
interface Sample {
  readonly redisMs: Instant;
  readonly monotonic: number;
  readonly wall: number;
}

const GOOD_FOR_MS = 2_000;
const CLOCKS_AGREE_MS = 50;

/** The ledger's time without a question to Redis each time: right to the milliseconds that an answer takes. */
export class RunningClock {
  readonly #redis: Redis;
  readonly #clock: LedgerClock;
  #sample: Sample | undefined;

  constructor(redis: Redis, clock: LedgerClock) {
    this.#redis = redis;
    this.#clock = clock;
  }

  async now(): Promise<Instant> {
    const passed = this.#passedSince(this.#sample);
    if (this.#sample === undefined || passed === undefined) {
      const redisMs = await redisNow(this.#redis);
      this.#sample = { redisMs, monotonic: performance.now(), wall: Date.now() };
      return redisMs + this.#clock.offsetMs;
    }
    return Math.floor(this.#sample.redisMs + passed) + this.#clock.offsetMs;
  }

  /** undefined = too long ago, or this machine has slept or its clock was set. */
  #passedSince(sample: Sample | undefined): number | undefined {
    if (sample === undefined) return undefined;
    const passed = performance.now() - sample.monotonic;
    const byWall = Date.now() - sample.wall;
    return passed < GOOD_FOR_MS && Math.abs(passed - byWall) < CLOCKS_AGREE_MS ? passed : undefined;
  }
}
