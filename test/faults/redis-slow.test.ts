import { describe, expect, test, type TestContext } from 'vitest';
import { openSilentLine, type SilentLine } from '../support/silent-line.ts';
import { canMeasure, openSending, type Sending, type SendingOptions } from '../support/sending.ts';

async function open({ onTestFinished }: TestContext, options: SendingOptions): Promise<Sending> {
  const sending = await openSending(options);
  onTestFinished(() => sending.close());
  return sending;
}

const ALL_ONCE = { lost: [], outOfOrder: [], repeats: 0 };

// While the one waits for a dead line to be given up, the others have a Redis of their own.
describe.skipIf(!canMeasure).concurrent('Redis keeps its connections and does not answer', () => {
  test.sequential(
    'it is slow for five seconds: nothing is claimed twice, nothing is given up',
    async (context) => {
      const sending = await open(context, { readers: 40, redis: ['--enable-debug-command', 'local'] });
      await sending.more(20);
      const redis = sending.t.redis.redis();
      const awake = redis.call('DEBUG', 'SLEEP', '5');
      const { linesPerSecond, cpuPercent } = await sending.worker.measure(4_500);
      await sending.said('Redis does not answer');
      await awake;
      const firstMailMs = await sending.nextMail(10_000);
      expect(firstMailMs).toBeLessThan(2_000);
      expect(linesPerSecond).toBeLessThanOrEqual(2);
      expect(cpuPercent).toBeLessThan(5);
      expect(await sending.finish()).toEqual(ALL_ONCE);
    },
    90_000,
  );

  test.sequential(
    'it loads its data for seconds: nothing is sent, and then it goes on',
    async (context) => {
      const slowLoad = ['--key-load-delay', '20000', '--loading-process-events-interval-bytes', '1024'];
      const sending = await open(context, { readers: 40 });
      const redis = sending.t.redis.redis();
      await sending.more(20);
      await redis.bgrewriteaof();
      await expect
        .poll(async () => /aof_last_rewrite_time_sec:(-?\d+)/.exec(await redis.info('persistence'))?.[1])
        .not.toBe('-1');
      await sending.t.redis.kill();
      await sending.quiet();
      const restarted = sending.t.redis.restart(slowLoad);
      await sending.said('still loading');
      const before = sending.count;
      const { linesPerSecond, cpuPercent } = await sending.worker.measure(2_000);
      expect(sending.count).toBe(before);
      await restarted;
      const firstMailMs = await sending.nextMail(10_000);
      expect(firstMailMs).toBeLessThan(2_000);
      expect(linesPerSecond).toBeLessThanOrEqual(2);
      expect(cpuPercent).toBeLessThan(5);
      expect(await sending.finish()).toEqual(ALL_ONCE);
    },
    90_000,
  );
});

test.skipIf(!canMeasure).concurrent(
  'Redis keeps its connections: the line has gone dead without a word: a new one is made',
  async (context) => {
    let line: SilentLine | undefined;
    const sending = await open(context, {
      readers: 40,
      redisUrl: async ({ redis }) => (line = await openSilentLine(redis.socket)).url,
    });
    await sending.more(20);
    context.onTestFinished(() => line?.close());
    line?.goSilent();
    await sending.quiet();
    await sending.nextMail(40_000);
    expect(await sending.finish()).toMatchObject({ lost: [], outOfOrder: [] });
  },
  90_000,
);
