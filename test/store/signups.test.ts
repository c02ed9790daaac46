import { expect, test } from 'vitest';
import { DAY_MS, SECOND_MS } from '../../src/domain/instant.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import type { Signup } from '../../src/domain/signup.ts';
import { openSignupStore } from '../../src/store/signups.ts';
import { GARDEN, subscriber } from '../support/ledger.ts';
import { redisPerFile } from '../support/redis-per-file.ts';
import { standingClock } from '../support/standing-clock.ts';

const given = redisPerFile();
const START = Date.UTC(2026, 2, 1);
const { id, address } = subscriber('ash');
const signup: Signup = {
  series: GARDEN,
  subscriber: id,
  address,
  name: '',
  language: 'en',
  pace: { kind: 'days', days: 7 },
  requestedAt: START,
  source: 'form',
};

test('a sign-up is kept for each series and person, and the newest counts', async () => {
  const store = openSignupStore(given.redis, standingClock(START));
  const stone = { ...signup, series: 'stone' as SeriesId, requestedAt: START + 1 };
  await store.keep({ ...signup, name: 'before' });
  await store.keep(signup);
  await store.keep(stone);
  expect(await store.find(GARDEN, id)).toEqual(signup);
  expect(await store.find(stone.series, id)).toEqual(stone);
  expect(await store.find(GARDEN, subscriber('bay').id)).toBeUndefined();
});

test('it is gone after seven days, in the ledger’s time and in Redis', async () => {
  const clock = standingClock(START);
  const store = openSignupStore(given.redis, clock);
  await store.keep(signup);
  const [key = ''] = await given.redis.keys('*');
  expect(key).toMatch(/^pw:\{p\d\d\}:signup:garden:/);
  expect(await given.redis.pttl(key)).toBeGreaterThan(7 * DAY_MS - 60_000);
  clock.at = START + 7 * DAY_MS - 1_000;
  expect(await store.find(GARDEN, id)).toEqual(signup);
  clock.at = START + 7 * DAY_MS + SECOND_MS;
  expect(await store.find(GARDEN, id)).toBeUndefined();
});

test('it is forgotten once', async () => {
  const store = openSignupStore(given.redis, standingClock(START));
  await store.keep(signup);
  expect(await store.forget(GARDEN, id)).toBe(true);
  expect(await store.forget(GARDEN, id)).toBe(false);
  expect(await given.redis.keys('*')).toEqual([]);
});
