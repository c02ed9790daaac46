import type { Instant } from './instant.ts';
import type { IssueId } from './issue.ts';

/** A delivery that is begun and not settled for good, as the ledger has it on record. */
export interface OpenDelivery {
  readonly issue: IssueId;
  /** `held` = of unknown outcome, kept for the operator. */
  readonly stage: 'claimed' | 'submitting' | 'deferred' | 'uncertain' | 'held';
  /** The number of the try that is under way or comes next; 1 for the first. */
  readonly attempt: number;
  readonly firstTriedAt: Instant;
  /** Not tried again before this. */
  readonly retryAt?: Instant;
  /** What the server said, or what happened, when it was put off last. */
  readonly reply?: string;
  /** A worker has it just now. */
  readonly isLeased: boolean;
  /** It was on its way to the server at least once. */
  readonly isTried: boolean;
  /** A copy may have arrived. */
  readonly isDoubted: boolean;
}
