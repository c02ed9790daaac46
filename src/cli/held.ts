import { resolveHeld } from '../actions/resolve-held.ts';
import { EXIT } from '../domain/refusal.ts';
import type { SeriesId } from '../domain/series.ts';
import { notScheduled } from './change-state.ts';
import type { Terminal } from './terminal.ts';
import { withApp } from './with-app.ts';

interface HeldFlags {
  readonly resend?: boolean;
  readonly assumeAccepted?: boolean;
  readonly json?: boolean;
}

/** `partwork held <series> [--resend|--assume-accepted]`: deliveries of unknown outcome, and the operator's decision about them. */
export function held(
  terminal: Terminal,
  series: string,
  { resend = false, assumeAccepted = false, json = false }: HeldFlags,
): Promise<number> {
  if (resend && assumeAccepted) {
    terminal.say('Either --resend or --assume-accepted.');
    return Promise.resolve(EXIT.usage);
  }
  return withApp(terminal, async (app) => {
    if ((await app.store.plans.find(series as SeriesId)) === undefined)
      return notScheduled(terminal, app, series);
    const list = await app.store.held.list(series as SeriesId);
    if (json) terminal.print(JSON.stringify(list, null, 2));
    else for (const { subscriber, issue } of list) terminal.print(`${issue}  ${subscriber}`);
    if (!resend && !assumeAccepted) {
      terminal.say(
        `${list.length} held. --resend sends each once more, --assume-accepted goes on to the next issue.`,
      );
      return EXIT.ok;
    }
    const resolved = await resolveHeld(app, series as SeriesId, resend ? 'again' : 'accepted');
    terminal.say(resend ? `${resolved} will be sent once more.` : `${resolved} taken as accepted.`);
    return EXIT.ok;
  });
}
