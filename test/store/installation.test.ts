import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isRefusal } from '../../src/domain/refusal.ts';
import { openInstallation, type Installation } from '../../src/store/installation.ts';
import { META } from '../../src/store/keys.ts';
import { redisPerFile } from '../support/redis-per-file.ts';

const given = redisPerFile();
const HOUR_MS = 3_600_000;

let dataFolder: string;
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'partwork-installation-'));
});
afterEach(() => rm(dataFolder, { recursive: true, force: true }));

async function open(more: { afterRestore?: boolean; dataFolder?: string } = {}): Promise<Installation> {
  const opened = await openInstallation(given.redis, { dataFolder, secrets: ['a secret'], ...more });
  if (isRefusal(opened)) throw new Error(opened.message);
  return opened;
}

test.each([
  ['emptied', () => given.redis.flushall(), 'it is empty'],
  [
    'another installation’s',
    () => given.redis.hset(META, 'instance', 'other'),
    'another Partwork installation',
  ],
  [
    'an hour older',
    () => given.redis.hincrby(META, 'seenAt', -HOUR_MS),
    'older than what this machine has seen',
  ],
  ['of another version', () => given.redis.hset(META, 'schema', '3'), 'has schema 3'],
  ['made with another secret', () => given.redis.hset(META, 'secretMark', 'x'), 'another secret'],
])('a ledger that turns into one that is %s under us is noticed', async (_, change, words) => {
  const installation = await open();
  expect(await installation.verify()).toBeUndefined();
  await change();
  expect((await installation.verify())?.message).toContain(words);
  await expect(open()).rejects.toThrow(words);
});

test.each([
  ['emptied', () => given.redis.flushall()],
  ['another one', () => given.redis.hset(META, 'instance', 'other')],
  ['older', () => given.redis.hincrby(META, 'seenAt', -HOUR_MS)],
])('nothing is written into a ledger that is %s', async (_, change) => {
  const installation = await open();
  await change();
  const before = await given.redis.hgetall(META);
  expect(await installation.noteSeen()).toBe(false);
  expect(await given.redis.hgetall(META)).toEqual(before);
});

test('one that lost its last seconds in a crash is ours still', async () => {
  const installation = await open();
  await given.redis.hincrby(META, 'seenAt', -30_000);
  expect(await installation.verify()).toBeUndefined();
  expect(await installation.noteSeen()).toBe(true);
});

test('when it was seen never goes back, though Redis’ clock does: that would look like a backup to another machine', async () => {
  const installation = await open();
  const ahead = Date.now() + HOUR_MS;
  await given.redis.hset(META, 'seenAt', ahead);
  expect(await installation.noteSeen()).toBe(true);
  expect(await given.redis.hget(META, 'seenAt')).toBe(String(ahead));
  await installation.remember();
  expect(JSON.parse(await readFile(join(dataFolder, 'instance.json'), 'utf8'))).toMatchObject({
    seenAt: ahead,
  });
});

test('a backup that the operator means is taken, and known from then on to whoever was waiting', async () => {
  const waiting = await open();
  await given.redis.hincrby(META, 'seenAt', -HOUR_MS);
  expect(await waiting.verify()).toBeDefined();
  await open({ afterRestore: true });
  expect(await waiting.verify()).toBeUndefined();
});

test('a full Redis can be looked at', async () => {
  await open();
  await given.redis.config('SET', 'maxmemory', '1');
  try {
    await expect(open()).resolves.toBeDefined();
  } finally {
    await given.redis.config('SET', 'maxmemory', '0');
  }
});
