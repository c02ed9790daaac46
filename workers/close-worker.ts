import type { Worker } from 'bullmq';
import type { App } from '../src/app.ts';
import { doneWithin } from '../src/domain/within.ts';

const PATIENCE_MS = 2_000;
const MOST_MISSED_ANSWERS = 5;

/** Waits for the worker's jobs. */
export async function closeWorker(app: App, worker: Worker): Promise<void> {
  if (await untilDone(app, worker.close())) return;
  app.log.warn({ queue: worker.name }, 'the ledger is not there; stopping without it');
  await doneWithin(PATIENCE_MS, worker.close(true));
}

/** Waits for work, however long a mail takes; but not for ever for a ledger that is not there. Whether it was done. */
export async function untilDone(app: App, work: Promise<unknown>): Promise<boolean> {
  for (let missed = 0; missed < MOST_MISSED_ANSWERS;) {
    if (await doneWithin(PATIENCE_MS, work)) return true;
    const answers = await doneWithin(PATIENCE_MS, app.ping());
    missed = answers && app.ledger.isTrusted ? 0 : missed + 1;
  }
  return false;
}
