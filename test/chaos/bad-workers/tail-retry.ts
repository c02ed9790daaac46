// A BullMQ job for each mail, tuned until none is lost: what fails is tried again, at the tail of the queue. By then the reader has had
// the next issue. The checker has to find that.
import { Worker } from 'bullmq';
import { JOBS, transportOf, messageFor, queueConnection, type MailJob } from './mail-job.ts';

const CONNECTIONS = 10;

const transport = transportOf(process.env);
const worker = new Worker<MailJob>(
  JOBS,
  async ({ data }) => void (await transport.sendMail(messageFor(data))),
  {
    connection: queueConnection(process.env),
    concurrency: CONNECTIONS,
    maxStalledCount: Number.MAX_SAFE_INTEGER,
  },
);
worker.on('error', () => undefined);
