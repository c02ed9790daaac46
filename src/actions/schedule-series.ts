import { EXIT, type Refusal } from '../domain/refusal.ts';
import type { Queues } from '../queue/queues.ts';
import type { Store } from '../store/open-store.ts';
import type { PlanReport } from './plan-series.ts';

/**
 * Puts a reviewed plan into force: keeps the rendered issues, moves readers, starts the looking. With nothing changed it
 * changes nothing. Refused when readers would miss an issue, or when the plan has changed since it was reviewed.
 */
export async function scheduleSeries(
  { store, queues }: { store: Store; queues: Queues },
  report: PlanReport,
): Promise<'scheduled' | 'unchanged' | Refusal> {
  const { plan, composed, missed, now } = report;
  if (missed.length > 0) return wouldMiss(report);
  for (const rendered of composed.rendered) await store.rendered.keep(rendered);
  if (report.isChanged && !(await store.plans.commit(plan))) return changedMeanwhile(plan.series);

  if (plan.state === 'running') {
    await queues.startLooking(plan.series);
    for (const { id, releaseAt = 0 } of plan.issues) {
      if (releaseAt > now) await queues.lookAt(plan.series, id, releaseAt, now);
    }
  }
  return report.isChanged ? 'scheduled' : 'unchanged';
}

function wouldMiss({ plan, missed }: PlanReport): Refusal {
  const cases = missed.map(
    ({ issue, readers }) => `"${issue}" (${readers} ${readers === 1 ? 'reader' : 'readers'})`,
  );
  return {
    message: `The new order of series "${plan.series}" would make readers miss issues that are ahead of them: ${cases.join(', ')}.`,
    fix: 'Leave issues that readers have had where they are; move them back, or give a moved issue a new id to send it anew.',
    exitCode: EXIT.refused,
  };
}

const changedMeanwhile = (series: string): Refusal => ({
  message: `The plan of series "${series}" was changed by somebody else while you were reading. Nothing was done.`,
  fix: 'Run the command again and look at the new plan.',
  exitCode: EXIT.refused,
});
