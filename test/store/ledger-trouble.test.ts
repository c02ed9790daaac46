import { afterEach, expect, test } from 'vitest';
import { connectRedis } from '../../src/store/connect-redis.ts';
import { isLedgerTrouble } from '../../src/store/ledger-trouble.ts';
import { redisPerFile } from '../support/redis-per-file.ts';

const given = redisPerFile();

afterEach(() => given.redis.config('SET', 'maxmemory', '0'));

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test('a connection that is not there, was closed, or is silent', async () => {
  const away = connectRedis('redis://127.0.0.1:1', { waitWhileDown: false }).on('error', () => undefined);
  expect(isLedgerTrouble(await failureOf(away.get('x')))).toBe(true);
  away.disconnect();
  expect(isLedgerTrouble(await failureOf(away.get('x')))).toBe(true);

  const hasty = connectRedis(given.server.url, { commandTimeoutMs: 20 });
  expect(isLedgerTrouble(await failureOf(hasty.blpop('nothing', 1)))).toBe(true);
  hasty.disconnect();
});

test('a server that is full, has no master, or is busy with a script, also inside one', async () => {
  await given.redis.config('SET', 'maxmemory', '1');
  expect(isLedgerTrouble(await failureOf(given.redis.set('x', '1')))).toBe(true);
  expect(
    isLedgerTrouble(await failureOf(given.redis.eval("return redis.call('SET', KEYS[1], 1)", 1, 'x'))),
  ).toBe(true);
  await given.redis.config('SET', 'maxmemory', '0');
  await given.redis.replicaof('127.0.0.1', 1);
  expect(isLedgerTrouble(await failureOf(given.redis.set('x', '1')))).toBe(true);
  await given.redis.replicaof('NO', 'ONE');
});

test('words of BullMQ before the server’s own', () => {
  const wrapped = new Error('Failed to add repeatable job for next iteration: OOM command not allowed');
  expect(isLedgerTrouble(wrapped)).toBe(true);
});

test('a mistake of ours is none', async () => {
  await given.redis.set('text', 'x');
  expect(isLedgerTrouble(await failureOf(given.redis.hget('text', 'x')))).toBe(false);
  expect(isLedgerTrouble(await failureOf(given.redis.eval('return nonsense()', 0)))).toBe(false);
  expect(isLedgerTrouble(new TypeError('Cannot read properties of undefined'))).toBe(false);
  expect(isLedgerTrouble('Connection is closed.')).toBe(false);
});
