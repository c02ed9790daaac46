import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ledgerNow, RunningClock } from '../../src/store/ledger-clock.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());
afterEach(() => void vi.restoreAllMocks());

test('the running clock goes by Redis, and asks it once', async () => {
  const redis = server.redis();
  const clock = { offsetMs: 86_400_000 };
  const running = new RunningClock(redis, clock);
  await running.now();
  const asked = vi.spyOn(redis, 'time');
  const before = await ledgerNow(redis, clock);
  const now = await running.now();
  const after = await ledgerNow(redis, clock);
  expect(asked).toHaveBeenCalledTimes(2);
  // A question takes a moment, by which the answer is late.
  expect(now).toBeGreaterThan(before - 1_000);
  expect(now).toBeLessThanOrEqual(after + 1);
});

test('it follows whoever travels in time', async () => {
  const clock = { offsetMs: 0 };
  const running = new RunningClock(server.redis(), clock);
  const before = await running.now();
  clock.offsetMs = 3_600_000;
  expect((await running.now()) - before).toBeGreaterThanOrEqual(3_600_000);
});

test.each([
  ['this machine has slept', () => vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000)],
  ['its clock was set back', () => vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000)],
  ['the answer is old', () => vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 11_000)],
])('it asks again when %s', async (_, happens) => {
  const redis = server.redis();
  const running = new RunningClock(redis, { offsetMs: 0 });
  await running.now();
  const asked = vi.spyOn(redis, 'time');
  happens();
  await running.now();
  expect(asked).toHaveBeenCalledTimes(1);
});
