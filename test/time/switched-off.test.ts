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

interface Course {
  readonly name: string;
  readonly head: string;
  readonly more: (index: number) => string;
  /** How many had become due in three days. */
  readonly atOnce: 1 | 3;
}

const COURSES: readonly Course[] = [
  { name: 'at-eight', head: 'every: 1d\nat: "08:00"\ntimezone: Asia/Taipei', more: () => '', atOnce: 1 },
  { name: 'by-the-hour', head: 'every: 24h', more: () => '', atOnce: 1 },
  {
    name: 'dated-with-a-gap',
    head: 'every: 1d\ntimezone: UTC',
    more: (index) => `\ndate: ${new Date(MONDAY.getTime() + index * 12 * HOUR_MS).toISOString()}`,
    atOnce: 1,
  },
  {
    name: 'dated-without-a-gap',
    head: 'every: 0',
    more: (index) => `\ndate: ${new Date(MONDAY.getTime() + index * DAY_MS).toISOString()}`,
    atOnce: 3,
  },
];

/** As everybody has it who has had so many issues of a course. */
const firstOf = (countOf: (course: Course) => number) =>
  COURSES.map((course) => [course.name, READERS.map(() => TITLES.slice(0, countOf(course)))]);

describe('three days switched off', () => {
  afterEach(() => t.close());

  test('every series goes on: every missed issue once, in order, no two within the gap', async () => {
    t = await openTestApp({ from: MONDAY, withoutWorkers: true });
    for (const { name, head, more } of COURSES) {
      await t.write(name, head, postsWith(more));
      await t.schedule(name);
      await t.join(name, ...READERS.map((reader) => `${reader}-${name}`));
    }
    const had = () =>
      COURSES.map(({ name }) => [name, READERS.map((reader) => t.received(`${reader}-${name}`))]);
    const before = await switchOn();
    await t.settle();
    expect(had()).toEqual(firstOf(() => 1));
    await before();

    t.clock.offsetMs += 3 * DAY_MS;
    const switchOff = await switchOn();
    await t.settle();
    for (let days = 0; days < TITLES.length - 1; days++) {
      expect(had()).toEqual(firstOf(({ atOnce }) => 1 + atOnce + days));
      await t.travel(11 * HOUR_MS);
      expect(had()).toEqual(firstOf(({ atOnce }) => 1 + atOnce + days));
      await t.travel(13 * HOUR_MS);
    }
    await switchOff();
    for (const { name } of COURSES) {
      const issues = (await seriesStatus(t.app, name as SeriesId))?.issues;
      expect([name, issues?.every(({ addsUp }) => addsUp)]).toEqual([name, true]);
    }
  });
});

const copiesOf = (title: string): number =>
  t.smtp.transactions.filter(({ message }) => message.toString().includes(`\nSubject: ${title}\r`)).length;

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

  test('sends each issue once when it wakes an hour and three days later, in order, with the gap', async () => {
    const clock = new SharedClock(join(folder, 'clock'));
    t = await openTestApp({
      from: MONDAY,
      withoutWorkers: true,
      clock,
      script: ({ at }) => (at === 'body' ? { reply: '250 2.0.0 Ok', afterMs: 150 } : undefined),
    });
    const posts = postsWith(() => '');
    await t.write('daily', 'every: 1d', posts);
    await t.schedule('daily');
    await t.join('daily', ...readers);
    await workingProcesses(2);

    await fallAsleep(clock, 15, HOUR_MS);
    await everybodyHas('One');
    expect(copiesOf('Two')).toBe(0);
    clock.offsetMs += DAY_MS;
    await fallAsleep(clock, readers.length + 15, 3 * DAY_MS);
    await everybodyHas('Two');
    // Whoever had it before the lid was closed has slept through the gap, too.
    expect(copiesOf('Three')).toBeLessThanOrEqual(20);
    const issues = (await seriesStatus(t.app, 'daily' as SeriesId))?.issues.slice(0, 2);
    expect(issues?.map(({ uncertain }) => uncertain)).toEqual([0, 0]);
    for (let had = 3; had <= 4; had++) {
      await t.travel(DAY_MS);
      for (const reader of readers) {
        const received = t.received(reader);
        expect(received).toEqual(TITLES.slice(0, received.length));
        expect(received.length).toBeGreaterThanOrEqual(had);
        expect(received.length).toBeLessThanOrEqual(had + 1);
      }
    }
  });

  /** A server that seems to have slept is slow: what was not with it yet waits for some seconds. */
  async function everybodyHas(title: string): Promise<void> {
    await expect.poll(() => copiesOf(title), { timeout: 20_000 }).toBe(readers.length);
    await t.settle();
    expect(copiesOf(title)).toBe(readers.length);
  }

  /** Stops everything when so many mails have come, and wakes it that much later. */
  async function fallAsleep(clock: SharedClock, mails: number, asleepMs: number): Promise<void> {
    for (const end = performance.now() + 30_000; t.smtp.transactions.length < mails; await sleep(2))
      expect(performance.now()).toBeLessThan(end);
    for (const pid of all()) process.kill(pid, 'SIGSTOP');
    await sleep(2_500);
    clock.offsetMs += asleepMs;
    for (const pid of all()) process.kill(pid, 'SIGCONT');
    await t.settle();
  }
});
