import type { EmailAddress } from './email-address.ts';
import type { Instant } from './instant.ts';
import type { IssueId } from './issue.ts';
import type { SeriesId } from './series.ts';
import type { SubscriberId } from './subscriber.ts';

/**
 * Why a reader has not had an issue. `rejected` = refused by their server; `suppressed` = their address must not be mailed; `skipped` = it came
 * into the series when they were past it; `left` = before it came; `began-later` = with an issue behind it; `held`, `uncertain` = nobody can
 * know whether they have it.
 */
export const MISSED_REASONS = [
  'rejected',
  'suppressed',
  'skipped',
  'began-later',
  'left',
  'held',
  'uncertain',
] as const;
export type MissedReason = (typeof MISSED_REASONS)[number];

/** Not missed yet: it is ahead of them, or was put off and is tried again. */
export const AHEAD_REASONS = ['deferred', 'waiting'] as const;
export type AheadReason = (typeof AHEAD_REASONS)[number];

/** Reasons to send it again by, unless others are asked for: who began later was not promised it. */
export const USUAL_RESEND_REASONS: readonly MissedReason[] = ['rejected', 'suppressed', 'skipped'];
export const RESEND_REASONS: readonly MissedReason[] = [...USUAL_RESEND_REASONS, 'began-later'];

/** Why it cannot be sent to them again now. `in-doubt` = a second copy may be the result, which is decided elsewhere. */
export type ResendObstacle = 'suppressed' | 'left' | 'in-doubt';

/** A reader who has not had an issue. */
export interface Missed {
  readonly series: SeriesId;
  readonly issue: IssueId;
  readonly subscriber: SubscriberId;
  readonly address: EmailAddress;
  readonly why: MissedReason | AheadReason;
  /** When that came to be; absent where nobody noted it. */
  readonly at?: Instant;
  /** The server's, or why the address is suppressed; '' = none. */
  readonly words: string;
  /** Absent = it can be sent to them, or will be anyway. */
  readonly obstacle?: ResendObstacle;
}

export const isAhead = ({ why }: Pick<Missed, 'why'>): boolean =>
  AHEAD_REASONS.some((reason) => reason === why);
