import { formatEvery } from '../../domain/every.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Subscription } from '../../domain/subscription.ts';
import { formatTime } from '../format-time.ts';

/** What readers have set for themselves, as the end of a line; '' when they have set nothing. */
export function ownSettings(
  { state, pausedUntil = 0, pace, round }: Subscription,
  now: Instant,
  timezone: string,
): string {
  if (state === 'ended') return '';
  return [
    ...(pausedUntil > now ? [`paused by the reader until ${formatTime(pausedUntil, timezone)}`] : []),
    ...(pace === undefined ? [] : [`own pace ${formatEvery(pace)}`]),
    ...(round === 0 ? [] : [`begun again ${round === 1 ? 'once' : `${round} times`}`]),
  ]
    .map((setting) => `; ${setting}`)
    .join('');
}
