import { changeState } from '../actions/change-state.ts';
import type { SeriesState } from '../domain/plan.ts';
import type { App } from '../app.ts';
import { EXIT } from '../domain/refusal.ts';
import type { SeriesId } from '../domain/series.ts';
import { sayUnknownSeries } from './content-problems.ts';
import type { Terminal } from './terminal.ts';
import { withApp } from './with-app.ts';

const DONE: Readonly<Record<SeriesState, string>> = {
  running: 'goes on. Nobody gets two issues at once: the gap counts from the last one each reader got.',
  paused: 'is paused; every reader keeps their place. `partwork resume <series>` lets it go on.',
  cancelled:
    'is cancelled; readers stay subscribed and keep their place. `partwork schedule` starts it again.',
};

/** `partwork pause|resume|cancel <series>`. */
export function setState(terminal: Terminal, series: string, state: SeriesState): Promise<number> {
  return withApp(terminal, async (app) => {
    const before = await app.store.plans.find(series as SeriesId);
    if (before === undefined) return notScheduled(terminal, app, series);
    if (before.state === 'cancelled' && state !== 'cancelled') {
      terminal.say(`Series "${series}" is cancelled. \`partwork schedule ${series}\` starts it again.`);
      return EXIT.refused;
    }
    if (before.state === state) {
      terminal.say(`Series "${series}" was ${state} already.`);
      return EXIT.ok;
    }
    await changeState(app, before.series, state);
    terminal.say(`Series "${series}" ${DONE[state]}`);
    return EXIT.ok;
  });
}

/** Says that a series is not scheduled, or not there at all. */
export async function notScheduled(terminal: Terminal, app: App, series: string): Promise<number> {
  const { reports } = await app.load();
  if (reports.some(({ id }) => id === series)) {
    terminal.say(`Series "${series}" has not been scheduled: \`partwork schedule ${series}\`.`);
  } else {
    await sayUnknownSeries(terminal, app, series);
  }
  return EXIT.failed;
}
