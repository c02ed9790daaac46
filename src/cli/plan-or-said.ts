import { planSeries, type PlanReport } from '../actions/plan-series.ts';
import type { App } from '../app.ts';
import { EXIT, type ExitCode } from '../domain/refusal.ts';
import { composedOrSaid, type Strictness } from './content-problems.ts';
import { parseScheduleFlags, type ScheduleFlags } from './schedule-flags.ts';
import type { Terminal } from './terminal.ts';

/** What scheduling a series with these flags would do; or the exit code, after having said what is wrong. */
export async function planOrSaid(
  terminal: Terminal,
  app: App,
  name: string,
  flags: ScheduleFlags & Strictness,
): Promise<PlanReport | ExitCode> {
  const composed = await composedOrSaid(terminal, app, name, flags);
  if (composed === undefined) return EXIT.content;
  const wish = parseScheduleFlags(flags, composed.series, await app.store.now());
  if (typeof wish !== 'string') return planSeries(app, composed, wish);
  terminal.say(wish);
  return EXIT.usage;
}
