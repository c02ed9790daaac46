import { dueAfter, firstDue } from './cadence.ts';
import type { Instant } from './instant.ts';
import type { IssueId } from './issue.ts';
import { liveIssues, type SeriesPlan } from './plan.ts';
import { intoWindow } from './send-window.ts';

/** When one reader would get an issue, if every mail is accepted at once. */
export interface Forecast {
  readonly issue: IssueId;
  readonly title: string;
  readonly at: Instant;
}

/** The dates of a reader who begins with issue `from` (0-based) at `joinedAt`: the table a writer reads before saying yes. */
export function forecast(plan: SeriesPlan, joinedAt: Instant, from = 0): Forecast[] {
  const { cadence } = plan;
  let due = firstDue(Math.max(joinedAt, plan.startAt), cadence);
  return liveIssues(plan)
    .slice(from)
    .map(({ id, title, releaseAt = 0 }) => {
      const at = intoWindow(Math.max(due, releaseAt), cadence);
      due = dueAfter(at, cadence);
      return { issue: id, title, at };
    });
}
