import { afterEach, expect, test } from 'vitest';
import { leaveAll } from '../../src/actions/reading/leave-all.ts';
import { pauseReading } from '../../src/actions/reading/pause-reading.ts';
import { readAgain } from '../../src/actions/reading/read-again.ts';
import { resumeReading } from '../../src/actions/reading/resume-reading.ts';
import { sendNext } from '../../src/actions/reading/send-next.ts';
import { setPace } from '../../src/actions/reading/set-pace.ts';
import { unsubscribe } from '../../src/actions/reading/unsubscribe.ts';
import { seriesStatus } from '../../src/actions/series-status.ts';
import { parseEvery } from '../../src/domain/every.ts';
import { DAY_MS, HOUR_MS } from '../../src/domain/instant.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { subscriberIdOf } from '../../src/domain/subscriber.ts';
import { addressOf, openTestApp, type TestApp } from '../support/app.ts';

let t: TestApp;
afterEach(() => t.close());

const course = 'course' as SeriesId;
const COURSE = {
  '1-one': 'title: One',
  '2-two': 'title: Two',
  '3-three': 'title: Three',
  '4-four': 'title: Four',
};
type Owner = ReturnType<typeof ownerOf>;

const ownerOf = (reader: string) => ({
  series: course,
  subscriber: subscriberIdOf(addressOf(reader), t.app.salt),
});
const inDays = async (days: number) => (await t.app.store.now()) + days * DAY_MS;

const each = (some: readonly string[], wish: (owner: Owner) => Promise<unknown>) =>
  some.map((reader) => wish(ownerOf(reader)));

async function countsAddUp(): Promise<void> {
  const status = await seriesStatus(t.app, course);
  expect(status?.issues.filter(({ addsUp }) => !addsUp)).toEqual([]);
  expect(status?.attention).toEqual([]);
}

test('every reader goes through a series at a pace of their own', async () => {
  t = await openTestApp();
  await t.write('course', 'every: 1d\npaces: [12h, 2d]\nletters: []', COURSE);
  await t.schedule('course');
  await t.join('course', 'as-it-comes', 'faster', 'slower', 'pauses', 'impatient');
  await t.settle();
  expect(await setPace(t.app, ownerOf('faster'), parseEvery('12h'))).toBe('set');
  expect(await setPace(t.app, ownerOf('slower'), parseEvery('2d'))).toBe('set');
  expect(await setPace(t.app, ownerOf('slower'), parseEvery('1w'))).toBe('not-offered');
  await pauseReading(t.app, ownerOf('pauses'), await inDays(3));
  expect(await sendNext(t.app, ownerOf('impatient'))).toBe('coming');
  await t.settle();
  expect(t.received('impatient')).toEqual(['One', 'Two']);

  await t.travel(12 * HOUR_MS);
  expect(t.received('faster')).toEqual(['One', 'Two']);
  await t.travel(12 * HOUR_MS);
  expect(t.received('as-it-comes')).toEqual(['One', 'Two']);
  expect(t.received('faster')).toEqual(['One', 'Two', 'Three']);
  expect(t.received('slower')).toEqual(['One']);
  expect(t.received('impatient')).toEqual(['One', 'Two', 'Three']);

  await t.travelDays(1);
  expect(t.received('slower')).toEqual(['One', 'Two']);
  expect(t.received('pauses')).toEqual(['One']);
  await resumeReading(t.app, ownerOf('pauses'));
  await t.settle();
  expect(t.received('pauses')).toEqual(['One', 'Two']);
  for (let days = 0; days < 6; days++) await t.travelDays(1);
  for (const reader of ['as-it-comes', 'faster', 'slower', 'pauses', 'impatient']) {
    expect(t.received(reader)).toEqual(['One', 'Two', 'Three', 'Four']);
  }
  await countsAddUp();
}, 60_000);

