import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectRedis, parseRedisAddress, redisName } from '../../src/store/connect-redis.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

describe('an address of a Redis', () => {
  test.each([
    ['redis://db.example.com', { host: 'db.example.com', port: 6379, db: 0 }],
    ['redis://db.example.com:6380/3', { host: 'db.example.com', port: 6380, db: 3 }],
    ['redis://:pass%40word@[::1]/', { host: '::1', port: 6379, db: 0, password: 'pass@word' }],
    [
      'rediss://ash:x@db.example.com/1',
      { host: 'db.example.com', db: 1, username: 'ash', tls: { servername: 'db.example.com' } },
    ],
    ['rediss://10.0.0.7', { host: '10.0.0.7', tls: {} }],
    ['unix:///var/lib/partwork/redis/socket', { path: '/var/lib/partwork/redis/socket', db: 0 }],
    ['unix:///srv/a%20b?db=2', { path: '/srv/a b', db: 2 }],
    ['/srv/where is it?/socket', { path: '/srv/where is it?/socket' }],
  ])('%s is understood', (address, expected) => {
    expect(parseRedisAddress(address)).toMatchObject(expected);
  });

  test.each([
    '',
    'db.example.com',
    '//db',
    'http://db.example.com',
    'redis://',
    'redis://h/one',
    'redis://:100%@h',
    'unix://h/s',
    'unix:///',
    'unix:///s?db=x',
  ])('%j is refused', (address) => {
    expect(parseRedisAddress(address)).toBeUndefined();
    expect(() => connectRedis(address)).toThrow('Not a Redis address');
  });

  test.each([
    ['redis://ash:secret@db.example.com:6380/3?x=secret', 'redis://db.example.com:6380/3'],
    ['/srv/socket', '/srv/socket'],
    ['secret', '(not a URL)'],
  ])('%s is shown without its secrets', (address, shown) => {
    expect(redisName(address)).toBe(shown);
  });
});

describe('a connection', () => {
  let server: TestRedis;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  test('waits through a crash of the server, and finds what was written before', async () => {
    const redis = server.redis();
    await redis.set('issue', '1');
    await server.kill();
    const answer = redis.get('issue');
    await server.restart();
    expect(await answer).toBe('1');
  });

  test('fails at once while the server is down, where that was asked for', async () => {
    const redis = connectRedis(server.url, { waitWhileDown: false }).on('error', () => undefined);
    await new Promise((resolve) => redis.once('ready', resolve));
    await server.kill();
    await expect.poll(() => redis.status).toBe('reconnecting');
    await expect(redis.get('issue')).rejects.toThrow("isn't writeable");
    redis.disconnect();
    await server.restart();
  });

  test.each([
    ['is sent again when the server is back', true, '1'],
    ['is not sent again where nobody waits for it any more', false, null],
  ])('a command that was lost with the server %s', async (_, waitWhileDown, stored) => {
    const other = server.redis();
    await other.del('lost');
    const pid = Number(/process_id:(\d+)/.exec(await other.info('server'))?.[1]);
    const redis = connectRedis(server.url, { waitWhileDown, commandTimeoutMs: 200 });
    redis.on('error', () => undefined);
    await new Promise((resolve) => redis.once('ready', resolve));
    process.kill(pid, 'SIGSTOP');
    await expect(redis.incr('lost')).rejects.toThrow('timed out');
    await server.kill();
    await server.restart();
    await expect.poll(() => redis.status).toBe('ready');
    expect(await other.get('lost')).toBe(stored);
    redis.disconnect();
  });

  test('gives up on a command after its time', async () => {
    const redis = connectRedis(server.url, { commandTimeoutMs: 50 });
    await expect(redis.blpop('nothing', 5)).rejects.toThrow('timed out');
    redis.disconnect();
  });

  test('goes to the database of the address and tells its name, as do its duplicates', async () => {
    const redis = connectRedis(`${server.url}?db=3`, { name: 'partwork-web' });
    const second = redis.duplicate();
    for (const connection of [redis, second])
      expect(await connection.client('INFO')).toMatch(/name=partwork-web .*db=3/);
    redis.disconnect();
    second.disconnect();
  });
});
