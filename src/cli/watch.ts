import { parseEvery } from '../domain/every.ts';
import { SECOND_MS } from '../domain/instant.ts';
import { silentLog } from '../domain/log.ts';
import { EXIT } from '../domain/refusal.ts';
import { notScheduled } from './change-state.ts';
import type { Terminal } from './terminal.ts';
import type { SeriesId } from '../domain/series.ts';
import { withApp } from './with-app.ts';

interface WatchFlags {
  readonly every?: string;
  readonly json?: boolean;
}

const ON_SCREEN_MS = SECOND_MS;
const IN_LINES_MS = 5 * SECOND_MS;

/**
 * `partwork watch [series] [--every 5s] [--json]`: what goes on, live. A screen on a terminal, elsewhere a line for each change, or an
 * object a line. It goes on until it is ended, also while Redis is away.
 */
export function watch(
  terminal: Terminal,
  name: string | undefined,
  { every, json = false }: WatchFlags,
): Promise<number> {
  const hasScreen = process.stdout.isTTY && !json;
  const everyMs = every === undefined ? (hasScreen ? ON_SCREEN_MS : IN_LINES_MS) : parsePause(every);
  if (everyMs === undefined) {
    terminal.say(`--every: "${every}" is no pause. Write 5s, 1m, and at least 1s.`);
    return Promise.resolve(EXIT.usage);
  }
  return withApp(
    terminal,
    async (app) => {
      if (name !== undefined && (await app.store.plans.find(name as SeriesId)) === undefined)
        return notScheduled(terminal, app, name);
      const watching = { name, everyMs };
      if (!hasScreen)
        return (await import('./watch/watch-lines.ts')).watchLines(terminal, app, { ...watching, json });
      return (await import('./watch/watch-screen.ts')).watchScreen(terminal, app, watching);
    },
    // What is wrong is shown; words on stderr would stand in the picture, or between the lines.
    { log: silentLog },
    // Connections to a Redis that is gone would keep the process alive.
  ).then((exitCode) => terminal.endAtOnce(exitCode));
}

function parsePause(typed: string): number | undefined {
  const every = parseEvery(typed);
  return every?.kind === 'elapsed' && every.ms >= SECOND_MS ? every.ms : undefined;
}
