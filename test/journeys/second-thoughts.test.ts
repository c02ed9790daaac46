import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { changeState } from '../../src/actions/change-state.ts';
import { importSubscribers } from '../../src/actions/import-subscribers.ts';
import { joinSeries } from '../../src/actions/join-series.ts';
import { seriesStatus } from '../../src/actions/series-status.ts';
import { armFailpoints } from '../../src/domain/failpoint.ts';
import { DAY_MS } from '../../src/domain/instant.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { subscriberIdOf } from '../../src/domain/subscriber.ts';
import { addressOf, openTestApp, type TestApp } from '../support/app.ts';

let t: TestApp;
afterEach(() => t.close());

const course = 'course' as SeriesId;
const COURSE = { '1-one': 'title: One', '2-two': 'title: Two', '3-three': 'title: Three' };
const slowly = {
  script: ({ at }: { at: string }) => (at === 'body' ? { reply: '250 2.0.0 Ok', afterMs: 3_000 } : undefined),
};

const post = (name: string) => join(t.config.contentFolder, 'course', `${name}.md`);

test('an issue taken out of a series and put back is not sent again to those who have had it', async () => {
  t = await openTestApp();
  await t.write('course', 'every: 0', COURSE);
  await t.join('course', 'early');
  await t.schedule('course');
  await t.settle();
  await rm(post('2-two'));
  await t.schedule('course');
  await t.join('course', 'late');
  await t.settle();
  await t.write('course', 'every: 0', COURSE);
  await t.schedule('course');
  await t.settle();
  expect(t.received('early')).toEqual(['One', 'Two', 'Three']);
  expect(t.received('late')).toEqual(['One', 'Three']);
  expect((await seriesStatus(t.app, course))?.attention).toEqual([]);
});

test('who is put before an issue that is taken out at that moment begins with what comes after it', async () => {
  t = await openTestApp();
  await t.write('course', 'every: 0', COURSE);
  await t.schedule('course');
  const named = (await t.app.store.plans.find(course))?.issues[1]?.id;
  await rm(post('2-two'));
  await t.schedule('course');
  const address = addressOf('reader');
  const subscriber = { id: subscriberIdOf(address, t.app.salt), address, name: '' };
  await joinSeries(t.app, course, [{ subscriber, place: named! }], { source: 'test', mayComeBack: true });
  await t.settle();
  expect(t.received('reader')).toEqual(['Three']);
});

test('a series that is paused between claim and mail leaves nobody in doubt', async () => {
  const readers = Array.from({ length: 40 }, (_, index) => `reader-${index}`);
  t = await openTestApp();
  await t.write('course', 'every: 1d', COURSE);
  await t.schedule('course');
  await t.join('course', ...readers);
  await t.settle();
  const claimed = new Promise<void>((resolve) =>
    armFailpoints({
      mishaps: [{ at: 'claim.made', hit: 1, kind: 'delay', ms: 600 }],
      kill: () => undefined,
      tell: () => resolve(),
    }),
  );
  t.clock.offsetMs += DAY_MS;
  await claimed;
  await changeState(t.app, course, 'paused');
  const { deliveries } = t.app.store;
  await expect.poll(() => deliveries.unsettled(course), { timeout: 4_000 }).toBe(0);
  await changeState(t.app, course, 'running');
  await t.settle();
  expect(new Set(readers.map((reader) => t.received(reader).join()))).toEqual(new Set(['One,Two']));
  expect((await seriesStatus(t.app, course))?.issues.map(({ doubts }) => doubts)).toEqual([0, 0, 0]);
});

test('leaving and coming back does not shorten the gap', async () => {
  t = await openTestApp();
  await t.write('course', 'every: 7d', COURSE);
  await t.join('course', 'reader');
  await t.schedule('course');
  await t.settle();
  await t.leave('course', 'reader');
  await t.join('course', 'reader');
  await t.travelDays(6);
  expect(t.received('reader')).toEqual(['One']);
  await t.travelDays(1);
  expect(t.received('reader')).toEqual(['One', 'Two']);
});

