import { MetricsTime, type Worker, type WorkerOptions } from 'bullmq';
import type { App } from '../src/app.ts';
import { QUEUE_PREFIX } from '../src/queue/queues.ts';

const LOCK_MS = 10_000;
const STALLED_CHECK_MS = 5_000;
/** BullMQ's own 15 seconds would come on top of every outage. */
const AGAIN_AFTER_OUTAGE_MS = 500;
const REST_MS = 1_000;
const TELL_AGAIN_MS = 10_000;

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
  runRetryDelay: AGAIN_AFTER_OUTAGE_MS,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 100 },
  // Without it BullMQ's counters of jobs stay at zero.
  metrics: { maxDataPoints: MetricsTime.ONE_HOUR },
});

/**
 * Lets a worker rest while the ledger is away, refuses to work or is not ours, and for a second after any other error: BullMQ would
 * try thousands of times a second.
 */
export function restOnTrouble(worker: Worker, { ledger, log }: Pick<App, 'ledger' | 'log'>): void {
  let isResting = false;
  let toldAt = -Infinity;
  const arrange = (): void => {
    void (isResting || ledger.trouble !== undefined ? worker.pause(true) : worker.resume());
  };
  ledger.onChange(arrange);
  if (ledger.trouble !== undefined) arrange();

  worker.on('failed', (job, error) => {
    if (ledger.suspect(error)) return;
    const facts = { queue: worker.name, reason: error.message };
    if (job !== undefined && job.attemptsMade < (job.opts.attempts ?? 1))
      log.warn(facts, 'a job is tried again later');
    else log.error(facts, 'a job failed');
  });
  worker.on('error', (error) => {
    if (ledger.suspect(error) || isResting) return;
    isResting = true;
    arrange();
    setTimeout(() => {
      isResting = false;
      arrange();
    }, REST_MS).unref();
    if (performance.now() - toldAt < TELL_AGAIN_MS) return;
    toldAt = performance.now();
    log.warn({ queue: worker.name, reason: firstLine(error) }, 'the queue has trouble; resting');
  });
}

// BullMQ's errors carry whole scripts and their arguments.
const firstLine = ({ message }: Error): string => message.split('\n', 1)[0]?.slice(0, 200) ?? '';
