import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { seriesStatus } from '../../src/actions/series-status.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { subscriberIdOf } from '../../src/domain/subscriber.ts';
import { addressOf, openTestApp, type TestApp } from '../support/app.ts';
import { isBuilt } from '../support/partwork.ts';
import type { SmtpScript } from '../support/smtp-server.ts';
import { mostInAnyWindow } from '../support/windows.ts';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.ts';

const POSTS = { '01-frost': 'title: Frost' };
const named = (name: string, n: number, domain = 'example.com') =>
  Array.from({ length: n }, (_, i) => `${name}${i}@${domain}`);

/** Only what never happens takes so long. */
const eventually = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 60_000, interval: 20 });

let t: TestApp;
let watching: Socket | undefined;
afterEach(() => {
  watching?.destroy();
  return t.close();
});

/** A mail server's record of when a mail for whom began. */
function recorder() {
  const mails: { readonly at: number; readonly to: string }[] = [];
  const script: SmtpScript = ({ at, line }) => {
    if (at === 'rcpt') mails.push({ at: performance.now(), to: /<([^>]*)>/.exec(line)?.[1] ?? '' });
    return undefined;
  };
  return { mails, script };
}

describe.skipIf(!isBuilt)('four workers, some of which are killed', () => {
  const PER_SECOND = 40;
  const TO_GMAIL = 10;
  const readers = [...named('ash', 240), ...named('bo', 70, 'gmail.com')];

  test('in no time T do more than rate × (T + 2 s) + 2 mails begin, in all and to a provider, and everybody has theirs', async () => {
    const { mails, script } = recorder();
    t = await openTestApp({ script, withoutWorkers: true });
    await t.write('garden', 'every: 1d', POSTS);
    await t.schedule('garden');
    await t.join('garden', ...readers);
    const start = () =>
      startWorkerProcess(t, {
        PARTWORK_RATE: `${PER_SECOND}/s`,
        PARTWORK_DOMAIN_RATES: `gmail.com=${TO_GMAIL}/s`,
      });
    const workers: WorkerProcess[] = [start(), start(), start(), start()];
    await eventually(() => mails.length > 20);
    for (const at of [0, 1, 2]) {
      await sleep(700);
      await workers[at]?.kill();
      workers[at] = start();
    }
    const had = () => new Set(t.smtp.transactions.flatMap(({ to }) => to));
    await eventually(() => had().size === readers.length);
    await Promise.all(workers.map((worker) => worker.kill()));

    const times = mails.map(({ at }) => at);
    const toGmail = mails.filter(({ to }) => to.endsWith('@gmail.com')).map(({ at }) => at);
    for (const windowMs of [10, 100, 1_000, 2_000, 5_000]) {
      const seconds = windowMs / 1_000 + 2;
      expect(mostInAnyWindow(times, windowMs)).toBeLessThanOrEqual(PER_SECOND * seconds + 2);
      expect(mostInAnyWindow(toGmail, windowMs)).toBeLessThanOrEqual(TO_GMAIL * seconds + 2);
    }
  }, 120_000);
});

/** How many mails of a broadcast left after twenty readers had joined a course, and before the last of these had theirs. */
async function overtakenBy(env: Record<string, string>, domain?: string): Promise<number> {
  const { mails, script } = recorder();
  t = await openTestApp({ script, env });
  for (const series of ['broadcast', 'course']) {
    await t.write(series, 'every: 1d', POSTS);
    await t.schedule(series);
  }
  await t.join('broadcast', ...named('ash', 500, domain));
  await eventually(() => mails.length > 60);
  await t.join('course', ...named('bo', 20, domain));
  const joined = mails.length;
  await eventually(() => mails.filter(isOfCourse).length === 20);
  return mails.findLastIndex(isOfCourse) - joined - 20;
}

const isOfCourse = ({ to }: { readonly to: string }) => to.startsWith('bo');

