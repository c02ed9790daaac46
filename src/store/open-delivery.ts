import type { Instant } from '../domain/instant.ts';
import type { IssueId } from '../domain/issue.ts';
import type { OpenDelivery } from '../domain/open-delivery.ts';

interface ClaimRecord {
  readonly issue: IssueId;
  readonly state: 'claimed' | 'submitting' | 'deferred' | 'uncertain';
  readonly attempt: number;
  readonly firstTriedAt: Instant;
  readonly token?: number;
  readonly tried?: boolean;
  readonly doubted?: boolean;
  readonly retryAt?: Instant;
  /** '' when nothing was said. */
  readonly reply?: string;
}

/** The record of one reader's delivery in a series, from what the hashes `claims` and `held` have of them. */
export function openDeliveryOf(
  claim: string | null,
  held: string | null,
  isDueLater: boolean,
): OpenDelivery | undefined {
  const json = held ?? claim;
  if (json === null) return undefined;
  const record = JSON.parse(json) as ClaimRecord;
  const { issue, state, attempt, firstTriedAt, token, retryAt, reply = '' } = record;
  return {
    issue,
    stage: held === null ? state : 'held',
    attempt,
    firstTriedAt,
    // A claim that nobody has renewed is nobody's.
    isLeased: held === null && token !== undefined && isDueLater,
    isTried: record.tried ?? false,
    isDoubted: record.doubted ?? false,
    ...(retryAt !== undefined && { retryAt }),
    ...(reply !== '' && { reply }),
  };
}
