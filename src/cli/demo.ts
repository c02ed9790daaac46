import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { startWorkers } from '../../workers/main.ts';
import { openApp } from '../app.ts';
import { lockDataFolder } from '../app/data-folder.ts';
import { inboxEntries, inboxFolder, inboxMail, openInbox } from '../app/inbox.ts';
import { packageFolder } from '../app/package-folder.ts';
import { openStudio } from '../app/studio.ts';
import type { Config } from '../config.ts';
import { SECOND_MS } from '../domain/instant.ts';
import { silentLog } from '../domain/log.ts';
import { EXIT, isRefusal, type Refusal } from '../domain/refusal.ts';
import { createInboxPage } from '../web/inbox-page.ts';
import { startWeb, type WebServer } from '../web/server.ts';
import { castFor, mailsDue, type Cast } from './demo/cast.ts';
import { playSeries } from './demo/play-series.ts';
import { proveDelivery } from './demo/prove-delivery.ts';
import { showMails } from './demo/show-mails.ts';
import { exitCodeOf, untilStopped } from './signals.ts';
import type { Terminal } from './terminal.ts';
import { refuse, withConfig } from './with-app.ts';

/** A day of the demo. */
const DAY_MS = 3 * SECOND_MS;
const LOOK_EVERY_MS = 200;

/**
 * `partwork demo [--once]`: a private Redis, a local inbox, the example series, sped up: a day takes three seconds. Shows each
 * mail as it comes in; at the end it reads the inbox back and says what that proves.
 */
export function demo(terminal: Terminal, { once = false }: { once?: boolean }): Promise<number> {
  return withConfig(terminal, async (own) => {
    const folder = join(own.dataFolder, 'demo');
    const lock = await lockDataFolder(folder);
    if (lock.kind === 'busy') return refuse(terminal, alreadyRunning(lock.pid));
    try {
      for (const left of ['redis', 'inbox', 'instance.json']) {
        await rm(join(folder, left), { recursive: true, force: true });
      }
      const page = await startWeb(inboxPage(folder), 0);
      const exitCode = await run(terminal, demoConfig(own, folder, page), page, once);
      await page.close();
      return exitCode;
    } finally {
      await lock.release();
    }
  });
}

async function run(terminal: Terminal, config: Config, page: WebServer, once: boolean): Promise<number> {
  const stopping = new AbortController();
  const stopped = untilStopped((signal) => terminal.endAtOnce(exitCodeOf(signal)));
  void stopped.then(() => stopping.abort());

  const cast = castFor((await openStudio(config).load()).series, DAY_MS);
  const delivered = await deliver(terminal, config, page, cast, stopping.signal);
  if (isRefusal(delivered)) return refuse(terminal, delivered);
  if (stopping.signal.aborted) return exitCodeOf(await stopped);

  const exitCode = await tellProof(terminal, config, cast);
  if (once) return exitCode;
  terminal.say(`\nRead the mails at http://localhost:${page.port}/. Ctrl-C ends the demo.`);
  await stopped;
  return exitCode;
}

/** Runs everything until the last mail is in, or until it is stopped. */
async function deliver(
  terminal: Terminal,
  config: Config,
  page: WebServer,
  cast: Cast,
  stopping: AbortSignal,
): Promise<'done' | Refusal> {
  const shown = showMails(terminal, mailsDue(cast));
  const inbox = await openInbox(inboxFolder(config), shown.onMail);
  try {
    const app = await openApp(
      { ...config, smtpUrl: inbox.url },
      { log: silentLog, lookEveryMs: LOOK_EVERY_MS },
    );
    if (isRefusal(app)) return app;
    try {
      const workers = await startWorkers(app);
      if (isRefusal(workers)) return workers;
      try {
        introduce(terminal, config, page);
        // Its mail server is our own inbox, which can reach this machine.
        const { lint } = openStudio(config);
        await playSeries({ ...app, lint }, terminal, cast, DAY_MS, stopping);
        await Promise.race([shown.allIn, aborted(stopping)]);
      } finally {
        await workers.drain();
      }
      return 'done';
    } finally {
      await app.close();
    }
  } finally {
    await inbox.close();
  }
}

function introduce(terminal: Terminal, config: Config, page: WebServer): void {
  terminal.say('Partwork demo. A private Redis and a local inbox are running; nobody gets any mail.');
  terminal.say(
    `Mails are kept in ${relative('', inboxFolder(config))}/ and shown at http://localhost:${page.port}/.`,
  );
  terminal.say(`A day takes ${DAY_MS / SECOND_MS} seconds.\n`);
}

async function tellProof(terminal: Terminal, config: Config, cast: Cast): Promise<number> {
  const { lines, broken } = proveDelivery(cast, await inboxEntries(inboxFolder(config)));
  terminal.say('\nRead back from the inbox, in the order the mails came:');
  for (const line of [...lines, ...broken.map((complaint) => `  ! ${complaint}`)]) terminal.print(line);
  if (broken.length > 0) return EXIT.failed;
  terminal.print(
    `${mailsDue(cast)} mails, ${cast.readers.length} subscriptions: each got every issue once, in order.`,
  );
  return EXIT.ok;
}

function demoConfig(own: Config, dataFolder: string, page: WebServer): Config {
  const { redisUrl: _redis, smtpUrl: _smtp, dkim: _dkim, ...settings } = own;
  const here = `http://localhost:${page.port}`;
  const contentFolder = join(packageFolder(), 'content');
  return {
    ...settings,
    dataFolder,
    contentFolder,
    templatesFolder: join(packageFolder(), 'templates'),
    baseUrl: here,
    siteUrl: here,
    secrets: [],
    postalAddress: 'Partwork demo, 1 Example Street, 10000 Example City',
  };
}

function inboxPage(dataFolder: string) {
  const folder = inboxFolder({ dataFolder });
  return createInboxPage({
    contentFolder: join(packageFolder(), 'content'),
    entries: () => inboxEntries(folder),
    async htmlOf(number) {
      const entry = (await inboxEntries(folder)).find((one) => one.number === number);
      return entry === undefined ? undefined : (await inboxMail(entry.file)).html;
    },
  });
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

const alreadyRunning = (pid: number): Refusal => ({
  message: `The demo is running already (process ${pid}).`,
  fix: 'Look at that one, or end it with Ctrl-C.',
  exitCode: EXIT.failed,
});