describe('a course beside a broadcast', () => {
  test('shares the rate of all: its twenty mails leave among about twenty of the others', async () => {
    expect(await overtakenBy({ PARTWORK_RATE: '30/s' })).toBeLessThan(150);
  }, 60_000);

  test('shares the rate of a provider', async () => {
    expect(await overtakenBy({ PARTWORK_DOMAIN_RATES: 'gmail.com=30/s' }, 'gmail.com')).toBeLessThan(150);
  }, 60_000);
});

describe('a quota of an hour is kept by connections that take mail as fast as it comes', () => {
  test.each([
    ['of all', { PARTWORK_RATE: '150/h' }, 'example.com'],
    ['of a provider', { PARTWORK_DOMAIN_RATES: 'gmail.com=150/h' }, 'gmail.com'],
  ])(
    '%s',
    async (_of, env, domain) => {
      const { mails, script } = recorder();
      t = await openTestApp({ script, env });
      await t.write('garden', 'every: 1d', POSTS);
      await t.schedule('garden');
      await t.join('garden', ...named('ash', 600, domain));
      await eventually(() => mails.length > 130);
      await sleep(1_500);
      // A twentieth is kept for letters.
      expect(mails.length).toBeLessThanOrEqual(150 - 8);
    },
    60_000,
  );
});

/** Counts all claims from now on, by the tokens that are written down: each claim of each reader has one of its own. */
function claimsFromNow(): () => number {
  const tokens = new Set<string>();
  watching = connect(t.redis.socket, () => watching?.write('MONITOR\r\n'));
  createInterface({ input: watching }).on('line', (line) => {
    const [, key] = /"HSET" "([^"]*:claims:[^"]*)"/.exec(line) ?? [];
    for (const [, token] of key === undefined ? [] : line.matchAll(/\\"token\\":(\d+)/g))
      tokens.add(`${key} ${token}`);
  });
  return () => tokens.size;
}

describe('what cannot leave soon', () => {
  test('is not claimed, and the status says why', async () => {
    const { mails, script } = recorder();
    t = await openTestApp({ script, env: { PARTWORK_RATE: '20/s' } });
    const claims = claimsFromNow();
    await t.write('garden', 'every: 1d', POSTS);
    await t.schedule('garden');
    await t.join('garden', ...named('ash', 2_000));
    await eventually(() => mails.length > 60);
    expect(claims()).toBeGreaterThanOrEqual(60);
    expect(claims()).toBeLessThan(2 * mails.length + 20);
    expect((await seriesStatus(t.app, 'garden' as SeriesId))?.attention).toMatchObject([
      { kind: 'limited', by: '20/s (PARTWORK_RATE)' },
    ]);
  }, 60_000);

  test('to one provider is put off once each, and does not keep the others', async () => {
    const { mails, script } = recorder();
    t = await openTestApp({ script, env: { PARTWORK_DOMAIN_RATES: 'gmail.com=5/s' } });
    const claims = claimsFromNow();
    await t.write('garden', 'every: 1d', POSTS);
    await t.schedule('garden');
    await t.join('garden', ...named('ash', 1_000, 'gmail.com'), ...named('bo', 300));
    const others = () => mails.filter(({ to }) => to.startsWith('bo')).length;
    await eventually(() => others() === 300);
    await sleep(1_000);
    expect(claims()).toBeGreaterThanOrEqual(1_300);
    expect(claims()).toBeLessThan(1_300 + 100 + 2 * (mails.length - 300));
  }, 60_000);

  test('leaves room for a letter', async () => {
    const { mails, script } = recorder();
    t = await openTestApp({ script, env: { PARTWORK_RATE: '20/s' } });
    await t.write('garden', 'every: 1d', POSTS);
    await t.schedule('garden');
    await t.join('garden', ...named('ash', 500));
    await eventually(() => mails.length > 40);
    await t.leave('garden', 'ash499');
    const subscriber = subscriberIdOf(addressOf('ash499'), t.app.salt);
    const at = await t.app.store.now();
    await t.app.queues.addLetter({ kind: 'goodbye', series: 'garden' as SeriesId, subscriber, at });
    await eventually(() => mails.some(({ to }) => to === 'ash499@example.com'));
    expect(mails.length).toBeLessThan(250);
  }, 60_000);
});
