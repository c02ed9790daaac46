import type { ModelIssue, ModelPlan } from './ledger-state.ts';

export const START = '@start';
export const END = '@end';

export const liveOf = (plan: ModelPlan): readonly ModelIssue[] =>
  plan.issues.filter(({ retired }) => !retired);

export const placesOf = (plan: ModelPlan): string[] => [START, ...plan.issues.map(({ id }) => id), END];

export function placeAfter(plan: ModelPlan, issue: string): string {
  const index = plan.issues.findIndex(({ id }) => id === issue);
  return plan.issues.slice(index + 1).find(({ retired }) => !retired)?.id ?? END;
}

/** The plan with other issues: every reader goes to right behind the furthest they have had, and who is taken out stays as a leftover. */
export function withIssues(plan: ModelPlan, issues: readonly ModelIssue[]): ModelPlan {
  const old = liveOf(plan).map(({ id }) => id);
  const now = issues.map(({ id }) => id);
  const moves = [START, ...old, END].flatMap((from) => {
    const had = from === END ? old : old.slice(0, Math.max(0, old.indexOf(from)));
    const to = now[Math.max(-1, ...had.map((id) => now.indexOf(id))) + 1] ?? END;
    return to === from ? [] : [{ from, to }];
  });
  return { ...plan, revision: plan.revision + 1, issues: withLeftovers(plan, issues), moves };
}

function withLeftovers(plan: ModelPlan, issues: readonly ModelIssue[]): ModelIssue[] {
  const all = [...issues];
  plan.issues.forEach((old, index) => {
    if (all.some(({ id }) => id === old.id)) return;
    const after = all.findIndex(({ id }) => id === plan.issues[index - 1]?.id);
    all.splice(after + 1, 0, { ...old, retired: true });
  });
  return all;
}

export const withState = (plan: ModelPlan, state: ModelPlan['state']): ModelPlan => ({
  ...plan,
  revision: plan.revision + 1,
  state,
  moves: [],
});

/** One change a writer may make; undefined where it changes nothing. */
export const EDITS = {
  insert: (plan: ModelPlan) => inserted(plan, 1),
  prepend: (plan: ModelPlan) => inserted(plan, 0),
  append: (plan: ModelPlan) => inserted(plan, liveOf(plan).length),
  'take out the first': (plan: ModelPlan) => without(plan, liveOf(plan)[0]),
  'take out the last': (plan: ModelPlan) => without(plan, liveOf(plan).at(-1)),
  'put back at the end': (plan: ModelPlan) => {
    const back = plan.issues.find(({ retired }) => retired);
    return back && withIssues(plan, [...liveOf(plan), { ...back, retired: undefined }]);
  },
  'word anew': (plan: ModelPlan) => {
    const issues = liveOf(plan).map((issue) => ({ ...issue, rendered: `${issue.rendered}'` }));
    return issues.length === 0 ? undefined : withIssues(plan, issues);
  },
  pause: (plan: ModelPlan) => (plan.state === 'running' ? withState(plan, 'paused') : undefined),
  resume: (plan: ModelPlan) => (plan.state === 'paused' ? withState(plan, 'running') : undefined),
} as const satisfies Record<string, (plan: ModelPlan) => ModelPlan | undefined>;

export type EditName = keyof typeof EDITS;

function inserted(plan: ModelPlan, index: number): ModelPlan {
  const live = liveOf(plan);
  const id = `new-${plan.issues.length}`;
  return withIssues(plan, [...live.slice(0, index), { id, rendered: `hash-of-${id}` }, ...live.slice(index)]);
}

function without(plan: ModelPlan, issue: ModelIssue | undefined): ModelPlan | undefined {
  return (
    issue &&
    withIssues(
      plan,
      liveOf(plan).filter(({ id }) => id !== issue.id),
    )
  );
}