test('who leaves while a mail goes over, and comes back, does not get it a second time', async () => {
  t = await openTestApp(slowly);
  await t.write('course', 'every: 0', { '1-one': 'title: One' });
  await t.join('course', 'reader');
  await t.schedule('course');
  await expect.poll(() => t.smtp.transactions.length).toBe(1);
  await t.leave('course', 'reader');
  await sleep(1_000);
  await t.join('course', 'reader');
  await t.settle();
  expect(t.received('reader')).toEqual(['One']);
  expect((await seriesStatus(t.app, course))?.attention).toEqual([]);
});

test('importing a file again does not bring back who has unsubscribed, unless they agreed anew', async () => {
  t = await openTestApp();
  await t.write('course', 'every: 0', COURSE);
  await t.schedule('course');
  const importing = (text: string) =>
    importSubscribers(t.app, {
      series: course,
      rows: t.app.readSubscribers(file(text)),
      source: 'import',
      fingerprint: text,
      placeNamed: () => undefined,
    });
  const old = 'email\nstays@example.com\nleaves@example.com\n';
  await importing(old);
  await t.leave('course', 'leaves');
  expect(await importing(old)).toMatchObject({ known: 1, left: 1, rejoined: 0 });
  expect(await importing('email,created_at\nleaves@example.com,2100-01-01T00:00:00Z\n')).toMatchObject({
    rejoined: 1,
  });
});

test('another order of scheduled issues takes a pause, in which nothing is under way', async () => {
  t = await openTestApp(slowly);
  await t.write('course', 'every: 1d', { '1-one': 'title: One', '2-two': 'title: Two' });
  await t.join('course', 'reader');
  await t.schedule('course');
  await expect.poll(() => t.smtp.transactions.length).toBe(1);
  await t.write('course', 'every: 1d\nissues: [two, one]', {});
  expect(await t.schedule('course')).toContain('cannot change while series "course" runs');
  await changeState(t.app, course, 'paused');
  expect(await t.schedule('course')).toContain('still going over');
  await t.settle();
  expect(await t.schedule('course')).toContain('"two" (1 reader)');
  await changeState(t.app, course, 'running');
  await t.travelDays(1);
  expect(t.received('reader')).toEqual(['One', 'Two']);
});

test('while mail goes out, `status` adds up at every moment', async () => {
  t = await openTestApp();
  await t.write('course', 'every: 0', COURSE);
  await t.join('course', ...Array.from({ length: 120 }, (_, index) => `reader-${index}`));
  await t.schedule('course');
  const problems = new Set<string>();
  while (t.smtp.transactions.length < 360) {
    for (const { kind } of (await seriesStatus(t.app, course))?.attention ?? []) problems.add(kind);
  }
  expect([...problems]).toEqual([]);
}, 60_000);

test('a small series does not wait for a big one to end', async () => {
  t = await openTestApp({
    script: ({ at }) => (at === 'body' ? { reply: '250 2.0.0 Ok', afterMs: 30 } : undefined),
  });
  await t.write('big', 'every: 0', { '1-one': 'title: Big' });
  await t.write('course', 'every: 0', { '1-one': 'title: Small' });
  await t.join('big', ...Array.from({ length: 600 }, (_, index) => `reader-${index}`));
  await t.schedule('big');
  await t.schedule('course');
  await expect.poll(() => t.smtp.transactions.length).toBeGreaterThan(20);
  await t.join('course', 'reader');
  await expect.poll(() => t.received('reader'), { timeout: 90_000 }).toEqual(['Small']);
  expect(t.smtp.transactions.length).toBeLessThan(450);
}, 120_000);

test('mail that waits for a connection counts as not begun', async () => {
  t = await openTestApp({ script: ({ at }) => (at === 'greeting' ? { drop: true } : undefined) });
  await t.write('course', 'every: 0', COURSE);
  await t.join('course', 'reader');
  await t.schedule('course');
  await sleep(500);
  expect(await t.app.store.deliveries.unsettled(course)).toBe(0);
});

async function* file(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
