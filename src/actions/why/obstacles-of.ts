import { MINUTE_MS, type Instant } from '../../domain/instant.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import type { IssueRef, Obstacle, SendingNow, StorySuppression } from '../../domain/story.ts';
import type { Subscription } from '../../domain/subscription.ts';
import { departureOf } from './departure-of.ts';

/** What may stand between a reader and their next issue. */
export interface Circumstances {
  /** Undefined before the first `schedule`. */
  readonly plan: SeriesPlan | undefined;
  readonly subscription: Subscription;
  readonly suppression?: StorySuppression;
  readonly sending: SendingNow;
  readonly held?: { readonly issue: IssueRef; readonly since?: Instant; readonly words?: string };
  /** When the next issue would go out; absent = nothing is ahead. */
  readonly at?: Instant;
  /** A worker has it just now. */
  readonly isLeased: boolean;
  /** When they had the last one there is. */
  readonly lastHad?: Instant;
  readonly now: Instant;
}

/** Mail that comes so soon is what the workers have in hand, or have put aside because of the server. */
const SOON_MS = MINUTE_MS;

/** Why a reader of a series gets nothing, the nearest to them first; empty = only time is in the way, or a worker's next turn. */
export function obstaclesOf(circumstances: Circumstances): Obstacle[] {
  const { subscription, suppression } = circumstances;
  const suppressed: Obstacle[] = suppression === undefined ? [] : [{ kind: 'suppressed', ...suppression }];
  if (subscription.state === 'ended') {
    return [
      ...suppressed,
      { kind: 'left', since: subscription.since, how: departureOf(subscription.reason) },
    ];
  }
  return [...suppressed, ...ahead(circumstances), ...ofSeries(circumstances), ...ofSending(circumstances)];
}

function ahead({ plan, subscription, held, at, lastHad }: Circumstances): Obstacle[] {
  if (held !== undefined) return [{ kind: 'held', ...held }];
  if (subscription.place === undefined) return [{ kind: 'no-place' }];
  if (plan === undefined) return [{ kind: 'not-scheduled' }];
  return at === undefined ? [{ kind: 'caught-up', ...(lastHad !== undefined && { since: lastHad }) }] : [];
}

function ofSeries({ plan }: Circumstances): Obstacle[] {
  if (plan?.state === 'cancelled') return [{ kind: 'series-cancelled' }];
  if (plan?.state !== 'paused') return [];
  const { stateReason: words } = plan;
  return [words === undefined ? { kind: 'series-paused' } : { kind: 'series-stopped', words }];
}

/** Told only where it is what keeps this mail. */
function ofSending({ plan, sending, isLeased, at, now }: Circumstances): Obstacle[] {
  if (plan?.state !== 'running' || isLeased || at === undefined || at > now + SOON_MS) return [];
  const { isWorking, trouble } = sending;
  if (!isWorking) return at > now ? [] : [{ kind: 'nobody-works' }];
  return trouble === undefined ? [] : [{ kind: 'mail-server-trouble', words: trouble }];
}
