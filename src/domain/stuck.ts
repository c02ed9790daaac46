import { MINUTE_MS, SECOND_MS, type Instant } from './instant.ts';
import { isInsideWindow } from './send-window.ts';
import type { SeriesStatus } from './series-status.ts';

/** When a series last came a step further, or had no reason to. */
export interface Progress {
  /** How many outcomes of every kind it had then. */
  readonly settled: number;
  readonly since: Instant;
}

/** What is seen of a series' sending at one moment. */
export interface Movement {
  /** Outcomes of every kind since the beginning; that readers leave is none. */
  readonly settled: number;
  /** Readers who are due and whom nobody has taken on. */
  readonly due: number;
  /** Whether something should come of it soon: somebody is due or under way, and the series and the workers may send. */
  readonly isAwaited: boolean;
}

/**
 * Longer than anything that mends itself: a dead worker's readers are free after two leases and its ticket after 15 seconds, the longest
 * pause of a worker whose server was away is a minute. Short enough to be told while it still helps.
 */
export const STUCK_AFTER_MS = 2 * MINUTE_MS;

/** Where everybody due is under way, a server may be slow: one mail has twelve minutes. */
export const UNDER_WAY_STUCK_AFTER_MS = 15 * MINUTE_MS;

/** Whom a worker has taken on is due again within two leases, should it die: nobody else is as near to being due but those who are just that. */
const UNDER_WAY_MS = 15 * SECOND_MS;

/** `canSend`: workers are there, and the mail server takes mail. What is wrong otherwise has a name of its own. */
export function movementOf(status: SeriesStatus, canSend: boolean): Movement {
  const { plan, now, issues, nextDueAt } = status;
  const maySend = plan.state === 'running' && plan.startAt <= now && isInsideWindow(now, plan.cadence);
  const sum = (of: (issue: (typeof issues)[number]) => number) =>
    issues.reduce((n, issue) => n + of(issue), 0);
  return {
    settled: sum(
      ({ accepted, rejected, suppressed, skipped, left, held, deferrals, doubts }) =>
        accepted + rejected + suppressed + (skipped - left) + held + deferrals + doubts,
    ),
    due: sum(({ due }) => due),
    isAwaited: canSend && maySend && nextDueAt !== undefined && nextDueAt <= now + UNDER_WAY_MS,
  };
}

/** One look at a series: the record to keep. Whatever is no reason to worry begins the time anew. */
export function progressAfter(before: Progress | undefined, movement: Movement, now: Instant): Progress {
  const { settled, isAwaited } = movement;
  const isStill = before !== undefined && before.settled === settled && before.since <= now;
  return isStill && isAwaited ? before : { settled, since: now };
}

/** Since when nothing has moved in a series that should; undefined = it moves, or need not, or not for long yet. */
export function stuckSince(
  progress: Progress | undefined,
  { settled, due, isAwaited }: Movement,
  now: Instant,
): Instant | undefined {
  if (progress === undefined || progress.settled !== settled || !isAwaited) return undefined;
  const patienceMs = due > 0 ? STUCK_AFTER_MS : UNDER_WAY_STUCK_AFTER_MS;
  return now - progress.since >= patienceMs ? progress.since : undefined;
}
