import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { changeState } from '../../src/actions/change-state.ts';
import { composeSeries, type ComposedSeries } from '../../src/actions/compose-series.ts';
import { importSubscribers, type ImportInput } from '../../src/actions/import-subscribers.ts';
import { planSeries } from '../../src/actions/plan-series.ts';
import { scheduleSeries } from '../../src/actions/schedule-series.ts';
import { seriesStatus } from '../../src/actions/series-status.ts';
import type { SubscriberEntry } from '../../src/csv/read-subscribers.ts';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import type { Series, SeriesId } from '../../src/domain/series.ts';
import { openTestApp, type TestApp } from '../support/app.ts';
import { disarm, hitsOf, throwAt } from '../support/mishaps.ts';

let t: TestApp;
beforeAll(async () => {
  t = await openTestApp();
});
afterEach(disarm);
afterAll(() => t.close());

let made = 0;

/** A series of three issues, the last of them in a year, and a reader who waits for it to begin. */
async function newSeries(): Promise<SeriesId> {
  const name = `series-${++made}`;
  const inAYear = new Date(Date.now() + 365 * 86_400_000).toISOString();
  await t.write(name, 'every: 0', {
    '1-one': 'title: One',
    '2-two': 'title: Two',
    '3-three': `title: Three\ndate: ${inAYear}`,
  });
  await t.join(name, `reader-${made}`);
  return name as SeriesId;
}

const composedByPosts = new Map<string, Promise<ComposedSeries>>();

/** `t.schedule`, but posts are composed once for all series: what may be cut off comes after that. */
async function schedule(id: SeriesId): Promise<string> {
  const series = (await t.app.load()).series.find((one) => one.id === id);
  if (series === undefined) throw new Error(`There is no ${id}.`);
  const posts = series.issues.map(({ id }) => id).join();
  const composed = composedByPosts.get(posts) ?? compose(series);
  composedByPosts.set(posts, composed);
  // Kept under a name of its own: another series must not have kept it already.
  const rendered = (await composed).rendered.map((issue) => ({ ...issue, hash: `${id}-${issue.hash}` }));
  const report = await planSeries(t.app, { ...(await composed), series, rendered }, { choices: {} });
  const result = await scheduleSeries(t.app, report);
  return isRefusal(result) ? result.message : result;
}

const compose = async (series: Series): Promise<ComposedSeries> =>
  composeSeries({ composer: await t.app.composer(), lint: t.app.lint }, series);

test('a first schedule that is cut off anywhere, and done again, sends everything once', async () => {
  const hits = await hitsOf(['rendered', 'plan', 'looking', 'release'], async () =>
    schedule(await newSeries()),
  );
  for (const [at, hit] of hits) {
    const series = await newSeries();
    const struck = throwAt(at, hit);
    await expect(schedule(series)).rejects.toThrow(at);
    expect(struck()).toBe(true);
    disarm();
    await schedule(series);
    await t.settle();
    expect([at, hit, t.received(`reader-${made}`)]).toEqual([at, hit, ['One', 'Two']]);
    await changeState(t.app, series, 'cancelled');
  }
  expect(hits.length).toBeGreaterThanOrEqual(10);
}, 90_000);

async function edit(series: SeriesId): Promise<string> {
  await t.write(series, 'every: 0', {
    '0-zero': 'title: Zero\nweight: 1',
    '4-four': 'title: Four\nweight: 9',
  });
  return schedule(series);
}

async function begunSeries(): Promise<SeriesId> {
  const series = await newSeries();
  await schedule(series);
  await t.settle();
  return series;
}

test('an edit, an insertion or a removal that is cut off anywhere is completed by whoever comes next', async () => {
  const ready = await begunSeries();
  const hits = await hitsOf(['plan'], () => edit(ready));
  let cutOff = 0;
  for (const [at, hit] of hits) {
    const series = await begunSeries();
    throwAt(at, hit);
    // Workers bring partitions up as well: one of them may have been the one that was struck, or that was counted.
    await edit(series).catch(() => cutOff++);
    disarm();
    // Workers complete what was committed; what was not is as if it had never been asked for.
    await t.join(series, `late-${made}`);
    await t.settle();
    await edit(series);
    expect(await edit(series)).toBe('unchanged');
    await t.settle();
    const late = t.received(`late-${made}`);
    expect([at, hit, late.includes('One'), late.includes('Two'), new Set(late).size]).toEqual([
      at,
      hit,
      true,
      true,
      late.length,
    ]);
    await changeState(t.app, series, 'cancelled');
  }
}, 90_000);

test('a pause or a resume that is cut off anywhere holds when it was committed, and can be given again', async () => {
  const series = await newSeries();
  await schedule(series);
  const toggle = (state: 'paused' | 'running') => changeState(t.app, series, state);
  for (const [at, hit] of await hitsOf(['plan', 'state'], () => toggle('paused'))) {
    for (const state of ['running', 'paused'] as const) {
      throwAt(at, hit);
      await toggle(state).catch(() => undefined);
      disarm();
      expect((await toggle(state))?.state).toBe(state);
      expect((await seriesStatus(t.app, series))?.plan.state).toBe(state);
    }
  }
  await toggle('running');
  await t.join(series, 'after-all');
  await t.settle();
  expect(t.received('after-all')).toEqual(['One', 'Two']);
}, 60_000);

test('an import that is cut off anywhere goes on when it is run again: everybody is in, once', async () => {
  const ROWS = 4_500;
  async function* file(series: string): AsyncGenerator<SubscriberEntry[]> {
    for (let line = 1; line <= ROWS; line++) {
      const address = `${series}-${line}@example.com` as EmailAddress;
      yield [{ kind: 'row', line, row: { address, name: '' } }];
    }
  }
  const input = (series: SeriesId): ImportInput => ({
    series,
    rows: file(series),
    source: 'test',
    fingerprint: series,
    placeNamed: () => undefined,
  });
  const hits = await hitsOf(['import'], async () => importSubscribers(t.app, input('early-0' as SeriesId)));
  for (const [index, [at, hit]] of hits.entries()) {
    const series = `early-${index + 1}` as SeriesId;
    throwAt(at, hit);
    await expect(importSubscribers(t.app, input(series))).rejects.toThrow(at);
    disarm();
    const { added, known, resumedAt } = await importSubscribers(t.app, input(series));
    const plan = await t.app.store.plans.findOrName(series);
    const standings = await t.app.store.census.standings(plan);
    const waiting = standings === 'stale-plan' ? 0 : standings.reduce((sum, one) => sum + one.waiting, 0);
    expect([at, hit, waiting]).toEqual([at, hit, ROWS]);
    expect(added + known + resumedAt).toBeGreaterThanOrEqual(ROWS);
  }
}, 60_000);
