import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canMeasure, openSending, type Sending } from '../support/sending.ts';

describe.skipIf(!canMeasure)('Redis is killed in mid-send and comes back', () => {
  let sending: Sending;
  beforeAll(async () => {
    sending = await openSending();
  }, 60_000);
  afterAll(() => sending.close());

  test.each([1_000, 10_000])(
    'after %i ms',
    async (awayMs) => {
      await sending.more(50);
      await sending.t.redis.kill();
      await sending.quiet();
      const { linesPerSecond, cpuPercent } = await sending.worker.measure(Math.max(500, awayMs - 400));
      await sending.t.redis.restart();
      const firstMailMs = await sending.nextMail(10_000);
      console.log({ awayMs, firstMailMs, linesPerSecond, cpuPercent });
      expect(firstMailMs).toBeLessThan(2_000);
      expect(linesPerSecond).toBeLessThanOrEqual(2);
      if (awayMs > 3_000) expect(cpuPercent).toBeLessThan(5);
    },
    60_000,
  );

  test('it says what it waits for, and everybody gets everything in order', async () => {
    expect(sending.worker.messages).toContainEqual(
      expect.stringContaining('Redis cannot be reached; sending goes on by itself when it is back.'),
    );
    const { lost, outOfOrder, repeats } = await sending.finish();
    console.log(
      { repeats },
      sending.worker.messages.filter((m) => m !== 'accepted'),
    );
    expect({ lost, outOfOrder, repeats }).toEqual({ lost: [], outOfOrder: [], repeats: 0 });
  }, 90_000);
});
