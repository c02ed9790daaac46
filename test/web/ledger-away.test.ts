import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keysFor, subscriptionToken } from '../../src/domain/token.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { subscriberIdOf } from '../../src/domain/subscriber.ts';
import { addressOf } from '../support/app.ts';
import { openDoor, type Door } from '../support/door.ts';

const GARDEN = 'garden' as SeriesId;
const LATEST_MS = 2_000;

let door: Door;
let leave: string;
let redisPid: number;
beforeEach(async () => {
  door = await openDoor();
  await door.t.join('garden', 'ash');
  const owner = { series: GARDEN, subscriber: subscriberIdOf(addressOf('ash'), door.tools.salt) };
  leave = `/u/${subscriptionToken(keysFor(door.tools.secrets, 'unsubscribe'), owner)}`;
  redisPid = Number(/process_id:(\d+)/.exec(await door.t.redis.redis().info('server'))?.[1]);
});
afterEach(async () => {
  // A server that stands still hears no other signal.
  process.kill(redisPid, 'SIGCONT');
  await door.close();
});

/** Asks for everything at once; each answer with the time it took. */
const askAll = () =>
  Promise.all(
    [
      ['GET', '/'],
      ['GET', '/s/garden'],
      ['GET', leave],
      ['POST', leave],
      ['POST', '/s/garden/subscribe'],
      ['GET', '/api/form/garden'],
      ['POST', '/api/subscribe/garden'],
      ['GET', '/nowhere'],
      ['GET', '/admin'],
      ['POST', '/admin/sign-in'],
    ].map(async ([method = '', path = '']) => {
      const began = performance.now();
      const answer = await fetch(door.url + path, { method, headers: { 'Accept-Language': 'zh-TW' } });
      return { path, answer, text: await answer.text(), ms: performance.now() - began };
    }),
  );

async function expectAway() {
  for (const { path, answer, text, ms } of await askAll()) {
    expect([path, answer.status, answer.headers.get('Retry-After')]).toEqual([path, 503, '10']);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(ms).toBeLessThan(LATEST_MS);
    expect(text).toContain(path.startsWith('/api/') ? '"error":"unavailable"' : 'lang="zh-Hant"');
  }
  expect((await fetch(`${door.url}/style.css`)).status).toBe(200);
  expect((await fetch(`${door.url}/robots.txt`)).status).toBe(200);
  expect((await fetch(`${door.url}/admin/style.css`)).status).toBe(200);
}

const isBack = () =>
  expect.poll(async () => (await fetch(`${door.url}/s/garden`)).status, { timeout: 10_000 });
async function isIn(): Promise<string | undefined> {
  const found = await door.t.app.store.subscribers.find(subscriberIdOf(addressOf('ash'), door.tools.salt));
  return found?.subscriptions.find(({ series }) => series === GARDEN)?.state;
}

test('a Redis that hangs: 503 within two seconds, and nothing asked for meanwhile is done when it comes round', async () => {
  process.kill(redisPid, 'SIGSTOP');
  await expectAway();
  await sleep(1_500);
  await expectAway();
  process.kill(redisPid, 'SIGCONT');
  await isBack().toBe(200);
  expect(await isIn()).toBe('active');
  expect((await fetch(door.url + leave, { method: 'POST' })).status).toBe(200);
  expect(await isIn()).toBe('ended');
});

test('a Redis that is killed and comes back: the same, and the pages heal by themselves', async () => {
  await door.t.redis.kill();
  await expectAway();
  await door.t.redis.restart();
  redisPid = Number(/process_id:(\d+)/.exec(await door.t.redis.redis().info('server'))?.[1]);
  await isBack().toBe(200);
  expect(await isIn()).toBe('active');
  expect((await fetch(door.url + leave, { method: 'POST' })).status).toBe(200);
  expect(await isIn()).toBe('ended');
});

test('a Redis that is full answers, and cannot be written to: 503, too', async () => {
  const redis = door.t.redis.redis();
  await redis.config('SET', 'maxmemory', '1');
  const answer = await fetch(`${door.url}/api/subscribe/garden`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: 'https://blog.example.com' },
    body: JSON.stringify({ address: 'bay@example.com' }),
  });
  expect([answer.status, await answer.json()]).toEqual([
    503,
    expect.objectContaining({ error: 'unavailable' }),
  ]);
  expect(door.log.join()).toContain('the ledger does not answer');
  expect(door.log.join()).not.toContain('bay');
});
