import { EXIT } from '../domain/refusal.ts';
import { describePlan, planJson } from './describe-plan.ts';
import type { Strictness } from './content-problems.ts';
import { planOrSaid } from './plan-or-said.ts';
import type { ScheduleFlags } from './schedule-flags.ts';
import type { Terminal } from './terminal.ts';
import { withApp } from './with-app.ts';

/** `partwork plan <series>`: what `schedule` with the same flags would change, for whom, and the dates. Changes nothing. */
export function plan(
  terminal: Terminal,
  name: string,
  { json = false, ...flags }: ScheduleFlags & Strictness & { json?: boolean },
): Promise<number> {
  return withApp(terminal, async (app) => {
    const report = await planOrSaid(terminal, app, name, flags);
    if (typeof report === 'number') return report;
    if (json) terminal.print(JSON.stringify(planJson(report), null, 2));
    else for (const line of describePlan(report)) terminal.print(line);
    return report.missed.length > 0 ? EXIT.refused : EXIT.ok;
  });
}
