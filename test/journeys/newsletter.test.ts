import { afterEach, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../src/domain/instant.ts';
import { openTestApp, type TestApp } from '../support/app.ts';

let t: TestApp;
afterEach(() => t.close());

const MONDAY = new Date('2027-03-01T00:00:00Z');
const day = (n: number) => new Date(MONDAY.getTime() + n * DAY_MS).toISOString().slice(0, 10);

/** Three parts, out at 06:00 on Tuesday, Thursday and Saturday. */
const SERIAL = {
  '1-one': `title: One\ndate: ${day(1)}T06:00:00Z`,
  '2-two': `title: Two\ndate: ${day(3)}T06:00:00Z`,
  '3-three': `title: Three\ndate: ${day(5)}T06:00:00Z`,
};

test('a dated serial comes out on its dates, to everybody at once', async () => {
  t = await openTestApp({ from: MONDAY });
  await t.write('serial', 'every: 0', SERIAL);
  await t.schedule('serial');
  await t.join('serial', 'reader');
  await t.settle();
  expect(t.received('reader')).toEqual([]);
  await t.travel(DAY_MS + 5 * HOUR_MS);
  expect(t.received('reader')).toEqual([]);
  await t.travel(2 * HOUR_MS);
  expect(t.received('reader')).toEqual(['One']);
  await t.travelDays(2);
  await t.travelDays(2);
  expect(t.received('reader')).toEqual(['One', 'Two', 'Three']);
});

test.each([
  ['first', ['One', 'Two', 'Three']],
  ['next', ['Three']],
])('a reader who joins late under `join: %s` gets %j', async (join, expected) => {
  t = await openTestApp({ from: MONDAY });
  await t.write('serial', `every: 1d\njoin: ${join}`, SERIAL);
  await t.schedule('serial');
  await t.travelDays(4);
  await t.join('serial', 'late');
  await t.settle();
  for (let days = 0; days < 4; days++) await t.travelDays(1);
  expect(t.received('late')).toEqual(expected);
});

test('an open-ended newsletter reaches those who were caught up when a new post appears', async () => {
  t = await openTestApp();
  await t.write('letters', 'every: 0', { '01-one': 'title: One' });
  await t.schedule('letters');
  await t.join('letters', 'early');
  await t.settle();
  expect(t.received('early')).toEqual(['One']);

  await t.write('letters', 'every: 0', { '02-two': 'title: Two' });
  expect(await t.schedule('letters')).toBe('scheduled');
  await t.join('letters', 'late');
  await t.settle();
  expect(t.received('early')).toEqual(['One', 'Two']);
  expect(t.received('late')).toEqual(['One', 'Two']);
});

test('an open-ended newsletter with `join: next` gives a new reader the next post and no old one', async () => {
  t = await openTestApp();
  await t.write('letters', 'every: 0\njoin: next', { '01-one': 'title: One' });
  await t.schedule('letters');
  await t.travel(HOUR_MS);
  await t.join('letters', 'late');
  await t.settle();
  expect(t.received('late')).toEqual([]);
  await t.write('letters', 'every: 0\njoin: next', { '02-two': 'title: Two' });
  await t.schedule('letters');
  await t.settle();
  expect(t.received('late')).toEqual(['Two']);
});

test('readers who joined before the series was ever scheduled begin with it', async () => {
  t = await openTestApp();
  await t.write('letters', 'every: 0', { '01-one': 'title: One' });
  await t.join('letters', 'early');
  await t.schedule('letters');
  await t.settle();
  expect(t.received('early')).toEqual(['One']);
});

test('nothing is sent outside the send window', async () => {
  t = await openTestApp({ from: new Date('2027-03-01T21:00:00Z') });
  await t.write('letters', 'every: 0\nwindow: 08:00-20:00\ntimezone: UTC', { '01-one': 'title: One' });
  await t.schedule('letters');
  await t.join('letters', 'reader');
  await t.settle();
  await t.travel(10 * HOUR_MS);
  expect(t.received('reader')).toEqual([]);
  await t.travel(2 * HOUR_MS);
  expect(t.received('reader')).toEqual(['One']);
});
