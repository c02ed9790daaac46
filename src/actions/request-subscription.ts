import { randomUUID } from 'node:crypto';
import { domainOf, type EmailAddress } from '../domain/email-address.ts';
import { failpoint } from '../domain/failpoint.ts';
import type { Log } from '../domain/log.ts';
import type { SeriesId } from '../domain/series.ts';
import { parseSignup, type SignupField, type TypedSignup } from '../domain/signup.ts';
import type { SignupLimits } from '../domain/signup-limits.ts';
import { subscriberIdOf, type SubscriberId } from '../domain/subscriber.ts';
import type { MailHosts } from '../mail/mail-hosts.ts';
import type { Queues } from '../queue/queues.ts';
import type { Store } from '../store/open-store.ts';

export interface SignupTools {
  readonly store: Store;
  readonly queues: Queues;
  /** Keys the subscribers' ids and what the limits count. */
  readonly salt: string;
  readonly mailHosts: MailHosts;
  readonly limits: SignupLimits;
  readonly log: Log;
}

export interface SignupRequest extends TypedSignup {
  readonly series: SeriesId;
  /** Kept with the consent: `form`, `embed https://…`, `api https://…`. */
  readonly source: string;
  /** The client's network: `203.0.113.0/24`, `2001:db8::/64`. */
  readonly network: string;
  /** The field no person sees was filled in: the same answer, and nothing is done. */
  readonly isTrap: boolean;
}

/** `asked` whatever is known of the address, and whether or not it gets a letter. */
export type SignupAnswer =
  | { readonly kind: 'asked' }
  | { readonly kind: 'invalid'; readonly field: SignupField }
  /** The domain takes no mail: mistyped, most likely. */
  | { readonly kind: 'unmailable' }
  | { readonly kind: 'busy'; readonly retryAfterMs: number }
  /** No such series, or it takes nobody any more. */
  | { readonly kind: 'closed' };

const ASKED: SignupAnswer = { kind: 'asked' };

/**
 * Somebody wants a series: keeps the request and orders the letter that asks to confirm. Whether they are a reader already, have left
 * or must not be mailed is not looked at here but by whoever writes the letter, so that not even the time of the answer tells a stranger.
 */
export async function requestSubscription(tools: SignupTools, request: SignupRequest): Promise<SignupAnswer> {
  if (request.isTrap) return ASKED;
  const { store, queues, salt } = tools;
  const { series, source, network } = request;
  const plan = await store.plans.find(series);
  if (plan === undefined || plan.state === 'cancelled') return { kind: 'closed' };
  const filledIn = parseSignup(request, plan);
  if (typeof filledIn === 'string') return { kind: 'invalid', field: filledIn };

  const { address } = filledIn;
  if ((await tools.mailHosts.takesMail(domainOf(address))) === 'no') return { kind: 'unmailable' };
  const verdict = await store.limits.take({ address, network }, tools.limits, salt);
  if (verdict.kind === 'busy') {
    tools.log.info({ series, limit: verdict.full }, 'a sign-up was put off');
    return { kind: 'busy', retryAfterMs: verdict.retryAfterMs };
  }
  await failpoint('signup.counted');
  const { at, mayHaveLetter } = verdict;
  const subscriber = subscriberIdOf(address, salt);
  await store.signups.keep({ ...filledIn, series, subscriber, requestedAt: at, source });
  await failpoint('signup.kept');
  // A letter to nobody is as much work: the time of the answer must not tell that an address has had its letters.
  const addressee = mayHaveLetter ? subscriber : nobody(salt);
  await queues.addLetter({ kind: 'confirm', series, subscriber: addressee, at });
  await failpoint('signup.ordered');
  return ASKED;
}

/** An id without a sign-up: whoever comes to write the letter finds that there is none to write. */
const nobody = (salt: string): SubscriberId =>
  subscriberIdOf(`${randomUUID()}@nobody.invalid` as EmailAddress, salt);
