import type { TokenOwner } from '../../domain/token.ts';
import type { Store } from '../../store/open-store.ts';
import { changeReading } from './change-reading.ts';

/** Ends a reader's pause: the next issue is due when the gap after the last one is over, or now, and no two at once. */
export async function resumeReading(
  tools: { store: Store },
  owner: TokenOwner,
): Promise<'resumed' | 'ended'> {
  const answer = await changeReading(tools, owner, () => ({ kind: 'resume' }) as const);
  return answer === 'done' ? 'resumed' : answer;
}
