import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ADMIN_SECRET } from '../../support/admin-visitor.ts';
import { openDoor, type Door } from '../../support/door.ts';
import { readMetrics } from '../../support/read-metrics.ts';

const LATEST_MS = 2_000;
let door: Door;
beforeEach(async () => (door = await openDoor({ PARTWORK_ADMIN_SECRET: ADMIN_SECRET })));
afterEach(async () => {
  // A server that stands still hears no other signal.
  process.kill(door.t.redis.pid, 'SIGCONT');
  await door.close();
});

async function ask(path: string, secret = ADMIN_SECRET) {
  const began = performance.now();
  const answer = await fetch(door.url + path, { headers: { Authorization: `Bearer ${secret}` } });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, ms: performance.now() - began };
}

async function expectAway() {
  const { status, text, ms } = await ask('/metrics');
  expect([status, ms < LATEST_MS]).toEqual([200, true]);
  const figures = readMetrics(text);
  expect([figures.value('partwork_up'), figures.value('partwork_redis_up')]).toEqual([0, 0]);
  expect(figures.families.map(({ name }) => name)).toEqual([
    'partwork_up',
    'partwork_redis_up',
    'partwork_build_info',
    'partwork_scrape_duration_seconds',
  ]);
  // Nobody counts tries now, and yet nobody may guess as fast as they like.
  const rightAfterWrong = async () => [
    (await ask('/metrics', 'wrong')).status,
    (await ask('/metrics')).status,
  ];
  await expect.poll(rightAfterWrong, { timeout: 20_000 }).toEqual([401, 401]);

  expect(await ask('/healthz')).toMatchObject({ status: 200, text: 'ok\n' });
  const ready = await ask('/readyz');
  expect([ready.status, ready.headers.get('Retry-After')]).toEqual([503, '5']);
  expect(JSON.parse(ready.text)).toMatchObject({
    ready: false,
    checks: { answers: { ok: false, reason: 'Redis does not answer.' }, writes: { ok: false } },
  });
}

async function expectBack() {
  await expect
    .poll(async () => readMetrics((await ask('/metrics')).text).value('partwork_up'), { timeout: 20_000 })
    .toBe(1);
  await expect.poll(async () => (await ask('/readyz')).status, { timeout: 20_000 }).toBe(200);
}

test('a Redis that hangs', { timeout: 120_000 }, async () => {
  await expectBack();
  process.kill(door.t.redis.pid, 'SIGSTOP');
  await expectAway();
  process.kill(door.t.redis.pid, 'SIGCONT');
  await expectBack();
});

test('a Redis that is killed, and comes back', { timeout: 120_000 }, async () => {
  await door.t.redis.kill();
  await expectAway();
  await door.t.redis.restart();
  await expectBack();
});

describe('a Redis that answers, and cannot be worked with', () => {
  const readiness = async () => JSON.parse((await ask('/readyz')).text) as Record<string, unknown>;
  const fit = async () => readMetrics((await ask('/metrics')).text).value('partwork_ledger_fit');
  const poll = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 20_000 });

  test('it is full', async () => {
    await door.t.redis.redis().config('SET', 'maxmemory', '1');
    await poll(readiness).toMatchObject({
      ready: false,
      checks: { answers: { ok: true }, ours: { ok: true }, writes: { ok: false } },
    });
    await poll(fit).toBe(0);
    await door.t.redis.redis().config('SET', 'maxmemory', '0');
    await poll(readiness).toEqual({
      ready: true,
      checks: { answers: { ok: true }, ours: { ok: true }, writes: { ok: true } },
    });
    await poll(fit).toBe(1);
  });

  test('it was emptied', async () => {
    const redis = door.t.redis.redis();
    await redis.flushall();
    await poll(readiness).toMatchObject({ checks: { answers: { ok: true }, ours: { ok: false } } });
    await poll(fit).toBe(0);
    expect(JSON.stringify(await readiness())).not.toContain(door.t.config.dataFolder);
    expect(await redis.keys('*')).toEqual(expect.not.arrayContaining([expect.stringContaining(':meta')]));
  });

  test('it became a replica, and takes no writes', async () => {
    await door.t.redis.redis().replicaof('127.0.0.1', 1);
    await poll(readiness).toMatchObject({ ready: false, checks: { writes: { ok: false } } });
    expect((await ask('/metrics')).status).toBe(200);
    expect((await ask('/healthz')).status).toBe(200);
  });
});
