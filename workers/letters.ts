import { DelayedError, Worker } from 'bullmq';
import { writeLetter, type LetterTools } from '../src/actions/write-letter.ts';
import type { App } from '../src/app.ts';
import type { LetterOrder } from '../src/domain/letter.ts';
import { LETTERS } from '../src/queue/queues.ts';
import { restOnErrors, workerOptions } from './worker-options.ts';

/** Queue `letters`: mail that somebody waits for, on workers and connections of its own. */
export function startLetterWorker(app: App, tools: LetterTools): Worker<LetterOrder> {
  const worker = new Worker<LetterOrder>(
    LETTERS,
    async (job, token) => {
      const result = await writeLetter(tools, job.data);
      if (result.kind === 'deferred') throw new Error(result.reason);
      if (result.kind === 'waiting') {
        // Unlike a failure, this spends none of the job's tries.
        await job.moveToDelayed(Date.now() + result.waitMs, token);
        throw new DelayedError();
      }
      const { kind, series } = job.data;
      app.log.info({ letter: kind, series }, result.kind);
    },
    workerOptions(app.queueConnection, tools.sender.connections),
  );
  restOnErrors(worker, app.log);
  return worker;
}