test('a second reading comes in order as messages of its own, though a mail server drops copies it has seen', async () => {
  t = await openTestApp();
  await t.write('course', 'every: 1d\nletters: []', COURSE);
  await t.schedule('course');
  await t.join('course', 'reader');
  await t.settle();
  for (let days = 0; days < 4; days++) await t.travelDays(1);
  expect(await readAgain(t.app, ownerOf('reader'), 'two' as never)).toBe('moved');
  await t.settle();
  for (let days = 0; days < 4; days++) await t.travelDays(1);
  expect(t.received('reader')).toEqual(['One', 'Two', 'Three', 'Four', 'Two', 'Three', 'Four']);
  const ids = t.smtp.transactions.map(({ message }) => /^Message-ID: (.*)$/im.exec(message.toString())?.[1]);
  expect(new Set(ids).size).toBe(7);
  await countsAddUp();
}, 60_000);

test('“the next one now” is there within a second', async () => {
  t = await openTestApp();
  await t.write('course', 'every: 1d\nletters: []', COURSE);
  await t.schedule('course');
  await t.join('course', 'reader');
  await t.settle();
  await sendNext(t.app, ownerOf('reader'));
  await expect.poll(() => t.received('reader'), { timeout: 5_000 }).toEqual(['One', 'Two']);
});

test('in the middle of a sending readers pause, change their pace, ask for more, read again and leave: all of it holds', async () => {
  const readers = Array.from({ length: 240 }, (_, index) => `reader-${index}`);
  t = await openTestApp({
    script: ({ at }) => (at === 'body' ? { reply: '250 2.0.0 Ok', afterMs: 4 } : undefined),
  });
  await t.write('course', 'every: 1d\npaces: [12h, 2d]\nletters: []', COURSE);
  await t.schedule('course');
  await t.join('course', ...readers);
  await t.settle();
  const until = await inDays(11);

  const sending = t.travelDays(1);
  await expect.poll(() => t.smtp.transactions.length, { interval: 2 }).toBeGreaterThan(readers.length + 20);
  const [pausing, slowing, hurrying, again, leaving, quiet] = Array.from({ length: 6 }, (_, part) =>
    readers.filter((_, index) => index % 6 === part),
  ) as [string[], string[], string[], string[], string[], string[]];
  await Promise.all([
    ...each(pausing, (owner) => pauseReading(t.app, owner, until)),
    ...each(slowing, (owner) => setPace(t.app, owner, parseEvery('2d'))),
    ...each(hurrying, (owner) => sendNext(t.app, owner)),
    ...each(again, (owner) => readAgain(t.app, owner, 'one' as never)),
    ...each(leaving.slice(0, 20), (owner) => unsubscribe(t.app, owner)),
    ...each(leaving.slice(20), ({ subscriber }) => leaveAll(t.app, subscriber)),
  ]);
  const had = new Map(readers.map((reader) => [reader, t.received(reader).length]));
  await sending;
  // One mail at most was on its way when the wish was granted.
  const sentOn = [...pausing, ...leaving].filter(
    (reader) => t.received(reader).length > (had.get(reader) ?? 0) + 1,
  );
  expect(sentOn).toEqual([]);
  await countsAddUp();

  for (let days = 0; days < 16; days++) await t.travelDays(1);
  const all = ['One', 'Two', 'Three', 'Four'];
  const received = (some: readonly string[]) => [...new Set(some.map((reader) => t.received(reader).join()))];
  expect(received([...pausing, ...slowing, ...hurrying, ...quiet])).toEqual([all.join()]);
  const beginnings = all.map((_, index) => all.slice(0, index + 1).join());
  expect(beginnings).toEqual(expect.arrayContaining(received(leaving)));
  const readings = [all.join(), ['One', ...all].join(), ['One', 'Two', ...all].join()];
  expect(readings).toEqual(expect.arrayContaining(received(again)));
  await countsAddUp();
}, 60_000);
