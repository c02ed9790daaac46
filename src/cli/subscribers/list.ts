import { listSubscribers } from '../../actions/list-subscribers.ts';
import { EXIT } from '../../domain/refusal.ts';
import type { SeriesId } from '../../domain/series.ts';
import { plainJson } from '../plain-json.ts';
import type { Terminal } from '../terminal.ts';
import { withApp } from '../with-app.ts';
import { standing } from './standing.ts';

/** `partwork subscribers list [--series S] [--json]`: one line a person; `--json` prints one object a line. */
export function list(
  terminal: Terminal,
  { series, json = false }: { series?: string; json?: boolean },
): Promise<number> {
  return withApp(terminal, async (app) => {
    let people = 0;
    for await (const page of listSubscribers(app, series as SeriesId | undefined)) {
      for (const view of page) {
        people++;
        if (json) terminal.print(plainJson(view, { isDense: true }));
        else {
          const shown = view.subscriptions.filter((one) => series === undefined || one.series === series);
          const places = shown.map((one) => `${one.series}: ${standing(one)}`).join('; ');
          terminal.print(
            `${view.subscriber.address}  ${places}${view.suppression === undefined ? '' : '  (suppressed)'}`,
          );
        }
      }
    }
    terminal.say(`${people} ${people === 1 ? 'subscriber' : 'subscribers'}.`);
    return EXIT.ok;
  });
}
