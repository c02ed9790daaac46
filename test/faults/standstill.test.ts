import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isBuilt } from '../support/partwork.ts';
import { openTestApp, type TestApp } from '../support/app.ts';

/** Longer than two leases: whoever is silent for that long is taken for dead. */
const STANDSTILL_MS = 15_000;

function startWorker(t: TestApp): ChildProcess {
  return spawn(process.execPath, ['dist/src/cli/main.js', 'work'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      REDIS_URL: t.redis.url,
      SMTP_URL: t.config.smtpUrl,
      PARTWORK_DATA: t.config.dataFolder,
      PARTWORK_CONTENT: t.config.contentFolder,
      LOG_LEVEL: 'error',
    },
  });
}

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
    const workers: ChildProcess[] = [];
    try {
      await t.write('course', 'every: 0', { '1-one': 'title: One' });
      await t.join('course', 'reader');
      await t.schedule('course');
      const first = startWorker(t);
      workers.push(first);
      await expect.poll(() => datas, { timeout: 20_000 }).toBe(1);
      first.kill('SIGSTOP');
      workers.push(startWorker(t));
      await expect.poll(() => t.received('reader'), { timeout: STANDSTILL_MS + 10_000 }).toEqual(['One']);
      first.kill('SIGCONT');
      await expect
        .poll(() => t.smtp.commands.filter((line) => line.startsWith('MAIL')).length, { timeout: 5_000 })
        .toBe(2);
      await sleep(2_500);
      expect(t.smtp.transactions).toHaveLength(1);
    } finally {
      await Promise.all(
        workers.map(async (worker) => {
          worker.kill('SIGKILL');
          if (worker.exitCode === null && worker.signalCode === null) await once(worker, 'exit');
        }),
      );
      await t.close();
    }
  },
  90_000,
);
