import { dueAfter } from './cadence.ts';
import { formatEvery } from './every.ts';
import type { Delivery, Outcome, UncertainPolicy } from './delivery.ts';
import { SECOND_MS, type Instant } from './instant.ts';
import { cadenceOf } from './pace.ts';
import { placeAfter, type Place, type SeriesPlan } from './plan.ts';
import { GIVE_UP_AFTER_MS, retryDelayMs } from './smtp-outcome.ts';

/** How one delivery ends, for now or for good. `next` and `dueAt` say where and when the reader waits from here on. */
export interface Settlement {
  readonly delivery: Delivery;
  readonly kind: 'accepted' | 'rejected' | 'dead' | 'deferred' | 'uncertain' | 'held' | 'released';
  readonly next: Place;
  readonly dueAt: Instant;
  /** The server's words, or why there are none; '' = nothing was said. */
  readonly reason: string;
  /** The reader's own gap that `dueAt` was computed with, as the ledger writes it; '' = the series'. */
  readonly pace: string;
}

/** How long a mail waits that met a server which was not there: nobody's attempt is spent on it. */
const RELEASE_MS = 2 * SECOND_MS;
/** With the waits as they are, three days of 4xx answers are more than twenty. */
const FEWEST_ATTEMPTS = 12;
/** Before the server's last words, in the reason of a rejection that is ours. */
export const GIVEN_UP = 'given up after 72 hours: ';

/**
 * Turns a judgement into what the ledger does: accepted and rejected move the reader on by their own pace or the series', deferred waits
 * longer each time until it is given up, sender's fault and an absent server change nothing for the reader.
 * `random` is in [0, 1), for jitter.
 */
export function settlementOf(
  delivery: Delivery,
  outcome: Outcome,
  plan: SeriesPlan,
  now: Instant,
  onUncertain: UncertainPolicy,
  random: () => number = Math.random,
): Settlement {
  const pace = delivery.pace === undefined ? '' : formatEvery(delivery.pace);
  const onwards = (kind: Settlement['kind'], reason: string): Settlement => {
    const next = placeAfter(plan, delivery.issue);
    const dueAt = dueAfter(now, cadenceOf(plan, delivery.pace));
    return { delivery, kind, next, dueAt, reason, pace };
  };
  const again = (kind: Settlement['kind'], ms: number, reason: string): Settlement => {
    return { delivery, kind, next: delivery.issue, dueAt: now + ms, reason, pace };
  };

  switch (outcome.kind) {
    case 'accepted':
      return onwards('accepted', outcome.reply ?? '');
    case 'rejected':
      return onwards(outcome.suppress ? 'dead' : 'rejected', outcome.reason);
    case 'deferred':
      return isGivenUp(delivery, now)
        ? onwards('rejected', `${GIVEN_UP}${outcome.reason}`)
        : again('deferred', retryDelayMs(delivery.attempt, random), outcome.reason);
    case 'uncertain':
      return onUncertain === 'hold'
        ? again('held', 0, outcome.reason)
        : again('uncertain', uncertainDelayMs(delivery, random), outcome.reason);
    case 'untried':
      return again('released', outcome.waitMs ?? 0, outcome.reason ?? '');
    case 'senderFault':
    case 'unavailable':
      return again('released', RELEASE_MS * (1 + random()), outcome.reason);
  }
}

// Time alone does not count: a series paused for a week, or a server away that long, has answered nobody.
const isGivenUp = ({ attempt, firstTriedAt }: Delivery, now: Instant): boolean =>
  attempt >= FEWEST_ATTEMPTS && now - firstTriedAt >= GIVE_UP_AFTER_MS;

// The first repeat goes at once, as after a crash; a server that breaks off every time must not get a copy a second.
function uncertainDelayMs(delivery: Delivery, random: () => number): number {
  return delivery.attempt === 1 ? RELEASE_MS : retryDelayMs(delivery.attempt - 1, random);
}
