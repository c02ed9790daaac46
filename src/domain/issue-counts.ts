import type { IssueId } from './issue.ts';

/** One issue's audience by state; the ledger's own bookkeeping, from which `status` shows how it adds up. */
export interface IssueCounts {
  readonly issue: IssueId;
  /** Readers who ever came to stand before this issue. */
  readonly entered: number;
  readonly waiting: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Not sent for a reason of the reader's: suppressed. */
  readonly skipped: number;
  /** Unsubscribed or erased while waiting here. */
  readonly left: number;
  /** Outcome unknown, kept for the operator. */
  readonly held: number;
  /** Events, not readers: a deferred delivery is still waiting, an uncertain one was sent again. */
  readonly deferred: number;
  readonly uncertain: number;
}

/** Whether every reader who came to this issue is accounted for. "Complete" is never said without it. */
export const addsUp = (counts: IssueCounts): boolean =>
  counts.entered ===
  counts.waiting + counts.accepted + counts.rejected + counts.skipped + counts.left + counts.held;
