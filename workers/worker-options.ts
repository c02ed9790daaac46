import type { Worker, WorkerOptions } from 'bullmq';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../src/domain/log.ts';
import { QUEUE_PREFIX } from '../src/queue/queues.ts';

const LOCK_MS = 10_000;
const STALLED_CHECK_MS = 5_000;
const SHORTEST_REST_MS = 1_000;
const LONGEST_REST_MS = 30_000;

/**
 * A crashed worker's job is free again after 10 to 15 seconds, and never "failed" for having crashed too often: jobs here only
 * say where to look.
 */
export const workerOptions = (
  connection: WorkerOptions['connection'],
  concurrency: number,
): WorkerOptions => ({
  connection,
  concurrency,
  prefix: QUEUE_PREFIX,
  lockDuration: LOCK_MS,
  stalledInterval: STALLED_CHECK_MS,
  maxStalledCount: Number.MAX_SAFE_INTEGER,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 100 },
});

/** Lets a worker rest while Redis refuses to work (out of memory, read-only): BullMQ would try thousands of times a second. */
export function restOnErrors(worker: Worker, log: Log): void {
  let restMs = SHORTEST_REST_MS;
  let isResting = false;
  worker.on('completed', () => (restMs = SHORTEST_REST_MS));
  worker.on('failed', (job, error) => {
    const facts = { queue: worker.name, reason: error.message };
    if (job !== undefined && job.attemptsMade < (job.opts.attempts ?? 1))
      log.warn(facts, 'a job is tried again later');
    else log.error(facts, 'a job failed');
  });
  worker.on('error', (error) => {
    if (isResting) return;
    isResting = true;
    log.warn({ queue: worker.name, reason: firstLine(error), restMs }, 'Redis is not answering; resting');
    void rest();
  });

  async function rest(): Promise<void> {
    await worker.pause(true);
    await sleep(restMs, undefined, { ref: false });
    restMs = Math.min(LONGEST_REST_MS, restMs * 2);
    await worker.resume();
    isResting = false;
  }
}

// BullMQ's errors carry whole scripts and their arguments.
const firstLine = ({ message }: Error): string => message.split('\n', 1)[0]?.slice(0, 200) ?? '';
