import { cp, readdir, readFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRedis } from '../support/redis.ts';
import { canMeasure, openSending, type Sending } from '../support/sending.ts';
import { startWorkerProcess } from '../support/worker-process.ts';

/** Two tickets on five connections. */
const UNDER_WAY = 10;
const META = 'pw:meta';
const HOUR_MS = 3_600_000;

const dataOf = (folder: string): string => join(folder, 'appendonlydir');

async function replace(data: string, by: string): Promise<void> {
  await rm(data, { recursive: true, force: true });
  await cp(by, data, { recursive: true });
}

/** Data that is like this, but for what is done to it; the folder goes with the server that was used for it. */
async function changed(data: string, change: (redis: Redis) => Promise<unknown>) {
  const server = await startRedis(['--appendfsync', 'always']);
  await server.kill();
  await replace(dataOf(server.folder), data);
  await server.restart();
  await change(server.redis());
  await server.kill();
  return { data: dataOf(server.folder), remove: () => server.stop() };
}

/** Undoes what an operator has typed: nothing before it is lost. */
async function cutBefore(command: string, data: string): Promise<void> {
  for (const name of (await readdir(data)).filter((file) => file.endsWith('.incr.aof'))) {
    const file = join(data, name);
    const at = (await readFile(file, 'latin1')).lastIndexOf(`*1\r\n$${command.length}\r\n${command}\r\n`);
    if (at >= 0) await truncate(file, at);
  }
}

interface Swap {
  readonly name: string;
  readonly change: (redis: Redis) => Promise<unknown>;
  readonly says: string;
}

const SWAPS: readonly Swap[] = [
  {
    name: 'an hour-old copy',
    change: async (redis) => redis.hincrby(META, 'seenAt', -HOUR_MS),
    says: 'This Redis is older than what this machine has seen',
  },
  {
    name: "another installation's ledger",
    change: (redis) => redis.hset(META, 'instance', 'other'),
    says: 'the ledger of another Partwork installation',
  },
  { name: 'an empty Redis', change: (redis) => redis.flushall(), says: 'This Redis has lost the ledger' },
];

describe.skipIf(!canMeasure).concurrent('under a running worker, Redis turns into something else', () => {
  let sending: Sending;
  beforeAll(async () => {
    sending = await openSending();
  }, 60_000);
  afterAll(() => sending.close());

  test.sequential.each(SWAPS)(
    '$name: nothing is sent until the right ledger is back',
    async ({ change, says }) => {
      const { redis } = sending.t;
      await sending.more(30);
      await redis.kill();
      await sending.quiet();
      const data = dataOf(redis.folder);
      const own = `${data}-own`;
      await replace(own, data);
      const other = await changed(data, change);
      await replace(data, other.data);
      const before = sending.count;
      await redis.restart();
      await sending.said(says);
      const { linesPerSecond, cpuPercent } = await sending.worker.measure(6_000);
      const sentMeanwhile = sending.count - before;
      await redis.kill();
      await replace(data, own);
      await redis.restart();
      const firstMailMs = await sending.nextMail(10_000);
      await other.remove();
      expect(sentMeanwhile).toBe(0);
      expect(linesPerSecond).toBeLessThanOrEqual(2);
      expect(cpuPercent).toBeLessThan(5);
      expect(firstMailMs).toBeLessThan(2_000);
    },
    60_000,
  );

  test.sequential(
    'somebody types FLUSHALL: the mails under way are the last, and nothing is written into the emptied Redis',
    async () => {
      const { redis } = sending.t;
      await sending.more(30);
      const probe = redis.redis();
      await probe.flushall();
      await sending.said('This Redis has lost the ledger');
      await sending.quiet();
      const before = sending.count;
      await sleep(4_000);
      expect(sending.count).toBe(before);
      expect(await probe.exists(META)).toBe(0);
      await redis.kill();
      await cutBefore('flushall', dataOf(redis.folder));
      await redis.restart();
      expect(await sending.nextMail(10_000)).toBeLessThan(2_000);
    },
    60_000,
  );

  test.sequential.each([
    ['another database', (redisUrl: string) => ({ REDIS_URL: `${redisUrl}?db=1` }), 'it is empty'],
    [
      'the Redis of another installation',
      () => ({ PARTWORK_DATA: join(sending.t.redis.folder, 'other') }),
      'another secret',
    ],
  ])('a worker is not started on %s', async (_, env, words) => {
    const worker = startWorkerProcess(sending.t, env(sending.t.redis.url));
    expect(await worker.ended()).toBe(5);
    expect(worker.messages.join('\n')).toContain(words);
  });

  test.sequential(
    'and in the end everybody has had everything in order',
    async () => {
      const { lost, outOfOrder, repeats } = await sending.finish();
      expect({ lost, outOfOrder }).toEqual({ lost: [], outOfOrder: [] });
      // What was under way when the ledger went away is of unknown outcome if that lasts longer than two leases.
      expect(repeats).toBe(0);
    },
    90_000,
  );
});

test.skipIf(!canMeasure).concurrent(
  'a replica that was behind is promoted: what it did not know is repeated, and nothing is lost',
  async () => {
    const sending = await openSending({ readers: 60 });
    try {
      const { redis } = sending.t;
      const data = dataOf(redis.folder);
      await sending.more(30);
      await redis.kill();
      await sending.quiet();
      const known = sending.count;
      const replica = `${data}-replica`;
      await replace(replica, data);
      await redis.restart();
      await sending.more(30);
      await redis.kill();
      await sending.quiet();
      const lag = sending.count - known;
      await replace(data, replica);
      await redis.restart();
      expect(await sending.nextMail(15_000)).toBeLessThan(15_000);
      const { lost, outOfOrder, repeats } = await sending.finish();
      expect({ lost, outOfOrder }).toEqual({ lost: [], outOfOrder: [] });
      // What was under way when the copy was made is behind as well.
      expect(repeats).toBeLessThanOrEqual(lag + UNDER_WAY);
    } finally {
      await sending.close();
    }
  },
  90_000,
);
