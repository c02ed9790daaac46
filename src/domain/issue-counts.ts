import type { IssueId } from './issue.ts';

/** One issue's audience by state: the ledger's own bookkeeping. People, but for the last three. */
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
  /** Of those who stand here or are held: readers who are sent this one again, and go on elsewhere. */
  readonly onDetour: number;
  /** Readers on a detour who come to this issue after the one they stand at. */
  readonly detourAhead: number;
  /** Readers on a detour who go on here when it is over. */
  readonly detourEnd: number;
  readonly sentAgain: SentAgain;
  /** How often a server has put somebody off. */
  readonly deferrals: number;
  /** How often nobody could know whether a copy was taken. */
  readonly doubts: number;
}

/** People who once were in a part, have been sent the issue again since, and are counted anew: for sums that only grow. */
export interface SentAgain {
  readonly rejected: number;
  readonly suppressed: number;
  readonly skipped: number;
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

/** In the order in which a person would ask. */
export const AUDIENCE_PARTS = [
  'accepted',
  'waiting',
  'deferred',
  'rejected',
  'suppressed',
  'skipped',
  'uncertain',
] as const satisfies (keyof AudienceParts)[];

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
  audience === AUDIENCE_PARTS.reduce((sum, part) => sum + parts[part], 0);
