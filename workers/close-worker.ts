import type { Worker } from 'bullmq';
import type { App } from '../src/app.ts';
import { doneWithin } from '../src/domain/within.ts';

const PATIENCE_MS = 2_000;
const MOST_MISSED_ANSWERS = 5;

/** Waits for the worker's jobs, however long a mail takes; but not for ever for a Redis that is not there. */
export async function closeWorker(app: App, worker: Worker): Promise<void> {
  const closed = worker.close();
  for (let missed = 0; missed < MOST_MISSED_ANSWERS;) {
    if (await doneWithin(PATIENCE_MS, closed)) return;
    missed = (await doneWithin(PATIENCE_MS, app.ping())) ? 0 : missed + 1;
  }
  app.log.warn({ queue: worker.name }, 'Redis does not answer; stopping without it');
  await doneWithin(PATIENCE_MS, worker.close(true));
}
