import type { Redis } from 'ioredis';
import type { SeriesId } from '../domain/series.ts';
import { isSignupOver, SIGNUP_KEPT_MS, type Signup } from '../domain/signup.ts';
import { partitionOf, type SubscriberId } from '../domain/subscriber.ts';
import { signupKey } from './keys.ts';
import { ledgerNow, type LedgerClock } from './ledger-clock.ts';

/** Requests that wait to be confirmed: one for each series and subscriber, gone by itself after a week. */
export interface SignupStore {
  /** Keeps a request; an earlier one of the same person for the same series gives way. */
  keep(signup: Signup): Promise<void>;
  find(series: SeriesId, subscriber: SubscriberId): Promise<Signup | undefined>;
  /** False when there was none. */
  forget(series: SeriesId, subscriber: SubscriberId): Promise<boolean>;
}

export function openSignupStore(redis: Redis, clock: LedgerClock): SignupStore {
  return {
    // One command, so that a crash leaves no address behind that never expires.
    async keep(signup) {
      await redis.set(keyOf(signup.series, signup.subscriber), JSON.stringify(signup), 'PX', SIGNUP_KEPT_MS);
    },
    async find(series, subscriber) {
      const json = await redis.get(keyOf(series, subscriber));
      if (json === null) return undefined;
      const signup = JSON.parse(json) as Signup;
      return isSignupOver(signup.requestedAt, await ledgerNow(redis, clock)) ? undefined : signup;
    },
    forget: async (series, subscriber) => (await redis.del(keyOf(series, subscriber))) === 1,
  };
}

const keyOf = (series: SeriesId, subscriber: SubscriberId): string =>
  signupKey(partitionOf(subscriber), series, subscriber);
