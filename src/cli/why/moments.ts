import type { Instant } from '../../domain/instant.ts';
import { formatDistance, formatTime } from '../format-time.ts';

/** How times are told in one story. */
export interface Moments {
  /** `Mon 2026-11-23 08:00 (in 3 h)`. */
  when(at: Instant): string;
}

export const momentsIn = (timezone: string, now: Instant): Moments => ({
  when: (at) => `${formatTime(at, timezone)} (${formatDistance(at, now)})`,
});
