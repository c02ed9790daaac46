import { DAY_MS, type Instant } from '../../domain/instant.ts';
import type { TokenOwner } from '../../domain/token.ts';
import type { Store } from '../../store/open-store.ts';
import { changeReading } from './change-reading.ts';

/** Who wants more of a break wants to leave. */
const LONGEST_PAUSE_MS = 366 * DAY_MS;

/**
 * No issue for this reader before `until`, mail that is queued included. A second pause replaces the first. A time that is over,
 * or more than a year ahead, is refused.
 */
export async function pauseReading(
  tools: { store: Store },
  owner: TokenOwner,
  until: Instant,
): Promise<'paused' | 'ended' | 'out-of-range'> {
  const now = await tools.store.now();
  if (!(until > now && until <= now + LONGEST_PAUSE_MS)) return 'out-of-range';
  const answer = await changeReading(
    tools,
    owner,
    () => ({ kind: 'pause', until: Math.round(until) }) as const,
  );
  return answer === 'done' ? 'paused' : answer;
}
