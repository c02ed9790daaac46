import { failpoint } from '../domain/failpoint.ts';
import type { SeriesId } from '../domain/series.ts';
import { isSignupOver, type Signup } from '../domain/signup.ts';
import { keysFor, parseConfirmToken, type TokenOwner } from '../domain/token.ts';
import type { Queues } from '../queue/queues.ts';
import type { Store } from '../store/open-store.ts';
import { joinSeries } from './join-series.ts';

export interface FindSignupTools {
  readonly store: Store;
  /** The first signs, all verify. */
  readonly secrets: readonly string[];
}

export interface ConfirmTools extends FindSignupTools {
  readonly queues: Queues;
}

/** `confirmed` = is a reader now; `expired` = the link was genuine; `unknown` = it was not. */
export type SignupState = 'open' | 'confirmed' | 'expired' | 'unknown';

export type ConfirmAnswer =
  { readonly kind: 'confirmed' | 'already'; readonly owner: TokenOwner } | UselessLink;

/** `suppressed` = mail to the address came back, or was complained about. */
interface UselessLink {
  readonly kind: 'expired' | 'unknown' | 'suppressed';
}

/** What a link in a confirmation is worth now. */
type LinkState =
  | {
      readonly kind: 'open';
      readonly owner: TokenOwner;
      readonly signup: Signup;
      /** Their address was erased before they asked. */
      readonly isErased: boolean;
    }
  | { readonly kind: 'already'; readonly owner: TokenOwner }
  | UselessLink;

const ERASED = 'erased';

/** What pressing the button would do, but that a suppressed address is told only then; changes nothing. */
export async function findSignup(
  tools: FindSignupTools,
  series: SeriesId,
  token: string,
): Promise<SignupState> {
  const { kind } = await linkState(tools, series, token);
  if (kind === 'suppressed') return 'open';
  return kind === 'already' ? 'confirmed' : kind;
}

/**
 * Makes a reader of whoever asked and has the letter. Every step may be done twice, and the sign-up is forgotten last: after a
 * crash in between, pressing the button again does the rest.
 */
export async function confirmSubscription(
  tools: ConfirmTools,
  series: SeriesId,
  token: string,
): Promise<ConfirmAnswer> {
  const link = await linkState(tools, series, token);
  if (link.kind !== 'open') return link;
  const { owner, signup, isErased } = link;
  if (isErased) await tools.store.subscribers.unsuppress(owner.subscriber);
  const { address, name, language, pace, source } = signup;
  const joiner = {
    subscriber: { id: owner.subscriber, address, name, language },
    ...(pace !== undefined && { pace }),
  };
  const terms = { source: `${source}, confirmed`, mayComeBack: true };
  const [joined] = await joinSeries(tools, series, [joiner], terms);
  if (joined === 'suppressed') return { kind: 'suppressed' };
  await failpoint('confirm.joined');
  await orderWelcome(tools, signup);
  await failpoint('confirm.welcomed');
  await tools.store.signups.forget(series, owner.subscriber);
  await failpoint('confirm.forgotten');
  return { kind: 'confirmed', owner };
}

async function linkState(
  { store, secrets }: FindSignupTools,
  series: SeriesId,
  token: string,
): Promise<LinkState> {
  const parsed = parseConfirmToken(keysFor(secrets, 'confirm'), series, token);
  if (parsed === undefined) return { kind: 'unknown' };
  const { subscriber, requestedAt } = parsed;
  const owner = { series, subscriber };
  const [now, signup, record, suppression] = await Promise.all([
    store.now(),
    store.signups.find(series, subscriber),
    store.subscribers.find(subscriber),
    store.subscribers.findSuppression(subscriber),
  ]);
  const isErased = suppression?.reason === ERASED;
  if (suppression !== undefined && !isErased) return { kind: 'suppressed' };
  const subscription = record?.subscriptions.find((one) => one.series === series);
  const isActive = subscription?.state === 'active';

  const isKept = signup !== undefined && !isSignupOver(requestedAt, now);
  // Who left after this letter was asked for is not brought back by it, even if a stranger has asked for another since.
  const hasLeft = !isActive && Math.max(subscription?.since ?? 0, suppression?.at ?? 0) > requestedAt;
  // A reader since before the sign-up has nothing to confirm; one since then is in the middle of it.
  const isOfOld = isActive && signup !== undefined && subscription.since < signup.requestedAt;
  if (isKept && !hasLeft && !isOfOld) return { kind: 'open', owner, signup, isErased };
  return isActive ? { kind: 'already', owner } : { kind: 'expired' };
}

/** Ordered again after a crash it is the same letter: the same job while that waits, and the same Message-ID. */
async function orderWelcome({ store, queues }: ConfirmTools, signup: Signup): Promise<void> {
  const { series, subscriber, requestedAt } = signup;
  const plan = await store.plans.find(series);
  if (plan?.about.letters.includes('welcome') !== true) return;
  await queues.addLetter({ kind: 'welcome', series, subscriber, at: requestedAt });
}
