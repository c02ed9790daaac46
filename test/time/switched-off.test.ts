import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startWorkers } from '../../workers/main.ts';
import { openApp } from '../../src/app.ts';
import { seriesStatus } from '../../src/actions/series-status.ts';
import { DAY_MS, HOUR_MS } from '../../src/domain/instant.ts';
import { silentLog } from '../../src/domain/log.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { openTestApp, type TestApp } from '../support/app.ts';
import { runProgram, type Program } from '../support/program.ts';
import { SharedClock } from '../support/shared-clock.ts';

const TITLES = ['One', 'Two', 'Three', 'Four', 'Five', 'Six'];
const READERS = ['ash', 'elm', 'oak', 'yew'];
const MONDAY = new Date('2027-03-01T06:00:00Z');

let t: TestApp;

const postsWith = (more: (index: number) => string) =>
  Object.fromEntries(
    TITLES.map((title, index) => [`${index + 1}-${title}`, `title: ${title}${more(index)}`]),
  );

/** Everything that runs, started anew as after a power cut of the house. */
async function switchOn(): Promise<() => Promise<void>> {
  await t.redis.restart();
  const app = await openApp(t.config, {
    log: silentLog,
    lookEveryMs: 50,
    clock: t.clock,
    anyMailHost: true,
  });
  if (isRefusal(app)) throw new Error(app.message);
  const workers = await startWorkers(app);
  if (isRefusal(workers)) throw new Error(workers.message);
  return async () => {
    await workers.drain();
    await app.close();
  };
}

describe('three days switched off', () => {
  afterEach(() => t.close());

  test.each([
    ['a course', 'every: 1d\nat: "08:00"\ntimezone: Asia/Taipei', () => '', 1],
    ['a course by the hour', 'every: 24h', () => '', 1],
    [
      'a dated serial with a gap',
      'every: 1d\ntimezone: UTC',
      (index: number) => `\ndate: ${new Date(MONDAY.getTime() + index * 12 * HOUR_MS).toISOString()}`,
      1,
    ],
    [
      'a dated serial that asks for no gap',
      'every: 0',
      (index: number) => `\ndate: ${new Date(MONDAY.getTime() + index * DAY_MS).toISOString()}`,
      4,
    ],
  ])(
    '%s goes on: every missed issue once, in order, no two within the gap',
    async (_name, head, more, atOnce) => {
      t = await openTestApp({ from: MONDAY, withoutWorkers: true });
      await t.write('serial', head, postsWith(more));
      await t.schedule('serial');
      await t.join('serial', ...READERS);
      const before = await switchOn();
      await t.settle();
      expect(READERS.map((reader) => t.received(reader))).toEqual(READERS.map(() => ['One']));
      await before();

      t.clock.offsetMs += 3 * DAY_MS;
      const switchOff = await switchOn();
      await t.settle();
      for (let had = 1 + (atOnce === 1 ? 1 : 3); had <= TITLES.length; had++) {
        expect(READERS.map((reader) => t.received(reader))).toEqual(READERS.map(() => TITLES.slice(0, had)));
        if (atOnce === 1) await t.travel(11 * HOUR_MS);
        expect(t.smtp.transactions).toHaveLength(had * READERS.length);
        await t.travel(atOnce === 1 ? 13 * HOUR_MS : DAY_MS);
      }
      await switchOff();
      expect((await seriesStatus(t.app, 'serial' as SeriesId))?.issues.every(({ addsUp }) => addsUp)).toBe(
        true,
      );
    },
    60_000,
  );
});

describe('a laptop that falls asleep in the middle of sending', () => {
  const readers = Array.from({ length: 40 }, (_, index) => `reader-${index}`);
  let folder: string;
  let workers: Program[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'partwork-asleep-'));
    workers = [];
  });
  afterEach(async () => {
    for (const pid of all()) process.kill(pid, 'SIGCONT');
    await Promise.all(workers.map((worker) => worker.kill()));
    await t.close();
    await rm(folder, { recursive: true });
  });

  /** Worker processes as the lid finds them: with mail in the server's hands. */
  async function workingProcesses(count: number): Promise<void> {
    const env = {
      REDIS_URL: t.redis.url,
      SMTP_URL: t.config.smtpUrl ?? '',
      PARTWORK_DATA: t.config.dataFolder,
      PARTWORK_CONTENT: t.config.contentFolder,
    };
    for (let n = 0; n < count; n++) {
      const program = join(import.meta.dirname, 'worker-with-clock.ts');
      workers.push(runProgram(program, [join(folder, 'clock')], env));
    }
    expect(await Promise.all(workers.map((worker) => worker.line()))).toEqual(workers.map(() => 'working'));
  }

  const all = () => [t.redis.pid, ...workers.map(({ pid }) => pid)];

  test.each([
    ['three days', 3 * DAY_MS],
    ['an hour', HOUR_MS],
  ])(
    'sends each issue once when it wakes %s later, in order, with the gap',
    async (_name, asleepMs) => {
      const clock = new SharedClock(join(folder, 'clock'));
      t = await openTestApp({
        from: MONDAY,
        withoutWorkers: true,
        clock,
        script: ({ at }) => (at === 'body' ? { reply: '250 2.0.0 Ok', afterMs: 150 } : undefined),
      });
      await t.write(
        'daily',
        'every: 1d',
        postsWith(() => ''),
      );
      await t.schedule('daily');
      await t.join('daily', ...readers);
      await workingProcesses(2);
      for (const end = performance.now() + 30_000; t.smtp.transactions.length < 15; await sleep(2))
        expect(performance.now()).toBeLessThan(end);

      for (const pid of all()) process.kill(pid, 'SIGSTOP');
      await sleep(2_500);
      clock.offsetMs += asleepMs;
      for (const pid of all()) process.kill(pid, 'SIGCONT');
      await t.settle();
      const uncertain = (await seriesStatus(t.app, 'daily' as SeriesId))?.issues[0]?.uncertain ?? NaN;
      const copiesOf = (title: string) =>
        t.smtp.transactions.filter(({ message }) => message.toString().includes(`\nSubject: ${title}\r`))
          .length;
      expect(copiesOf('One')).toBe(readers.length);
      expect(uncertain).toBe(0);
      // Whoever had it before the lid was closed has slept through the gap, too.
      expect(copiesOf('Two')).toBeLessThanOrEqual(asleepMs > DAY_MS ? 20 : 0);
      for (let had = 2; had <= 3; had++) {
        await t.travel(DAY_MS);
        for (const reader of readers) {
          const received = t.received(reader);
          expect(received).toEqual(TITLES.slice(0, received.length));
          expect(received.length).toBeGreaterThanOrEqual(had);
          expect(received.length).toBeLessThanOrEqual(had + 1);
        }
      }
    },
    90_000,
  );
});
