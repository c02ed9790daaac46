import { changeBetween } from '../../src/domain/plan-change.ts';
import { liveIssues, type PlannedIssue } from '../../src/domain/plan.ts';
import type { ReadingWorld } from './reading-world.ts';

/** Puts a series' issues into this order, some new, some gone, as `schedule` has it. */
export async function editIssues(world: ReadingWorld, ids: readonly string[]): Promise<void> {
  const { plan } = world;
  const live = ids.map(
    (issue): PlannedIssue =>
      liveIssues(plan).find(({ id }) => id === issue) ?? {
        id: issue as never,
        title: issue,
        rendered: `hash-of-${issue}`,
      },
  );
  const all = [...live];
  plan.issues.forEach((old, index) => {
    if (all.some(({ id }) => id === old.id)) return;
    const after = all.findIndex(({ id }) => id === plan.issues[index - 1]?.id);
    all.splice(after + 1, 0, { ...old, retired: true });
  });
  const isBack = live.some(({ id }) => plan.issues.some((old) => old.id === id && old.retired === true));
  const { moves } = changeBetween(liveIssues(plan), live);
  await world.change({ issues: all, moves, ...(isBack && { returned: true }) });
}
