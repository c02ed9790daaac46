import type { IssueId } from './issue.ts';

/** One issue's audience by state: the ledger's own bookkeeping. People, but for the last two. */
export interface IssueCounts {
  readonly issue: IssueId;
  /** Readers who ever came to stand before this issue. */
  readonly entered: number;
  /** Those who stand here and have not been put off. */
  readonly waiting: number;
  /** Those whom the server has put off at least once, and who are tried again. */
  readonly deferred: number;
  /** Outcome unknown, and one more copy on its way. */
  readonly doubted: number;
  /** Outcome unknown, kept for the operator. */
  readonly held: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Not sent because the address must not be mailed. */
  readonly suppressed: number;
  /** Passed on without it: they have had it before. */
  readonly skipped: number;
  /** Unsubscribed or erased while waiting here. */
  readonly left: number;
  /** How often a server has put somebody off. */
  readonly deferrals: number;
  /** How often nobody could know whether a copy was taken. */
  readonly doubts: number;
}

/** How one issue's audience divides; each reader is in one of the parts, so that they add up to it. */
export interface AudienceParts {
  readonly accepted: number;
  /** Here, or at an earlier place and still to come. */
  readonly waiting: number;
  readonly deferred: number;
  readonly rejected: number;
  readonly suppressed: number;
  /** Passed on without it, or left while waiting for it. */
  readonly skipped: number;
  /** In doubt: one more copy is on its way, or the operator has to decide. */
  readonly uncertain: number;
}

/** `toCome` = readers at earlier places. */
export const partsOf = (counts: IssueCounts, toCome: number): AudienceParts => ({
  accepted: counts.accepted,
  waiting: counts.waiting + toCome,
  deferred: counts.deferred,
  rejected: counts.rejected,
  suppressed: counts.suppressed,
  skipped: counts.skipped + counts.left,
  uncertain: counts.doubted + counts.held,
});

/** Whether every reader of an audience is accounted for. "Complete" is never said without it. */
export const addsUp = (audience: number, parts: AudienceParts): boolean =>
  audience ===
  parts.accepted +
    parts.waiting +
    parts.deferred +
    parts.rejected +
    parts.suppressed +
    parts.skipped +
    parts.uncertain;
