import { startWorkers } from '../../workers/main.ts';
import { openApp } from '../app.ts';
import { isRefusal } from '../domain/refusal.ts';
import { openServiceLog } from './service-log.ts';
import { exitCodeOf, untilStopped } from './signals.ts';
import type { Terminal } from './terminal.ts';
import { refuse, withConfig } from './with-app.ts';

export interface ServiceFlags {
  readonly unsafe?: boolean;
  readonly afterRestore?: boolean;
}

/** `partwork work`: workers until SIGTERM or Ctrl-C. Stops claiming, finishes what is under way; a second signal ends at once. */
export function work(terminal: Terminal, flags: ServiceFlags): Promise<number> {
  return withConfig(terminal, async (config) => {
    const stopped = untilStopped((signal) => terminal.endAtOnce(exitCodeOf(signal)));
    const app = await openApp(config, { log: openServiceLog(config.logLevel), ...flags });
    if (isRefusal(app)) return refuse(terminal, app);
    const workers = await startWorkers(app);
    if (isRefusal(workers)) {
      await app.close();
      return refuse(terminal, workers);
    }
    app.log.info({ mail: workers.mailsTo }, 'working');
    const signal = await stopped;
    app.log.info({ signal }, 'stopping: no new claims, mails under way are finished');
    await workers.drain();
    await app.close();
    // Connections to a Redis that is gone would keep the process alive.
    return terminal.endAtOnce(exitCodeOf(signal));
  });
}
