import type { IssueId } from '../../domain/issue.ts';
import { liveIssues } from '../../domain/plan.ts';
import type { TokenOwner } from '../../domain/token.ts';
import type { Store } from '../../store/open-store.ts';
import type { WishAnswers } from '../../store/reading.ts';
import { changeReading } from './change-reading.ts';

export type AgainAnswer = 'moved' | Exclude<WishAnswers['again'], 'done'>;

/**
 * Takes a reader back to a released issue that lies behind them, and on from there, at their pace. What they had stays on record.
 * An issue ahead of them is no such issue: nobody skips one. At most three times a day.
 */
export async function readAgain(
  tools: { store: Store },
  owner: TokenOwner,
  issue: IssueId,
): Promise<AgainAnswer> {
  const answer = await changeReading(tools, owner, (plan) =>
    liveIssues(plan).some(({ id }) => id === issue) ? ({ kind: 'again', issue } as const) : 'no-such-issue',
  );
  return answer === 'done' ? 'moved' : answer;
}
