import { domainOf, type EmailAddress } from './email-address.ts';
import { DAY_MS, MINUTE_MS } from './instant.ts';

/** At most so many in any stretch of time that is so long. */
export interface Limit {
  readonly most: number;
  readonly withinMs: number;
}

/** How many sign-ups are taken, letters to one address aside. */
export interface SignupLimits {
  /** From one client network (/24, /64) in 10 minutes. */
  readonly perNetwork: number;
  /** For addresses of one domain in a minute. */
  readonly perDomain: number;
  /** In all, in a minute. */
  readonly overall: number;
}

export const DEFAULT_SIGNUP_LIMITS: SignupLimits = { perNetwork: 5, perDomain: 20, overall: 200 };

/** Letters that anybody can have sent to an address, of all series together: whatever a stranger does, three a day. */
export const LETTER_LIMITS = [
  { most: 1, withinMs: 10 * MINUTE_MS },
  { most: 3, withinMs: DAY_MS },
] as const satisfies Limit[];

const NETWORK_WITHIN_MS = 10 * MINUTE_MS;

/** The limits that a sign-up is refused by, whoever it is for. */
export const refusingLimits = ({ perNetwork, perDomain, overall }: SignupLimits) => ({
  network: { most: perNetwork, withinMs: NETWORK_WITHIN_MS },
  domain: { most: perDomain, withinMs: MINUTE_MS },
  overall: { most: overall, withinMs: MINUTE_MS },
});

// They ignore dots in the local part, so that one mailbox has thousands of spellings.
const DOTS_IGNORED: ReadonlySet<string> = new Set(['gmail.com', 'googlemail.com']);

/**
 * Which mailbox an address ends up in, for counting letters only: without `+tag` (RFC 5233), and without dots where the
 * provider ignores them. For anything else two spellings are two addresses.
 */
export function mailboxOf(address: EmailAddress): string {
  const domain = domainOf(address);
  const local = address.slice(0, -domain.length - 1).toLowerCase();
  const untagged = local.replace(/(?<=.)\+.*$/, '');
  return DOTS_IGNORED.has(domain) ? `${untagged.replaceAll('.', '')}@gmail.com` : `${untagged}@${domain}`;
}
