import type { PlanOrName } from '../../domain/plan.ts';
import type { IssueRef } from '../../domain/story.ts';

/** An issue's id → its number and title as the plan has them; its bare id where the plan does not know it. */
export type NamedIssue = (id: string) => IssueRef;

export function issueNames({ issues }: PlanOrName): NamedIssue {
  const names = new Map<string, IssueRef>();
  let number = 0;
  for (const { id, title, retired } of issues) {
    names.set(id, { id, title, ...(retired === undefined && { number: ++number }) });
  }
  return (id) => names.get(id) ?? { id, title: id };
}
