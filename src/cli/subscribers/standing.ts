import { END, START } from '../../domain/plan.ts';
import type { Subscription } from '../../domain/subscription.ts';

/** Where a subscription stands, in words. */
export function standing({ state, place, reason }: Subscription): string {
  if (state === 'ended') return `ended (${reason ?? 'no reason kept'})`;
  if (place === undefined) return 'held: the outcome of the last mail is unknown';
  if (place === START) return 'waits for the series to be scheduled';
  return place === END ? 'caught up' : `waits for "${place}"`;
}
