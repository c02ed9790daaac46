import { createHmac, randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { domainOf, type EmailAddress } from '../domain/email-address.ts';
import type { Instant } from '../domain/instant.ts';
import { LETTER_LIMITS, mailboxOf, refusingLimits, type SignupLimits } from '../domain/signup-limits.ts';
import { limitKey } from './keys.ts';
import type { LedgerClock } from './ledger-clock.ts';
import { Script } from './script.ts';

/** Whom a sign-up counts against. */
export interface CountedSignup {
  readonly address: EmailAddress;
  /** `203.0.113.0/24`, `2001:db8::/64`: the same text for the same network. */
  readonly network: string;
}

export type LimitVerdict =
  | { readonly kind: 'taken'; readonly at: Instant; readonly mayHaveLetter: boolean }
  | { readonly kind: 'busy'; readonly retryAfterMs: number; readonly full: FullLimit };

export type FullLimit = 'network' | 'domain' | 'overall';

export interface LimitStore {
  /**
   * Counts a sign-up, or refuses it and counts nothing. That its address has had its letters is not a refusal. The salt keeps
   * addresses and networks out of Redis.
   */
  take(signup: CountedSignup, limits: SignupLimits, salt: string): Promise<LimitVerdict>;
}

type Reply = ['taken', at: number, mayHaveLetter: number] | ['busy', retryAfterMs: number, full: FullLimit];

const limitsScript = new Script('limits');

export function openLimitStore(redis: Redis, clock: LedgerClock): LimitStore {
  return {
    async take(signup, limits, salt) {
      const { network, domain, overall } = refusingLimits(limits);
      const windows = [...LETTER_LIMITS, network, domain, overall];
      const reply = (await limitsScript.run(redis, keysOf(signup, salt), [
        clock.offsetMs,
        randomUUID(),
        ...windows.flatMap(({ most, withinMs }) => [most, withinMs]),
      ])) as Reply;
      return reply[0] === 'taken'
        ? { kind: 'taken', at: reply[1], mayHaveLetter: reply[2] === 1 }
        : { kind: 'busy', retryAfterMs: reply[1], full: reply[2] };
    },
  };
}

function keysOf({ address, network }: CountedSignup, salt: string): string[] {
  const hashed = (what: string, value: string) =>
    limitKey(
      what,
      createHmac('sha256', salt)
        .update(JSON.stringify(['limit', what, value]))
        .digest('base64url'),
    );
  return [
    hashed('address', mailboxOf(address)),
    hashed('network', network),
    hashed('domain', domainOf(address)),
    hashed('overall', ''),
  ];
}
