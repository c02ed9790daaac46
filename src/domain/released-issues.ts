import type { Instant } from './instant.ts';
import { liveIssues, type PlannedIssue, type SeriesPlan } from './plan.ts';

/** An issue that anybody may see. */
export interface ReleasedIssue extends PlannedIssue {
  /** 1-based place in the series. */
  readonly number: number;
  readonly releasedAt: Instant;
}

/**
 * The issues of a series that have been released by now, in the series' order: none before the series has begun. A pause takes nothing
 * back that readers may have had.
 */
export function releasedIssues(plan: SeriesPlan, now: Instant): ReleasedIssue[] {
  return liveIssues(plan)
    .map((issue, index) => ({
      ...issue,
      number: index + 1,
      releasedAt: Math.max(plan.startAt, issue.releaseAt ?? 0),
    }))
    .filter(({ releasedAt }) => releasedAt <= now);
}
