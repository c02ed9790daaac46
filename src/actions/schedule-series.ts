import { failpoint } from '../domain/failpoint.ts';
import { formatProblem, isError } from '../domain/problem.ts';
import { EXIT, type Refusal } from '../domain/refusal.ts';
import type { Queues } from '../queue/queues.ts';
import type { Store } from '../store/open-store.ts';
import { countReaders, readersPerIssue } from './count-readers.ts';
import type { PlanReport } from './plan-series.ts';

/**
 * Puts a reviewed plan into force: keeps the rendered issues, moves readers, starts the looking. With nothing changed it
 * changes nothing. Refused when an issue has an error, when readers would miss one, or when the plan has changed since it was
 * reviewed.
 */
export async function scheduleSeries(
  { store, queues }: { store: Store; queues: Queues },
  report: PlanReport,
): Promise<'scheduled' | 'unchanged' | Refusal> {
  const { plan, composed, now } = report;
  const refusal = refuseErrors(report) ?? (await refuseReordering(store, report));
  if (refusal !== undefined) return refusal;
  for (const rendered of composed.rendered) {
    await store.rendered.keep(rendered);
    await failpoint('rendered.kept');
  }
  if (report.isChanged && !(await store.plans.commit(plan))) return changedMeanwhile(plan.series);

  if (plan.state === 'running') {
    await queues.startLooking(plan.series);
    await failpoint('looking.started');
    for (const { id, releaseAt = 0 } of plan.issues) {
      if (releaseAt <= now) continue;
      await queues.lookAt(plan.series, id, releaseAt, now);
      await failpoint('release.queued');
    }
  }
  return report.isChanged ? 'scheduled' : 'unchanged';
}

/** Whatever looked at the issues before: none with an error is sent, and none is left out in silence because of one. */
function refuseErrors({ composed: { series, problems } }: PlanReport): Refusal | undefined {
  const [first, ...others] = problems.filter(isError);
  if (first === undefined) return undefined;
  const more = others.length === 0 ? '' : ` (${others.length} more)`;
  return {
    message: `Series "${series.id}" has errors${more}: ${formatProblem(first)}`,
    fix: `Mend them: \`partwork check ${series.id}\` shows all.`,
    exitCode: EXIT.content,
  };
}

/**
 * Another order of issues already scheduled is only safe while nobody moves: somebody could get one of them between the report
 * and the commit, or be getting it right now, and then never get the other.
 */
async function refuseReordering(
  store: Store,
  { change, plan, missed }: PlanReport,
): Promise<Refusal | undefined> {
  if (change.missed.length === 0) return undefined;
  if (missed.length > 0) return wouldMiss(plan.series, missed);
  const current = await store.plans.find(plan.series);
  if (current?.state === 'running') return mustPause(plan.series);
  if ((await store.deliveries.unsettled(plan.series)) > 0) return mustWait(plan.series);
  const now = readersPerIssue(change.missed, await countReaders(store, plan.series));
  return now.length > 0 ? wouldMiss(plan.series, now) : undefined;
}

function wouldMiss(series: string, missed: PlanReport['missed']): Refusal {
  const cases = missed.map(
    ({ issue, readers }) => `"${issue}" (${readers} ${readers === 1 ? 'reader' : 'readers'})`,
  );
  return {
    message: `The new order of series "${series}" would make readers miss issues that are ahead of them: ${cases.join(', ')}.`,
    fix: 'Leave issues that readers have had where they are; move them back, or give a moved issue a new id to send it anew.',
    exitCode: EXIT.refused,
  };
}

const mustPause = (series: string): Refusal => ({
  message: `The order of issues already scheduled cannot change while series "${series}" runs.`,
  fix: `Pause it first: \`partwork pause ${series}\`, then schedule, then \`partwork resume ${series}\`.`,
  exitCode: EXIT.refused,
});

const mustWait = (series: string): Refusal => ({
  message: `Some mail of series "${series}" is still going over, or of unknown outcome; its order cannot change now.`,
  fix: `Try again in a minute; \`partwork held ${series}\` shows what waits for you.`,
  exitCode: EXIT.refused,
});

const changedMeanwhile = (series: string): Refusal => ({
  message: `The plan of series "${series}" was changed by somebody else while you were reading. Nothing was done.`,
  fix: 'Run the command again and look at the new plan.',
  exitCode: EXIT.refused,
});
