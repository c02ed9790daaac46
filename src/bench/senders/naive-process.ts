// The product that is written first: a job for each reader, `sendMail` in its worker. `naive-process <file of a SenderJob>`.
import { Worker } from 'bullmq';
import { queueLink } from '../../store/connect-redis.ts';
import { answerParent } from '../answer-parent.ts';
import type { QueueConnection } from '../../queue/queues.ts';
import { mailWay } from './nodemailer-ways.ts';
import { readJob } from './sender-job.ts';
import { NAIVE_PREFIX, NAIVE_QUEUE, type NaiveJob } from './naive-queue.ts';

const job = readJob(process.argv[2] ?? '');
const way = mailWay(job);
let done = 0;
let failed = 0;

const worker = new Worker<NaiveJob>(NAIVE_QUEUE, async ({ data }) => way.send(data.n, 0), {
  connection: queueLink(job.redisAddress ?? '') as QueueConnection,
  prefix: NAIVE_PREFIX,
  concurrency: 2 * job.connections,
  removeOnComplete: { count: 0 },
});
worker.on('completed', () => (done += 1));
worker.on('failed', () => (failed += 1));
worker.on('error', () => (failed += 1));
await worker.waitUntilReady();

answerParent({
  forget: () => void (done = failed = 0),
  count: () => ({ done, failed }),
});
