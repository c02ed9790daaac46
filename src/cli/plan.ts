import { planSeries } from '../actions/plan-series.ts';
import { EXIT } from '../domain/refusal.ts';
import { composedOrSaid } from './content-problems.ts';
import { describePlan, planJson } from './describe-plan.ts';
import { parseScheduleFlags, type ScheduleFlags } from './schedule-flags.ts';
import type { Terminal } from './terminal.ts';
import { withApp } from './with-app.ts';

/** `partwork plan <series>`: what `schedule` with the same flags would change, for whom, and the dates. Changes nothing. */
export function plan(
  terminal: Terminal,
  name: string,
  { json = false, ...flags }: ScheduleFlags & { json?: boolean },
): Promise<number> {
  return withApp(terminal, async (app) => {
    const composed = await composedOrSaid(terminal, app, name);
    if (composed === undefined) return EXIT.content;
    const wish = parseScheduleFlags(flags, composed.series, await app.store.now());
    if (typeof wish === 'string') {
      terminal.say(wish);
      return EXIT.usage;
    }
    const report = await planSeries(app, composed, wish);
    if (json) terminal.print(JSON.stringify(planJson(report), null, 2));
    else for (const line of describePlan(report)) terminal.print(line);
    return report.missed.length > 0 ? EXIT.refused : EXIT.ok;
  });
}
