import { afterEach, expect, test } from 'vitest';
import { HOUR_MS } from '../../src/domain/instant.ts';
import { seriesStatus } from '../../src/actions/series-status.ts';
import { changeState } from '../../src/actions/change-state.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { openTestApp, type TestApp } from '../support/app.ts';

let t: TestApp;
afterEach(() => t.close());

const COURSE = { '01-one': 'title: One', '02-two': 'title: Two', '03-three': 'title: Three' };
const course = 'course' as SeriesId;

test('readers who join a course on different days each read it from the first issue, one a day', async () => {
  t = await openTestApp();
  await t.write('course', 'every: 1d', COURSE);
  expect(await t.schedule('course')).toBe('scheduled');
  await t.join('course', 'monday');
  await t.settle();
  expect(t.received('monday')).toEqual(['One']);

  await t.travelDays(1);
  await t.join('course', 'tuesday');
  await t.settle();
  expect(t.received('monday')).toEqual(['One', 'Two']);
  expect(t.received('tuesday')).toEqual(['One']);

  await t.travel(23 * HOUR_MS);
  expect(t.received('tuesday')).toEqual(['One']);
  await t.travel(HOUR_MS);
  expect(t.received('monday')).toEqual(['One', 'Two', 'Three']);
  expect(t.received('tuesday')).toEqual(['One', 'Two']);

  await t.travelDays(5);
  const status = await seriesStatus(t.app, course);
  expect(status?.issues.map(({ state, accepted, addsUp }) => [state, accepted, addsUp])).toEqual([
    ['complete', 2, true],
    ['complete', 2, true],
    ['complete', 2, true],
  ]);
  expect(status?.attention).toEqual([]);
});

test('a course paused for ten days goes on without a burst', async () => {
  t = await openTestApp();
  await t.write('course', 'every: 1d', COURSE);
  await t.schedule('course');
  await t.join('course', 'reader');
  await t.settle();
  await changeState(t.app, course, 'paused');
  await t.travelDays(10);
  expect(t.received('reader')).toEqual(['One']);

  await changeState(t.app, course, 'running');
  await t.settle();
  expect(t.received('reader')).toEqual(['One', 'Two']);
  await t.travel(23 * HOUR_MS);
  expect(t.received('reader')).toEqual(['One', 'Two']);
  await t.travel(HOUR_MS);
  expect(t.received('reader')).toEqual(['One', 'Two', 'Three']);
});

test('scheduling again with unchanged content changes nothing; flags given once stay in force', async () => {
  t = await openTestApp();
  await t.write('course', 'every: 1d', COURSE);
  await t.schedule('course', { choices: { every: { kind: 'days', days: 2 } } });
  const before = await t.app.store.plans.find(course);
  expect(await t.schedule('course')).toBe('unchanged');
  expect(await t.app.store.plans.find(course)).toEqual(before);
  expect(before?.cadence.every).toEqual({ kind: 'days', days: 2 });
});

test('a reader who leaves while the next issue is queued does not get it', async () => {
  t = await openTestApp();
  await t.write('course', 'every: 1d', COURSE);
  await t.schedule('course');
  await t.join('course', 'stays', 'leaves');
  await t.settle();
  expect(await t.leave('course', 'leaves')).toBe(true);
  await t.travelDays(1);
  expect(t.received('stays')).toEqual(['One', 'Two']);
  expect(t.received('leaves')).toEqual(['One']);
});

test('an issue inserted ahead reaches those it is ahead of, and not those who are past it', async () => {
  t = await openTestApp();
  await t.write('course', 'every: 1d', COURSE);
  await t.schedule('course');
  await t.join('course', 'ahead');
  await t.settle();
  await t.travelDays(1);
  await t.join('course', 'behind');
  await t.settle();
  await t.write('course', 'every: 1d\nissues: [one, inserted, two, three]', { inserted: 'title: Inserted' });
  expect(await t.schedule('course')).toBe('scheduled');
  await t.travelDays(1);
  await t.travelDays(1);
  await t.travelDays(1);
  expect(t.received('ahead')).toEqual(['One', 'Two', 'Three']);
  expect(t.received('behind')).toEqual(['One', 'Inserted', 'Two', 'Three']);
});

test('an order that would make readers miss an issue is refused', async () => {
  t = await openTestApp();
  await t.write('course', 'every: 1d', COURSE);
  await t.schedule('course');
  await t.join('course', 'reader');
  await t.settle();
  await t.travelDays(1);
  await t.write('course', 'every: 1d\nissues: [one, three, two]', {});
  expect(await t.schedule('course')).toContain('"three" (1 reader)');
  await t.travelDays(1);
  expect(t.received('reader')).toEqual(['One', 'Two', 'Three']);
});
