import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { lockDataFolder } from '../app/data-folder.ts';
import { inboxEntries, inboxFolder } from '../app/inbox.ts';
import { openStudio } from '../app/studio.ts';
import type { Config } from '../config.ts';
import { SECOND_MS } from '../domain/instant.ts';
import { EXIT, isRefusal, type Refusal } from '../domain/refusal.ts';
import { startWeb } from '../web/server.ts';
import { castFor, mailsDue, type Cast } from './demo/cast.ts';
import { demoConfig, HOSTNAME, type DemoSites } from './demo/demo-config.ts';
import { freePort } from '../app/free-port.ts';
import { inboxSite } from './demo/inbox-site.ts';
import { openStage, type Stage } from './demo/open-stage.ts';
import { playSeries } from './demo/play-series.ts';
import { proveDelivery } from './demo/prove-delivery.ts';
import { showMails } from './demo/show-mails.ts';
import { exitCodeOf, untilStopped } from './signals.ts';
import type { Terminal } from './terminal.ts';
import { refuse, withConfig } from './with-app.ts';

/** A day of the demo. */
const DAY_MS = 3 * SECOND_MS;

/**
 * `partwork demo [--once]`: a private Redis, a local inbox, the example series and the readers' pages, sped up: a day takes three
 * seconds. Shows each mail as it comes in; when all are in it reads the inbox back and says what that proves. Visitors of the pages may
 * subscribe until it is ended.
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
      const pagesPort = await freePort(HOSTNAME);
      const pagesUrl = `http://${HOSTNAME}:${pagesPort}`;
      const inbox = await startWeb(inboxSite(folder, pagesUrl), 0, { hostname: HOSTNAME });
      const sites = { pagesPort, pagesUrl, inboxUrl: `http://${HOSTNAME}:${inbox.port}` };
      try {
        return await run(terminal, demoConfig(own, folder, sites), sites, once);
      } finally {
        await inbox.close();
      }
    } finally {
      await lock.release();
    }
  });
}

async function run(terminal: Terminal, config: Config, sites: DemoSites, once: boolean): Promise<number> {
  const stopping = new AbortController();
  const stopped = untilStopped((signal) => terminal.endAtOnce(exitCodeOf(signal)));
  void stopped.then(() => stopping.abort());

  const cast = castFor((await openStudio(config).load()).series, DAY_MS);
  const shown = showMails(terminal, cast);
  const stage = await openStage(config, shown.onMail);
  if (isRefusal(stage)) return refuse(terminal, stage);
  try {
    introduce(terminal, config, sites);
    await showTheWayIn(terminal, stage, sites);
    await play(terminal, config, stage, cast, stopping.signal);
    await Promise.race([shown.allIn, aborted(stopping.signal)]);
    if (stopping.signal.aborted) return exitCodeOf(await stopped);

    const exitCode = await tellProof(terminal, config, cast);
    if (once) return exitCode;
    terminal.say(
      `\nIt goes on: subscribe at ${sites.pagesUrl}/, read at ${sites.inboxUrl}/. Ctrl-C ends it.`,
    );
    await stopped;
    return exitCode;
  } finally {
    await stage.close();
  }
}

function introduce(terminal: Terminal, config: Config, { pagesUrl, inboxUrl }: DemoSites): void {
  terminal.say('Partwork demo. A private Redis and a local inbox are running; nobody gets any mail.');
  terminal.say(`Readers' pages: ${pagesUrl}/. Subscribe there with any address.`);
  terminal.say(
    `Inbox: ${inboxUrl}/. All mail comes in there, and into ${relative('', inboxFolder(config))}/.`,
  );
}

async function showTheWayIn(terminal: Terminal, { app }: Stage, { pagesUrl }: DemoSites): Promise<void> {
  const token = await app.store.adminSessions.invite();
  terminal.say(`Dashboard: ${pagesUrl}/admin/enter/${token} (signs you in once).`);
  terminal.say(`A day takes ${DAY_MS / SECOND_MS} seconds.\n`);
}

async function play(
  terminal: Terminal,
  config: Config,
  { app }: Stage,
  cast: Cast,
  stopping: AbortSignal,
): Promise<void> {
  // Its mail server is our own inbox, which can reach this machine.
  const { lint } = openStudio(config);
  await playSeries({ ...app, lint }, terminal, cast, DAY_MS, stopping);
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
