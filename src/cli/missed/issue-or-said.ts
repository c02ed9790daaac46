import { placeNamed } from '../../actions/join-series.ts';
import type { App } from '../../app.ts';
import { isIssue, type PlannedIssue, type SeriesPlan } from '../../domain/plan.ts';
import { EXIT, type ExitCode } from '../../domain/refusal.ts';
import { releasedIssues } from '../../domain/released-issues.ts';
import type { SeriesId } from '../../domain/series.ts';
import { notScheduled } from '../change-state.ts';
import type { Terminal } from '../terminal.ts';
import { sayUnknownIssue } from './failure-flags.ts';

export interface NamedIssue {
  readonly plan: SeriesPlan;
  readonly issue: PlannedIssue;
}

/** An issue that has come out and is in the series; or the exit code, after having said why it is none. */
export async function issueOrSaid(
  terminal: Terminal,
  app: App,
  series: string,
  name: string,
): Promise<NamedIssue | ExitCode> {
  const plan = await app.store.plans.find(series as SeriesId);
  if (plan === undefined) return (await notScheduled(terminal, app, series)) as ExitCode;
  const place = placeNamed(plan, name);
  const issue = plan.issues.find(({ id }) => id === (place !== undefined && isIssue(place) ? place : name));
  if (issue === undefined) return sayUnknownIssue(terminal, plan, name);
  if (issue.retired === true) {
    terminal.say(`"${issue.id}" was taken out of series "${series}": nobody can have missed it.`);
    return EXIT.failed;
  }
  if (!releasedIssues(plan, await app.store.now()).some(({ id }) => id === issue.id)) {
    terminal.say(`"${issue.id}" has not come out yet: nobody can have missed it.`);
    return EXIT.failed;
  }
  return { plan, issue };
}
