// What most programs do: a BullMQ job for each mail, with BullMQ's own idea of how often a job may be lost sight of. A job whose worker
// dies twice is "failed", and nobody gets that mail. The checker has to find that.
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'bullmq';
import { JOBS, transportOf, messageFor, queueConnection, type MailJob } from './mail-job.ts';

/** Shorter than the defaults of 30 seconds, so that a run takes seconds; what happens is the same. */
const LOCK_MS = 600;
const STALLED_CHECK_MS = 300;
const CONNECTIONS = 10;
/** As if it rendered the mail in the job. */
const RENDERING_MS = 150;

const transport = transportOf(process.env);
const worker = new Worker<MailJob>(
  JOBS,
  async ({ data }) => {
    await sleep(RENDERING_MS);
    await transport.sendMail(messageFor(data));
  },
  {
    connection: queueConnection(process.env),
    concurrency: CONNECTIONS,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_CHECK_MS,
  },
);
worker.on('error', () => undefined);
