import { DelayedError, Worker } from 'bullmq';
import { writeLetter, type LetterResult, type LetterTools } from '../src/actions/write-letter.ts';
import type { App } from '../src/app.ts';
import { SECOND_MS } from '../src/domain/instant.ts';
import type { LetterOrder } from '../src/domain/letter.ts';
import { LETTERS } from '../src/queue/queues.ts';
import { restOnTrouble, workerOptions } from './worker-options.ts';

const LATER: LetterResult = { kind: 'waiting', waitMs: SECOND_MS };

/** Queue `letters`: mail that somebody waits for, on workers and connections of its own. */
export function startLetterWorker(app: App, tools: LetterTools): Worker<LetterOrder> {
  const worker = new Worker<LetterOrder>(
    LETTERS,
    async (job, token) => {
      const result = (await app.ledger.isFit()) ? await writeLetter(tools, job.data) : LATER;
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
  restOnTrouble(worker, app);
  return worker;
}
