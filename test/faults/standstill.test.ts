import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isBuilt } from '../support/partwork.ts';
import { openTestApp } from '../support/app.ts';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.ts';

/** Longer than two leases: whoever is silent for that long is taken for dead. */
const STANDSTILL_MS = 15_000;

test.skipIf(!isBuilt)(
  'a worker that stood still between DATA and the message, and was taken for dead, sends nothing when it goes on',
  async () => {
    let datas = 0;
    const t = await openTestApp({
      withoutWorkers: true,
      // The first one is asked to go on when it has been taken for dead; the other ones at once.
      script: ({ at }) =>
        at === 'data' && ++datas === 1 ? { reply: '354 Go on', afterMs: STANDSTILL_MS + 1_000 } : undefined,
    });
    const workers: WorkerProcess[] = [];
    try {
      await t.write('course', 'every: 0', { '1-one': 'title: One' });
      await t.join('course', 'reader');
      await t.schedule('course');
      const first = startWorkerProcess(t);
      workers.push(first);
      await expect.poll(() => datas, { timeout: 20_000 }).toBe(1);
      first.signal('SIGSTOP');
      workers.push(startWorkerProcess(t));
      await expect.poll(() => t.received('reader'), { timeout: STANDSTILL_MS + 10_000 }).toEqual(['One']);
      first.signal('SIGCONT');
      await expect
        .poll(() => t.smtp.commands.filter((line) => line.startsWith('MAIL')).length, { timeout: 5_000 })
        .toBe(2);
      await sleep(2_500);
      expect(t.smtp.transactions).toHaveLength(1);
    } finally {
      await Promise.all(workers.map((worker) => worker.kill()));
      await t.close();
    }
  },
  90_000,
);
