import { takePresent } from '../actions/overview.ts';
import { EXIT } from '../domain/refusal.ts';
import { notScheduled } from './change-state.ts';
import { plainJson } from './plain-json.ts';
import { describeStatus } from './status/describe-status.ts';
import { seriesJson } from './status/status-json.ts';
import { painted } from './styled-line.ts';
import type { Terminal } from './terminal.ts';
import { withApp } from './with-app.ts';

/** BullMQ takes longer to load than all the rest to be asked, and status shows no queue. */
const noQueues = { depths: () => Promise.resolve([]) };

/**
 * `partwork status [series] [--json]`: whether it went out, what needs attention, and per issue the audience and how it adds up. One
 * reading of the ledger, the same that `watch` and the pages show.
 */
export function status(
  terminal: Terminal,
  name: string | undefined,
  { json = false }: { json?: boolean },
): Promise<number> {
  return withApp(terminal, async (app) => {
    const present = await takePresent({ store: app.store, queues: noQueues });
    const series = present.series.filter(({ plan }) => name === undefined || plan.series === name);
    if (name !== undefined && series.length === 0) return notScheduled(terminal, app, name);

    if (json) terminal.print(plainJson(series.map((one) => seriesJson(one, present))));
    else if (series.length === 0)
      terminal.say('No series has been scheduled yet: `partwork schedule <series>`.');
    else
      for (const line of describeStatus({ ...present, series }, terminal.paper()))
        terminal.print(painted(line, terminal.style).trimEnd());
    return EXIT.ok;
  });
}
