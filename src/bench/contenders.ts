import { join } from 'node:path';
import { Queue } from 'bullmq';
import type { RenderedIssue } from '../domain/rendered-issue.ts';
import type { QueueConnection } from '../queue/queues.ts';
import { queueLink } from '../store/connect-redis.ts';
import { openChild } from './child.ts';
import { CONNECTIONS } from './site.ts';
import { monotonicMs } from './monotonic-ms.ts';
import { pollUntil } from './poll.ts';
import { processCost } from './process-cost.ts';
import { readerAddress } from './reader-address.ts';
import { NAIVE_PREFIX, NAIVE_QUEUE, type NaiveJob } from './senders/naive-queue.ts';
import { runPostfixSource } from './senders/postfix-source.ts';
import { writeJob, type SenderJob } from './senders/sender-job.ts';
import type { Sink } from './sinks/sink.ts';
import type { Workshop } from './workshop.ts';
import { WrongResult } from './wrong-result.ts';

/** What one run of a contender came to. */
export interface Measurement {
  /** Mails a second; the product's from release to the last mail. */
  readonly rate: number;
  /** The same from the first mail on. */
  readonly rateOnceBegun?: number;
  /** µs of the sending processes a mail, and of Redis. */
  readonly senderUs?: number;
  readonly redisUs?: number;
  /** Bytes. */
  readonly peakRss?: number;
}

/** Somebody who sends an issue to readers 1 to `mails`. */
export interface Contender {
  readonly name: string;
  send(mails: number, sink: Sink): Promise<Measurement>;
}

/** Sends, and throws when not everybody has got one mail: a figure of a run that went wrong means nothing. */
export async function measure(contender: Contender, mails: number, sink: Sink): Promise<Measurement> {
  await sink.expect(mails);
  const measurement = await contender.send(mails, sink);
  await sink.verify();
  return measurement;
}

interface PoolOptions {
  readonly workshop: Workshop;
  readonly port: number;
  readonly rendered: RenderedIssue;
  readonly dkim?: SenderJob['dkim'];
}

/** Nodemailer's pool: (a) `mail` builds each message from HTML and text, (b) `raw` is given ours. */
export async function openPool(kind: 'mail' | 'raw', options: PoolOptions): Promise<Contender> {
  const file = await jobFile(options, kind);
  const child = await openChild(options.workshop, 'senders/pool-process', [kind, file]);
  return {
    name: kind === 'mail' ? 'a' : 'b',
    async send(mails) {
      const before = await processCost(child.pid);
      const ms = await child.ask<number>('send', mails);
      const after = await processCost(child.pid);
      return { rate: (mails / ms) * 1_000, ...costOf(before, after, mails) };
    },
  };
}

/** The naive product: a job for each reader, and `sendMail` in the job. `redisUs` asks what Redis has worked so far. */
export async function openNaive(
  options: PoolOptions & { readonly redisAddress: string; readonly redisUs: () => Promise<number> },
): Promise<Contender> {
  const { workshop, redisAddress, redisUs } = options;
  const child = await openChild(workshop, 'senders/naive-process', [
    await jobFile(options, 'naive', options.redisAddress),
  ]);
  const connection = queueLink(redisAddress) as QueueConnection;
  const queue = new Queue<NaiveJob>(NAIVE_QUEUE, { connection, prefix: NAIVE_PREFIX });
  workshop.keep(() => queue.close());
  return {
    name: 'naive',
    async send(mails) {
      await child.ask('forget');
      const [before, redisBefore] = [await processCost(child.pid), await redisUs()];
      const began = monotonicMs();
      await addJobs(queue, mails);
      await pollUntil('The naive product', async () => {
        const { done, failed } = await child.ask<{ done: number; failed: number }>('count');
        if (failed > 0) throw new WrongResult(`${failed} jobs of the naive product failed.`);
        return { count: done, isSo: done === mails };
      });
      const rate = (mails / (monotonicMs() - began)) * 1_000;
      const [after, redisAfter] = [await processCost(child.pid), await redisUs()];
      return { rate, redisUs: (redisAfter - redisBefore) / mails, ...costOf(before, after, mails) };
    },
  };
}

/** (c) Postfix's smtp-source, with messages as large as ours. */
export function postfixSource(workshop: Workshop, port: number, size: number): Contender {
  return {
    name: 'c',
    async send(mails) {
      const ms = await runPostfixSource(workshop, { port, connections: CONNECTIONS, mails, size });
      if (ms === undefined) throw new Error('smtp-source has gone away.');
      return { rate: (mails / ms) * 1_000 };
    },
  };
}

type Cost = Awaited<ReturnType<typeof processCost>>;

export const costOf = (
  before: Cost,
  after: Cost,
  mails: number,
): Pick<Measurement, 'senderUs' | 'peakRss'> =>
  before === undefined || after === undefined
    ? {}
    : { senderUs: (after.cpuUs - before.cpuUs) / mails, peakRss: after.peakRss };

async function jobFile({ workshop, port, rendered, dkim }: PoolOptions, run: string, redisAddress?: string) {
  const file = join(await workshop.folder(), 'job.json');
  const job: SenderJob = {
    port,
    connections: CONNECTIONS,
    rendered,
    run,
    ...(dkim !== undefined && { dkim }),
    ...(redisAddress !== undefined && { redisAddress }),
  };
  writeJob(file, job);
  return file;
}

async function addJobs(queue: Queue<NaiveJob>, mails: number): Promise<void> {
  const AT_ONCE = 1_000;
  for (let from = 1; from <= mails; from += AT_ONCE) {
    const count = Math.min(AT_ONCE, mails + 1 - from);
    const jobs = Array.from({ length: count }, (_, index) => {
      const n = from + index;
      return { name: 'send', data: { n, email: readerAddress(n, 'naive'), name: '' } };
    });
    await queue.addBulk(jobs);
  }
}
