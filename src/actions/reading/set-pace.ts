import type { Every } from '../../domain/cadence.ts';
import { isOffered, isSameGap } from '../../domain/pace.ts';
import type { TokenOwner } from '../../domain/token.ts';
import type { Store } from '../../store/open-store.ts';
import { changeReading } from './change-reading.ts';

/**
 * Gives a reader a gap of their own, one of those the writer offers; undefined, and what the series has anyway, is the series' own. Counts from
 * the last issue they had.
 */
export async function setPace(
  tools: { store: Store },
  owner: TokenOwner,
  pace: Every | undefined,
): Promise<'set' | 'not-offered' | 'ended'> {
  const answer = await changeReading(tools, owner, (plan) => {
    if (pace === undefined || isSameGap(pace, plan.cadence.every)) return { kind: 'pace' } as const;
    return isOffered(plan, pace) ? ({ kind: 'pace', pace } as const) : 'not-offered';
  });
  return answer === 'done' ? 'set' : answer;
}
