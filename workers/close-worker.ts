import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'bullmq';
import type { App } from '../src/app.ts';

const PATIENCE_MS = 2_000;
const MOST_MISSED_ANSWERS = 5;

/** Waits for the worker's jobs, however long a mail takes; but not for ever for a Redis that is not there. */
export async function closeWorker(app: App, worker: Worker): Promise<void> {
  const closed = worker.close();
  for (let missed = 0; missed < MOST_MISSED_ANSWERS;) {
    if (await within(closed, PATIENCE_MS)) return;
    missed = (await within(app.ping(), PATIENCE_MS)) ? 0 : missed + 1;
  }
  app.log.warn({ queue: worker.name }, 'Redis does not answer; stopping without it');
  await worker.close(true);
}

/** Whether it was done in time. */
const within = (work: Promise<unknown>, ms: number): Promise<boolean> =>
  Promise.race([
    work.then(
      () => true,
      () => false,
    ),
    sleep(ms, false, { ref: false }),
  ]);
