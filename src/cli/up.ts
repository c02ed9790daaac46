import { startWorkers, type RunningWorkers } from '../../workers/main.ts';
import { openApp, type App } from '../app.ts';
import type { Config } from '../config.ts';
import { EXIT, isRefusal, type Refusal } from '../domain/refusal.ts';
import { openPages, sayWherePagesAre } from './open-pages.ts';
import { openServiceLog } from './service-log.ts';
import { exitCodeOf, untilStopped, type StopSignal } from './signals.ts';
import type { Terminal } from './terminal.ts';
import { refuse, withConfig } from './with-app.ts';
import type { ServiceFlags } from './work.ts';

/** `partwork up`: web and workers in one process, with a private Redis if none is given, until SIGTERM or Ctrl-C. */
export function up(terminal: Terminal, flags: ServiceFlags): Promise<number> {
  return withConfig(terminal, async (config) => {
    const { lockDataFolder } = await import('../app/data-folder.ts');
    const lock = await lockDataFolder(config.dataFolder);
    if (lock.kind === 'busy') return refuse(terminal, alreadyUp(config, lock.pid));
    let ended: StopSignal | Refusal;
    try {
      ended = await runUntilStopped(terminal, config, flags);
    } finally {
      await lock.release();
    }
    // Connections to a Redis that is gone would keep the process alive.
    return isRefusal(ended) ? refuse(terminal, ended) : terminal.endAtOnce(exitCodeOf(ended));
  });
}

async function runUntilStopped(
  terminal: Terminal,
  config: Config,
  flags: ServiceFlags,
): Promise<StopSignal | Refusal> {
  const stopped = untilStopped((signal) => terminal.endAtOnce(exitCodeOf(signal)));
  const app = await openApp(config, { log: openServiceLog(config.logLevel), ...flags });
  if (isRefusal(app)) return app;
  try {
    const web = await openPages(app);
    if (isRefusal(web)) return web;
    try {
      return await workUntil(stopped, terminal, app, web.port);
    } finally {
      await web.close();
    }
  } finally {
    await app.close();
  }
}

async function workUntil(
  stopped: Promise<StopSignal>,
  terminal: Terminal,
  app: App,
  port: number,
): Promise<StopSignal | Refusal> {
  const workers = await startWorkers(app);
  if (isRefusal(workers)) return workers;
  await announce(terminal, app, port, workers);
  const signal = await stopped;
  terminal.say('Stopping: no new mail is started, what is under way is finished. Again to stop at once.');
  await workers.drain();
  return signal;
}

async function announce(
  terminal: Terminal,
  app: App,
  port: number,
  { mailsTo }: RunningWorkers,
): Promise<void> {
  const series = await app.store.plans.all();
  terminal.say(`Partwork is up. Mail: ${mailsTo}.`);
  sayWherePagesAre(terminal, app.config, port);
  if (series.length === 0)
    terminal.say('No series is scheduled yet: `partwork schedule <series>` in another terminal.');
  for (const plan of series) terminal.say(`  ${plan.series}: ${plan.state}`);
}

const alreadyUp = ({ dataFolder }: Config, pid: number): Refusal => ({
  message: `Partwork is already up on ${dataFolder} (process ${pid}).`,
  fix: 'Use that one, or choose another data folder with PARTWORK_DATA.',
  exitCode: EXIT.failed,
});
