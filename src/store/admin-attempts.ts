import { createHmac } from 'node:crypto';
import type { Redis } from 'ioredis';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../domain/instant.ts';
import { adminAttemptsKey, adminKnownKey } from './keys.ts';
import type { LedgerClock } from './ledger-clock.ts';
import { Script } from './script.ts';

export type AttemptVerdict =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'later'; readonly waitMs: number };

export interface AdminAttempt {
  /** `203.0.113.0/24`, `2001:db8::/64`: the same text for the same network. */
  readonly network: string;
  readonly isRight: boolean;
}

/** How often somebody has tried the admin secret, whichever process was asked. */
export interface AdminAttemptStore {
  /** Judges a try, or says `later`, which it does of a right secret as of a wrong one. The salt keeps networks out of Redis. */
  judge(attempt: AdminAttempt, salt: string): Promise<AttemptVerdict>;
}

/** Wrong tries that cost nothing, and how long one waits after more of them. */
const OF_A_NETWORK = [5, 10 * SECOND_MS, HOUR_MS];
const IN_ALL = [25, 5 * SECOND_MS, 5 * MINUTE_MS];
const TRIES_KEPT_MS = DAY_MS;
const KNOWN_MS = 30 * DAY_MS;

const attemptScript = new Script('admin-attempt');

export function openAdminAttemptStore(redis: Redis, clock: LedgerClock): AdminAttemptStore {
  return {
    async judge({ network, isRight }, salt) {
      const who = hashed(network, salt);
      const keys = [adminAttemptsKey(who), adminAttemptsKey('all'), adminKnownKey(who)];
      const times = [TRIES_KEPT_MS, KNOWN_MS, ...OF_A_NETWORK, ...IN_ALL];
      const reply = await attemptScript.run(redis, keys, [clock.offsetMs, isRight ? 1 : 0, ...times]);
      const [kind, waitMs = 0] = reply as ['right' | 'wrong'] | ['later', number];
      return kind === 'later' ? { kind, waitMs } : { kind };
    },
  };
}

const hashed = (network: string, salt: string): string =>
  createHmac('sha256', salt)
    .update(JSON.stringify(['admin', network]))
    .digest('base64url');
