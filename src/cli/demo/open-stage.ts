import { startWorkers } from '../../../workers/main.ts';
import { openApp, type App } from '../../app.ts';
import { inboxFolder, openInbox } from '../../app/inbox.ts';
import type { Config } from '../../config.ts';
import { silentLog } from '../../domain/log.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { InboxMail } from '../../mail/local-inbox.ts';
import { openPages } from '../open-pages.ts';

/** Everything that works in the demo: a private Redis, a mail server that keeps all mail, workers, and the readers' pages. */
export interface Stage {
  readonly app: App;
  close(): Promise<void>;
}

const LOOK_EVERY_MS = 200;

export async function openStage(config: Config, onMail: (mail: InboxMail) => void): Promise<Stage | Refusal> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const one of closers.splice(0).toReversed()) await one();
  };
  try {
    const opened = await open(config, onMail, closers);
    if (!isRefusal(opened)) return { app: opened, close };
    await close();
    return opened;
  } catch (error) {
    await close();
    throw error;
  }
}

/** Puts a way to close each part on `closers` as soon as it is open. */
async function open(
  config: Config,
  onMail: (mail: InboxMail) => void,
  closers: (() => Promise<void>)[],
): Promise<App | Refusal> {
  const inbox = await openInbox(inboxFolder(config), onMail);
  closers.push(() => inbox.close());
  const options = { log: silentLog, lookEveryMs: LOOK_EVERY_MS, anyMailHost: true };
  const app = await openApp({ ...config, smtpUrl: inbox.url }, options);
  if (isRefusal(app)) return app;
  closers.push(() => app.close());
  const pages = await openPages(app);
  if (isRefusal(pages)) return pages;
  closers.push(() => pages.close());
  const workers = await startWorkers(app);
  if (isRefusal(workers)) return workers;
  closers.push(() => workers.drain());
  return app;
}
