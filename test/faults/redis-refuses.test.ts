import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seriesStatus } from '../../src/actions/series-status.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { canLimitFiles, limitFiles } from '../support/limit-files.ts';
import { canMeasure, openSending, type Sending } from '../support/sending.ts';

interface Fault {
  readonly name: string;
  readonly begin: (sending: Sending, redis: Redis) => Promise<unknown>;
  readonly end: (sending: Sending, redis: Redis) => Promise<unknown>;
  readonly says: string;
  /** What was accepted is put on record all the same. */
  readonly settles?: boolean;
}

const FAULTS: readonly Fault[] = [
  {
    name: 'is out of memory',
    begin: (_, redis) => redis.config('SET', 'maxmemory', '1mb'),
    end: (_, redis) => redis.config('SET', 'maxmemory', '0'),
    says: 'Redis is out of memory',
    settles: true,
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
    begin: async ({ t }, redis) => {
      await redis.config('SET', 'appendfsync', 'everysec');
      await limitFiles(t.redis, 1_000);
    },
    end: ({ t }) => limitFiles(t.redis, 'unlimited'),
    says: 'cannot write to its disk',
  },
];

/** By the ledger, while it takes no writes that need memory. */
async function acceptedOnRecord({ t }: Sending): Promise<number> {
  const status = await seriesStatus(t.app, 'course' as SeriesId);
  return status?.issues.reduce((sum, { accepted }) => sum + accepted, 0) ?? 0;
}

describe.skipIf(!canMeasure || !canLimitFiles)('Redis refuses to work in mid-send', () => {
  let sending: Sending;
  let redis: Redis;
  beforeAll(async () => {
    sending = await openSending();
    redis = sending.t.redis.redis();
  }, 60_000);
  afterAll(() => sending.close());

  test.each(FAULTS)(
    'it $name',
    async ({ begin, end, says, settles = false }) => {
      await sending.more(40);
      await begin(sending, redis);
      await sending.said(says);
      await sending.quiet();
      const before = sending.count;
      const { linesPerSecond, cpuPercent } = await sending.worker.measure(6_000);
      const onRecord = await acceptedOnRecord(sending);
      const settled = settles ? before : onRecord;
      const sentMeanwhile = sending.count - before;
      await end(sending, redis);
      const firstMailMs = await sending.nextMail(15_000);
      expect(onRecord).toBe(settled);
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
