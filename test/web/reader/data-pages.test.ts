import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exportData } from '../../../src/actions/reading/export-data.ts';
import { DAY_MS } from '../../../src/domain/instant.ts';
import { subscriber } from '../../support/ledger.ts';
import { changesBetween, dumpRedis } from '../../support/redis-dump.ts';
import { redisPerFile } from '../../support/redis-per-file.ts';
import { openReaderWorld, type ReaderWorld } from './reader-world.ts';

const given = redisPerFile();
let world: ReaderWorld;
let path: string;

beforeEach(async () => {
  world = await openReaderWorld(given.server, given.redis);
  await world.join('ash');
  await world.deliver('ash', 'frost');
  path = world.dataPath('ash', await world.store.now());
});
afterEach(() => world.close());

test('shows everything kept, and until when', async () => {
  await world.post(`${world.readerPath('ash')}/pace`, { pace: '1w' });
  const page = await (await world.get(path)).text();
  expect(page).toContain('ash@example.com');
  expect(page).toMatch(/This page can be opened until .* \(.* Time\)\./);
  expect(page).toContain('Garden Letters');
  expect(page).toMatch(/Agreed to on .* \(test\)/);
  expect(page).toContain('Own pace: every week');
  expect(page).toContain('<td lang="en">The first frost</td><td>taken by your mail server</td>');
});

test('downloads the same as a file', async () => {
  const answer = await world.post(`${path}/download`);
  expect(answer.headers.get('Content-Type')).toBe('application/json; charset=utf-8');
  expect(answer.headers.get('Content-Disposition')).toBe('attachment; filename="my-data.json"');
  expect(answer.headers.get('Cache-Control')).toBe('no-store');
  const data: unknown = await answer.json();
  expect(data).toEqual(await exportData(world, subscriber('ash').id));
  expect(data).toMatchObject({ address: 'ash@example.com' });
});

test('erases only when it is said twice', async () => {
  const question = await world.post(`${path}/erase`);
  expect(question.status).toBe(200);
  const asked = await question.text();
  expect(asked).toContain('Erase everything for good?');
  expect(asked).toContain('<input type="hidden" name="sure" value="yes"/>');
  expect(await world.store.subscribers.find(subscriber('ash').id)).toBeDefined();

  const answer = await world.post(`${path}/erase`, { sure: 'yes' });
  expect(await answer.text()).toContain('Everything is erased');
  expect(await world.store.subscribers.find(subscriber('ash').id)).toBeUndefined();
  expect(JSON.stringify([...(await dumpRedis(given.redis))])).not.toContain('ash@example.com');

  for (const after of [await world.get(path), await world.post(`${path}/download`)]) {
    expect(after.status).toBe(410);
    expect(await after.text()).toContain('Nothing is kept about you');
  }
  expect((await world.post(`${path}/erase`, { sure: 'yes' })).status).toBe(200);
});

describe('the link', () => {
  test('ends after a day, and the page says how to get another', async () => {
    world.clock.offsetMs += DAY_MS;
    for (const answer of [
      await world.get(path),
      await world.post(`${path}/download`),
      await world.post(`${path}/erase`, { sure: 'yes' }),
    ]) {
      expect(answer.status).toBe(410);
      expect(await answer.text()).toContain('follow “Manage your subscription” at the end of any issue');
    }
    expect(await world.store.subscribers.find(subscriber('ash').id)).toBeDefined();
  });

  test.each([
    ['changed', () => path.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
    ['one to the own page', () => world.readerPath('ash').replace('/m/', '/d/')],
    ['a confirmation’s', () => world.confirmPath('ash', Date.now()).replace('/c/garden/', '/d/')],
  ])('that is %s shows nothing', async (_, wrong) => {
    for (const answer of [
      await world.get(wrong()),
      await world.post(`${wrong()}/download`),
      await world.post(`${wrong()}/erase`, { sure: 'yes' }),
    ]) {
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toContain('ash');
    }
    expect(await world.store.subscribers.find(subscriber('ash').id)).toBeDefined();
  });

  test('changes nothing by being fetched', async () => {
    const before = await dumpRedis(given.redis);
    for (const action of ['', '/download', '/erase', '/erase?sure=yes']) {
      for (const method of ['GET', 'HEAD', 'OPTIONS']) await world.web.request(path + action, { method });
    }
    expect(changesBetween(before, await dumpRedis(given.redis))).toEqual([]);
  });
});

test('speaks the language of the reader’s series', async () => {
  const { plan } = world;
  await world.store.plans.commit({ ...plan, revision: 2, about: { ...plan.about, language: 'zh-Hant' } });
  expect(await (await world.get(path)).text()).toContain('我們保存的資料');
  expect(await (await world.get(`${path}?lang=zh-Hans`)).text()).toContain('我们保存的资料');
});
