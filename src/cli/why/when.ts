import type { Instant } from '../../domain/instant.ts';
import { formatDistance, formatTime } from '../format-time.ts';

/** How a story tells a time: `Mon 2026-11-23 08:00 (in 3 h)`. */
export type When = (at: Instant) => string;

export const whenIn =
  (timezone: string, now: Instant): When =>
  (at) =>
    `${formatTime(at, timezone)} (${formatDistance(at, now)})`;
