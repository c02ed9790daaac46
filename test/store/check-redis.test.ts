import { createServer } from 'node:net';
import type { Redis } from 'ioredis';
import { afterEach, expect, test } from 'vitest';
import { formatProblem } from '../../src/domain/problem.ts';
import { checkRedis } from '../../src/store/check-redis.ts';
import { connectRedis } from '../../src/store/connect-redis.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

let servers: TestRedis[] = [];
let connections: Redis[] = [];
afterEach(async () => {
  for (const connection of connections) connection.disconnect();
  await Promise.all(servers.map((server) => server.stop()));
  [servers, connections] = [[], []];
});

async function serve(...more: string[]): Promise<TestRedis> {
  const server = await startRedis(['--appendfsync', 'always', ...more]);
  servers.push(server);
  return server;
}

function connect(address: string): Redis {
  const connection = connectRedis(address).on('error', () => undefined);
  connections.push(connection);
  return connection;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const verdicts = async (redis: Redis, unsafe = false): Promise<string[]> =>
  (await checkRedis(redis, { unsafe, withinMs: 500 })).map(({ rule, severity }) => `${severity} ${rule}`);

test.each([
  ['set up well', [], [], []],
  ['that evicts', ['--maxmemory-policy', 'allkeys-lru'], ['error eviction'], ['error eviction']],
  ['without an append-only file', ['--appendonly', 'no'], ['error append-only'], ['warning append-only']],
  ['that writes once a second', ['--appendfsync', 'everysec'], ['warning fsync'], ['warning fsync']],
  ['that is full', ['--maxmemory', '1'], ['warning memory'], ['warning memory']],
  ['that is a replica', ['--replicaof', '127.0.0.1 1'], ['error replica'], ['error replica']],
  [
    'wrong in several ways',
    ['--appendonly', 'no', '--maxmemory-policy', 'volatile-ttl'],
    ['error eviction', 'error append-only'],
    ['error eviction', 'warning append-only'],
  ],
])('a Redis %s', async (_, more, careful, unsafe) => {
  const server = await serve(...more);
  expect(await verdicts(server.redis())).toEqual(careful);
  expect(await verdicts(server.redis(), true)).toEqual(unsafe);
});

test.each([
  ['an open one', '', 'error open', 'warning open'],
  ['one with a password only', ':secret@', 'warning open', 'warning open'],
])('%s on another machine', async (_, credentials, careful, unsafe) => {
  const port = await freePort();
  // The bind address `0.0.0.0` reaches this machine and is not one of its loopback names.
  const server = await serve('--port', String(port), '--bind', '127.0.0.1', '--protected-mode', 'no');
  if (credentials !== '') await server.redis().config('SET', 'requirepass', 'secret');
  const redis = connect(`redis://${credentials}0.0.0.0:${port}`);
  expect(await verdicts(redis)).toEqual([careful]);
  expect(await verdicts(redis, true)).toEqual([unsafe]);
  expect(await verdicts(connect(`redis://${credentials}127.0.0.1:${port}`))).toEqual([]);
});

test('a problem names the server without its password, and what to do', async () => {
  const server = await serve('--maxmemory-policy', 'allkeys-lru');
  const [problem] = await checkRedis(server.redis());
  expect(problem && formatProblem(problem)).toBe(
    `${server.socket}: error: This Redis throws away data when its memory is full (maxmemory-policy allkeys-lru). ` +
      'Run `CONFIG SET maxmemory-policy noeviction`, and set the same in its configuration.',
  );
});

test('nobody there is an answer, and names the reason', async () => {
  const [problem] = await checkRedis(connect('redis://:secret@127.0.0.1:1/2'), { withinMs: 200 });
  expect(problem && formatProblem(problem)).toBe(
    'redis://127.0.0.1:1/2: error: Redis cannot be reached: connect ECONNREFUSED 127.0.0.1:1. Start it, or correct REDIS_URL.',
  );
});

test('a server that hangs up is suspected to want the other protocol', async () => {
  const port = await freePort();
  const rude = createServer((socket) => socket.resetAndDestroy()).listen(port, '127.0.0.1');
  const [problem] = await checkRedis(connect(`redis://127.0.0.1:${port}`), { withinMs: 200 });
  expect(problem?.fix).toContain('rediss://');
  rude.close();
});

test('a server that comes up a little later is waited for', async () => {
  const server = await serve();
  await server.kill();
  const verdict = checkRedis(connect(server.socket), { withinMs: 5_000 });
  await server.restart();
  expect(await verdict).toEqual([]);
});

test('a wrong password is told at once', async () => {
  const server = await serve();
  await server.redis().config('SET', 'requirepass', 'secret');
  const redis = connect(server.socket);
  const began = Date.now();
  const [problem] = await checkRedis(redis, { withinMs: 10_000 });
  expect(problem?.message).toContain('NOAUTH');
  expect(problem?.fix).toBe('Correct the user and password in REDIS_URL.');
  expect(Date.now() - began).toBeLessThan(5_000);
});

test('a user who may not ask is told what to allow', async () => {
  const server = await serve();
  await server.redis().call('ACL', 'SETUSER', 'default', '-info');
  const [problem] = await checkRedis(connect(server.socket), { withinMs: 1_000 });
  expect(problem?.message).toContain('NOPERM');
});
