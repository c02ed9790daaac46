import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canMeasure, openSending, type Sending } from '../support/sending.ts';

const run = promisify(execFile);

interface Fault {
  readonly name: string;
  begin(sending: Sending, redis: Redis): Promise<unknown>;
  end(sending: Sending, redis: Redis): Promise<unknown>;
  readonly says: string;
}

/** Files of the server cannot grow beyond this: what a full disk does to it, without a disk. */
const limitFiles = ({ t }: Sending, bytes: string) =>
  run('prlimit', ['--pid', String(t.redis.pid), `--fsize=${bytes}:unlimited`]);

const FAULTS: readonly Fault[] = [
  {
    name: 'is out of memory',
    begin: (_, redis) => redis.config('SET', 'maxmemory', '1mb'),
    end: (_, redis) => redis.config('SET', 'maxmemory', '0'),
    says: 'Redis is out of memory',
  },
  {
    name: 'becomes a replica',
    begin: (_, redis) => redis.replicaof('127.0.0.1', 1),
    end: (_, redis) => redis.replicaof('NO', 'ONE'),
    says: 'a replica',
  },
  {
    name: 'is told to evict',
    begin: (_, redis) => redis.config('SET', 'maxmemory-policy', 'allkeys-lru'),
    end: (_, redis) => redis.config('SET', 'maxmemory-policy', 'noeviction'),
    says: 'CONFIG SET maxmemory-policy noeviction',
  },
  {
    name: 'cannot write to its disk',
    begin: async (sending, redis) => {
      await redis.config('SET', 'appendfsync', 'everysec');
      await limitFiles(sending, '1000');
    },
    end: (sending) => limitFiles(sending, 'unlimited'),
    says: 'cannot write to its disk',
  },
];

describe.skipIf(!canMeasure || !existsSync('/usr/bin/prlimit'))('Redis refuses to work in mid-send', () => {
  let sending: Sending;
  let redis: Redis;
  beforeAll(async () => {
    sending = await openSending();
    redis = sending.t.redis.redis();
  }, 60_000);
  afterAll(() => sending.close());

  test.each(FAULTS)(
    'it $name',
    async ({ begin, end, says }) => {
      await sending.more(40);
      await begin(sending, redis);
      await sending.said(says);
      await sending.quiet();
      const before = sending.count;
      const { linesPerSecond, cpuPercent } = await sending.worker.measure(3_000);
      const sentMeanwhile = sending.count - before;
      await end(sending, redis);
      const firstMailMs = await sending.nextMail(15_000);
      console.log(
        { says, firstMailMs, linesPerSecond, cpuPercent },
        sending.worker.messages.filter((m) => m !== 'accepted'),
      );
      expect(sentMeanwhile).toBe(0);
      expect(linesPerSecond).toBeLessThanOrEqual(2);
      expect(cpuPercent).toBeLessThan(5);
      expect(firstMailMs).toBeLessThan(5_000);
    },
    60_000,
  );

  test('and in the end everybody has had everything once, in order', async () => {
    expect(await sending.finish()).toEqual({ lost: [], outOfOrder: [], repeats: 0 });
  }, 90_000);
});
