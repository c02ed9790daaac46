import type { App } from '../src/app.ts';
import { isRefusal, type Refusal } from '../src/domain/refusal.ts';
import { closeWorker } from './close-worker.ts';
import { startNoticeWorker } from './notices.ts';
import { Watchman } from './watchman.ts';

export interface Watch {
  /** Lets another process watch, and finishes what is being told. */
  end(): Promise<void>;
}

/**
 * Watches over the installation, and tells the writer. A process that has no mail server (`serve` may have none) leaves telling to those
 * that have: its mail would go to an inbox that nobody reads.
 */
export async function startWatch(app: App, { sendsMail }: { sendsMail: boolean }): Promise<Watch | Refusal> {
  const canTell = sendsMail || app.config.notify === undefined || app.config.smtpUrl !== undefined;
  if (!canTell)
    app.log.warn(
      {},
      'PARTWORK_NOTIFY needs SMTP_URL here, too: without it nobody tells when all workers are gone',
    );
  const opened = canTell ? await app.openNoticeWays() : undefined;
  if (isRefusal(opened)) return opened;
  const ways = opened?.ways ?? [];
  const worker = ways.length === 0 ? undefined : startNoticeWorker(app, ways);
  const watchman = new Watchman(app, ways);
  watchman.start();
  return {
    async end() {
      await watchman.end();
      if (worker !== undefined) await closeWorker(app, worker);
      await opened?.close();
    },
  };
}
