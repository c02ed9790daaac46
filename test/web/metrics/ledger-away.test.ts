import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ADMIN_SECRET } from '../../support/admin-visitor.ts';
import { openDoor, type Door } from '../../support/door.ts';
import { readMetrics } from '../../support/read-metrics.ts';

const LATEST_MS = 2_000;
/** Only what never happens takes so long. */
const SOON = { timeout: 20_000 };
let door: Door;
beforeEach(async () => {
  door = await openDoor({ PARTWORK_ADMIN_SECRET: ADMIN_SECRET });
}, 120_000);
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
  await expect.poll(rightAfterWrong, SOON).toEqual([401, 401]);

  expect(await ask('/healthz')).toMatchObject({ status: 200, text: 'ok\n' });
  const ready = await ask('/readyz');
  expect([ready.status, ready.headers.get('Retry-After')]).toEqual([503, '5']);
  expect(JSON.parse(ready.text)).toMatchObject({
    ready: false,
    checks: { answers: { ok: false, reason: 'Redis does not answer.' }, writes: { ok: false } },
  });
}

/** Whether the figures and the probe say that all is well. */
async function isWell(): Promise<boolean> {
  const told = readMetrics((await ask('/metrics')).text).value('partwork_up') === 1;
  return told && (await ask('/readyz')).status === 200;
}

const readiness = async () => JSON.parse((await ask('/readyz')).text) as Record<string, unknown>;
const fit = async () => readMetrics((await ask('/metrics')).text).value('partwork_ledger_fit');

test('a Redis that hangs', { timeout: 120_000 }, async () => {
  await expect.poll(isWell, SOON).toBe(true);
  process.kill(door.t.redis.pid, 'SIGSTOP');
  await expectAway();
  process.kill(door.t.redis.pid, 'SIGCONT');
  await expect.poll(isWell, SOON).toBe(true);
});

test('a Redis that is killed, and comes back', { timeout: 120_000 }, async () => {
  await door.t.redis.kill();
  await expectAway();
  await door.t.redis.restart();
  await expect.poll(isWell, SOON).toBe(true);
});

describe('a Redis that answers, and cannot be worked with', () => {
  test('it is full', async () => {
    await door.t.redis.redis().config('SET', 'maxmemory', '1');
    await expect.poll(readiness, SOON).toMatchObject({
      ready: false,
      checks: { answers: { ok: true }, ours: { ok: true }, writes: { ok: false } },
    });
    await expect.poll(fit, SOON).toBe(0);
    await door.t.redis.redis().config('SET', 'maxmemory', '0');
    await expect.poll(readiness, SOON).toEqual({
      ready: true,
      checks: { answers: { ok: true }, ours: { ok: true }, writes: { ok: true } },
    });
    await expect.poll(fit, SOON).toBe(1);
  });

  test('it was emptied', async () => {
    const redis = door.t.redis.redis();
    await redis.flushall();
    await expect
      .poll(readiness, SOON)
      .toMatchObject({ checks: { answers: { ok: true }, ours: { ok: false } } });
    await expect.poll(fit, SOON).toBe(0);
    expect(JSON.stringify(await readiness())).not.toContain(door.t.config.dataFolder);
    expect(await redis.keys('*')).toEqual(expect.not.arrayContaining([expect.stringContaining(':meta')]));
  });

  test('it became a replica, and takes no writes', async () => {
    await door.t.redis.redis().replicaof('127.0.0.1', 1);
    await expect.poll(readiness, SOON).toMatchObject({ ready: false, checks: { writes: { ok: false } } });
    expect((await ask('/metrics')).status).toBe(200);
    expect((await ask('/healthz')).status).toBe(200);
  });
});
