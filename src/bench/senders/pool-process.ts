// Nodemailer's pool in a process of its own: `pool-process mail|raw <file of a SenderJob>`.
import { answerParent } from '../answer-parent.ts';
import { monotonicMs } from '../monotonic-ms.ts';
import { mailWay, rawWay } from './nodemailer-ways.ts';
import { readJob } from './sender-job.ts';

const [, , kind, file = ''] = process.argv;
const job = readJob(file);
const way = kind === 'raw' ? rawWay(job) : mailWay(job);
/** A few more than there are connections, so that none waits for us. */
const LANES = 2 * job.connections;

answerParent({
  /** Sends to readers 1 to `readers`, and returns how long that took, ms. */
  async send(readers: number) {
    const began = monotonicMs();
    let next = 1;
    const lane = async (_: unknown, index: number) => {
      while (next <= readers) await way.send(next++, index);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return monotonicMs() - began;
  },
});
