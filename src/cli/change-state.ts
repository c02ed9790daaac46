import { changeState } from '../actions/change-state.ts';
import type { SeriesState } from '../domain/plan.ts';
import { EXIT } from '../domain/refusal.ts';
import type { SeriesId } from '../domain/series.ts';
import type { Terminal } from './terminal.ts';
import { withApp } from './with-app.ts';

const DONE: Readonly<Record<SeriesState, string>> = {
  running: 'goes on. Nobody gets two issues at once: the gap counts from the last one each reader got.',
  paused: 'is paused; every reader keeps their place. `partwork resume` lets it go on.',
  cancelled:
    'is cancelled; readers stay subscribed and keep their place. `partwork schedule` starts it again.',
};

/** `partwork pause|resume|cancel <series>`. */
export function setState(terminal: Terminal, series: string, state: SeriesState): Promise<number> {
  return withApp(terminal, async (app) => {
    const before = await app.store.plans.find(series as SeriesId);
    if (before === undefined) return notScheduled(terminal, series);
    if (before.state === 'cancelled' && state !== 'cancelled') {
      terminal.say(`Series "${series}" is cancelled. \`partwork schedule ${series}\` starts it again.`);
      return EXIT.refused;
    }
    await changeState(app, before.series, state);
    terminal.say(`Series "${series}" ${DONE[state]}`);
    return EXIT.ok;
  });
}

export function notScheduled(terminal: Terminal, series: string): number {
  terminal.say(`Series "${series}" has not been scheduled: \`partwork schedule ${series}\`.`);
  return EXIT.failed;
}
