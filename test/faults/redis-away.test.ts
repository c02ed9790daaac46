import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canLimitFiles, limitFiles } from '../support/limit-files.ts';
import { canMeasure, openSending, type Sending } from '../support/sending.ts';

describe.skipIf(!canMeasure)('Redis goes away in mid-send and comes back', () => {
  let sending: Sending;
  beforeAll(async () => {
    sending = await openSending();
  }, 60_000);
  afterAll(() => sending.close());

  test('killed, for a second: the first mail comes at once', async () => {
    await sending.more(40);
    await sending.t.redis.kill();
    await sleep(1_000);
    await sending.t.redis.restart();
    expect(await sending.nextMail(10_000)).toBeLessThan(2_000);
  }, 60_000);

  test('killed, for five seconds: it says what it waits for, rests, and the first mail comes at once', async () => {
    await sending.more(40);
    await sending.t.redis.kill();
    await sending.said('Redis cannot be reached; sending goes on by itself when it is back.');
    await sending.quiet();
    const { linesPerSecond, cpuPercent } = await sending.worker.measure(4_000);
    await sending.t.redis.restart();
    expect(await sending.nextMail(10_000)).toBeLessThan(2_000);
    expect(linesPerSecond).toBeLessThanOrEqual(2);
    expect(cpuPercent).toBeLessThan(5);
  }, 60_000);

  test.skipIf(!canLimitFiles)(
    'ended, for its disk is full and it writes at every command: with room it starts again, and nothing is lost',
    async () => {
      await sending.more(40);
      await limitFiles(sending.t.redis, 1_000);
      await sending.said('Redis cannot be reached');
      await sending.quiet();
      await sending.t.redis.restart();
      expect(await sending.nextMail(10_000)).toBeLessThan(2_000);
    },
    60_000,
  );

  test('in the end everybody has had everything once, in order', async () => {
    expect(await sending.finish()).toEqual({ lost: [], outOfOrder: [], repeats: 0 });
  }, 90_000);
});
