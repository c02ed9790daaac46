import { Worker } from 'bullmq';
import { dispatchDue } from '../src/actions/dispatch-due.ts';
import type { App } from '../src/app.ts';
import { RELEASES, type LookJob } from '../src/queue/queues.ts';
import { restOnTrouble, workerOptions } from './worker-options.ts';

/** Queue `releases`: look who is due in a series. The job says which series, and nothing else. */
export function startReleaseWorker(app: App): Worker<LookJob> {
  const worker = new Worker<LookJob>(
    RELEASES,
    async ({ data }) => {
      if (await app.ledger.isFit()) await dispatchDue(app, data.series);
    },
    workerOptions(app.queueConnection, 1),
  );
  restOnTrouble(worker, app);
  return worker;
}
