import { scheduleSeries } from '../actions/schedule-series.ts';
import { EXIT, isRefusal } from '../domain/refusal.ts';
import { describePlan } from './describe-plan.ts';
import type { Strictness } from './content-problems.ts';
import { planOrSaid } from './plan-or-said.ts';
import type { ScheduleFlags } from './schedule-flags.ts';
import type { Terminal } from './terminal.ts';
import { refuse, withApp } from './with-app.ts';

/** `partwork schedule <series>`: shows the plan, asks, and puts it into force. With nothing changed it changes nothing. */
export function schedule(
  terminal: Terminal,
  name: string,
  { yes = false, ...flags }: ScheduleFlags & Strictness & { yes?: boolean },
): Promise<number> {
  return withApp(terminal, async (app) => {
    const report = await planOrSaid(terminal, app, name, flags);
    if (typeof report === 'number') return report;
    for (const line of describePlan(report)) terminal.print(line);
    if (report.isChanged && report.missed.length === 0 && !(await isMeant(terminal, yes))) return EXIT.usage;

    const result = await scheduleSeries(app, report);
    if (isRefusal(result)) return refuse(terminal, result);
    terminal.say(closingWords(result, name, report.plan.state === 'paused'));
    return EXIT.ok;
  });
}

async function isMeant(terminal: Terminal, yes: boolean): Promise<boolean> {
  if (yes) return true;
  if (!terminal.isInteractive) {
    terminal.say('Nothing was scheduled: off a terminal, say --yes.');
    return false;
  }
  if (await terminal.confirm('Schedule it so?')) return true;
  terminal.say('Nothing was scheduled.');
  return false;
}

function closingWords(result: 'scheduled' | 'unchanged', name: string, isPaused: boolean): string {
  if (result === 'unchanged') return 'Nothing has changed; the series goes on as it was.';
  if (isPaused) return `Scheduled. The series is paused; \`partwork resume ${name}\` lets it go on.`;
  return `Scheduled. \`partwork up\` (or \`work\`) sends it; \`partwork status ${name}\` shows how far it is.`;
}
