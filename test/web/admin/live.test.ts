import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import { signIn } from '../../support/admin-visitor.ts';
import { openBoardWorld, type BoardWorld } from './board-world.ts';
import { textIn } from './harmless-html.ts';
import { listen, type Listener } from './listener.ts';

/** Machines are busy: only what never comes takes so long. */
const PATIENCE = { timeout: 40_000, interval: 50 };

let world: BoardWorld;
let redis: Redis;
beforeAll(async () => {
  world = await openBoardWorld({ withoutWorkers: true });
  const { t } = world;
  await t.write('garden', 'every: 1d', { '1-frost': 'title: Frost', '2-thaw': 'title: Thaw' });
  await t.join('garden', 'ash', 'birch');
  await t.schedule('garden');
  redis = t.redis.redis();
});
afterAll(() => world.close());

const listeners: Listener[] = [];
afterEach(() => {
  for (const listener of listeners.splice(0)) listener.hangUp();
});

async function watch(page: string, cookie = world.admin.cookie): Promise<Listener> {
  const listener = await listen(`${world.url}/admin/live/${page}`, cookie);
  listeners.push(listener);
  return listener;
}

const heard = (listener: Listener, count: number) =>
  expect.poll(() => listener.events.length, PATIENCE).toBeGreaterThanOrEqual(count);

/** How often an overview has been taken: nothing else reads the samples. */
async function looksSoFar(): Promise<number> {
  const stats = await redis.info('commandstats');
  return Number(/^cmdstat_lrange:calls=(\d+)/m.exec(stats)?.[1] ?? 0);
}

test('a page hears everything once, and then only of what has changed', async () => {
  const listener = await watch('overview');
  await heard(listener, 2);
  expect(listener.brought[0]).toEqual([
    'attention',
    'figures',
    'minutes',
    'backlog',
    'series',
    'calendar',
    'people',
    'machinery',
  ]);
  await world.t.join('garden', 'cedar');
  await expect.poll(() => textIn(listener.fragment('series')), PATIENCE).toContain('3 readers');
  const later = listener.brought.slice(1).flat();
  expect(later).toContain('figures');
  expect(later).not.toContain('machinery');
  expect(later).not.toContain('calendar');
});

test('whoever watches, in whatever language, is told of the same looks; when nobody watches there are none', async () => {
  await noMoreLooks();
  const before = await looksSoFar();
  const all = await Promise.all(
    ['overview', 'overview?lang=zh-Hant', 'series/garden', 'series/garden/frost'].map((page) => watch(page)),
  );
  for (const listener of all) await heard(listener, 4);
  const most = Math.max(...all.map(({ events }) => events.length));
  expect((await looksSoFar()) - before).toBeLessThan(2 * most);
  expect(textIn(all[1]?.fragment('series') ?? '')).toContain('位讀者');
  for (const listener of all) listener.hangUp();
  await noMoreLooks();
});

/** Twice as long as from one look to the next. */
async function noMoreLooks(): Promise<void> {
  await expect
    .poll(async () => {
      const before = await looksSoFar();
      await sleep(4_500);
      return (await looksSoFar()) - before;
    }, PATIENCE)
    .toBe(0);
}

test('whoever asks only for the head of a stream watches nothing, and takes nobody’s place', async () => {
  await noMoreLooks();
  for (let n = 0; n < 5; n++) {
    const answer = await fetch(`${world.url}/admin/live/overview`, {
      method: 'HEAD',
      headers: { Cookie: world.admin.cookie },
    });
    expect(answer.status).toBe(200);
  }
  await noMoreLooks();
  expect((await watch('overview')).status).toBe(200);
});

describe('a stream ends', () => {
  test('when somebody signs out, and tells so', async () => {
    const admin = await signIn(world.url);
    const [theirs, ours] = await Promise.all([watch('overview', admin.cookie), watch('overview')]);
    await heard(theirs, 1);
    await admin.post('/admin/sign-out');
    await expect.poll(() => theirs.end, PATIENCE).toBe('clean');
    expect(theirs.events.at(-1)?.event).toBe('over');
    expect(ours.end).toBeUndefined();
    expect((await watch('overview', admin.cookie)).status).toBe(401);
  });

  test('when there is nothing of that name', async () => {
    const listener = await watch('series/nowhere');
    await expect.poll(() => listener.end, PATIENCE).toBe('clean');
    expect(listener.events.map(({ event }) => event)).toEqual(['gone']);
  });
});

test('one session has a handful of streams, and a closed one makes room', async () => {
  const admin = await signIn(world.url);
  const four = await Promise.all([1, 2, 3, 4].map(() => watch('overview', admin.cookie)));
  expect(four.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect((await watch('overview', admin.cookie)).status).toBe(429);
  expect((await watch('overview')).status).toBe(200);
  four[0]?.hangUp();
  await expect.poll(async () => (await watch('overview', admin.cookie)).status, PATIENCE).toBe(200);
});

test('while Redis is away it says so, and goes on when it is back', async () => {
  const listener = await watch('overview');
  await heard(listener, 1);
  await world.t.redis.kill();
  await expect.poll(() => listener.events.at(-1)?.event, PATIENCE).toBe('away');
  expect(listener.end).toBeUndefined();
  await world.t.redis.restart();
  await expect.poll(() => listener.events.at(-1)?.event, PATIENCE).not.toBe('away');
  expect(listener.end).toBeUndefined();
  expect(world.log.filter((line) => line.includes('could not be'))).toEqual([]);
});

test('the line is kept alive', async () => {
  const listener = await watch('overview');
  await expect.poll(() => listener.beats, PATIENCE).toBeGreaterThan(0);
});

test('the server ends without breaking a line', async () => {
  const listener = await watch('series/garden');
  await heard(listener, 1);
  await world.closeServer();
  await expect.poll(() => listener.end, PATIENCE).toBe('clean');
});
