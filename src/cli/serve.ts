import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startWatch } from '../../workers/watch.ts';
import { openApp } from '../app.ts';
import type { Config } from '../config.ts';
import { EXIT, isRefusal, type Refusal } from '../domain/refusal.ts';
import { openPages, sayWherePagesAre } from './open-pages.ts';
import { openServiceLog } from './service-log.ts';
import { exitCodeOf, untilStopped, type StopSignal } from './signals.ts';
import type { Terminal } from './terminal.ts';
import { refuse, withConfig } from './with-app.ts';
import type { ServiceFlags } from './work.ts';

/** `partwork serve`: the readers' pages, until SIGTERM or Ctrl-C. Mail is sent by `work`, here or elsewhere. */
export function serve(terminal: Terminal, flags: ServiceFlags): Promise<number> {
  return withConfig(terminal, async (config) => {
    if (config.secrets.length === 0) return refuse(terminal, noSecret(config));
    const ended = await serveUntilStopped(terminal, config, flags);
    // Connections to a Redis that is gone would keep the process alive.
    return isRefusal(ended) ? refuse(terminal, ended) : terminal.endAtOnce(exitCodeOf(ended));
  });
}

async function serveUntilStopped(
  terminal: Terminal,
  config: Config,
  flags: ServiceFlags,
): Promise<StopSignal | Refusal> {
  const stopped = untilStopped((signal) => terminal.endAtOnce(exitCodeOf(signal)));
  const app = await openApp(config, { log: openServiceLog(config.logLevel), ...flags });
  if (isRefusal(app)) return app;
  try {
    const pages = await openPages(app);
    if (isRefusal(pages)) return pages;
    const watch = await startWatch(app, { sendsMail: false });
    if (isRefusal(watch)) {
      await pages.close();
      return watch;
    }
    terminal.say('Partwork serves its pages. Mail is sent by `partwork work`.');
    sayWherePagesAre(terminal, config, pages.port);
    const signal = await stopped;
    await watch.end();
    await pages.close();
    return signal;
  } finally {
    await app.close();
  }
}

/** One made up here would be worth nothing to the workers, which sign the links in mails. */
function noSecret({ dataFolder }: Config): Refusal {
  const own = join(dataFolder, 'secret');
  return {
    message:
      'PARTWORK_SECRET is not set. The links in mails are signed with it, and are only good where it is the same.',
    fix: existsSync(own)
      ? `Mails sent from here are signed with the one in the data folder; use it: PARTWORK_SECRET_FILE=${own}`
      : 'Make one with `openssl rand -hex 32`, and give the same to `partwork work`.',
    exitCode: EXIT.configuration,
  };
}
