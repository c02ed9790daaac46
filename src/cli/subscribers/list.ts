import { listSubscribers, type SubscriberView } from '../../actions/list-subscribers.ts';
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
      people += page.length;
      const lines = page.map((view) =>
        json ? plainJson(view, { isDense: true }) : lineOf(view, series as SeriesId | undefined),
      );
      if (lines.length > 0) terminal.print(lines.join('\n'));
    }
    terminal.say(`${people} ${people === 1 ? 'subscriber' : 'subscribers'}.`);
    return EXIT.ok;
  });
}

function lineOf({ subscriber, subscriptions, suppression }: SubscriberView, series?: SeriesId): string {
  const shown = subscriptions.filter((one) => series === undefined || one.series === series);
  const places = shown.map((one) => `${one.series}: ${standing(one)}`).join('; ');
  return `${subscriber.address}  ${places}${suppression === undefined ? '' : '  (suppressed)'}`;
}
