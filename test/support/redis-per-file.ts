import type { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { startRedis, type TestRedis } from './redis.ts';

/** A Redis of its own for the file that calls this, emptied before every test. */
export function redisPerFile(): { readonly server: TestRedis; readonly redis: Redis } {
  const given = {} as { server: TestRedis; redis: Redis };
  beforeAll(async () => {
    given.server = await startRedis();
    given.redis = given.server.redis();
  });
  beforeEach(async () => {
    await given.redis.flushall();
  });
  afterAll(() => given.server.stop());
  return given;
}
