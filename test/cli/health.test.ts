import { once } from 'node:events';
import { hostname } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GARDEN_FILES, isBuilt, openWorkplace, type Workplace } from '../support/partwork.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { runHere } from '../support/run-here.ts';

let redis: TestRedis;
let place: Workplace;
beforeEach(async () => {
  redis = await startRedis();
  place = await openWorkplace({ REDIS_URL: redis.url });
  await place.write(GARDEN_FILES);
});
afterEach(async () => {
  await place.remove();
  await redis.stop();
});

/** As a worker says that it is there. */
const note = async (id: string) => {
  const [seconds] = await redis.redis().time();
  const seenAt = Number(seconds) * 1_000;
  await redis
    .redis()
    .hset('pw:workers', id, JSON.stringify({ id, startedAt: seenAt, seenAt, connections: 5 }));
};

describe('partwork health', () => {
  test('nobody sends: 69, and why', async () => {
    const { code, stdout } = await runHere(place, 'health');
    expect(code).toBe(69);
    expect(stdout).toContain(
      'FAIL  Nobody sends: no worker has been seen for 45 seconds. `partwork up` or `partwork work` does.\n',
    );
    expect(stdout).toContain('ok    The mail server can be used.\n');
  });

  test('somebody sends: 0; a mail server that refuses: 69, in its words', async () => {
    await note('mars:1');
    expect((await runHere(place, 'health')).code).toBe(0);
    await redis.redis().set('pw:transport', 'answer to AUTH: 535 5.7.8 no');
    const { code, stdout } = await runHere(place, 'health', '--json');
    expect(code).toBe(69);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      checks: expect.arrayContaining([
        { check: 'mail-server', ok: false, says: 'Mail does not go out: answer to AUTH: 535 5.7.8 no.' },
      ]),
    });
  });

  test('what a server says does not steer the terminal', async () => {
    await note('mars:1');
    await redis.redis().set('pw:transport', 'answer to AUTH: 535 \u001b[2Jno\u202e\r\nok    All is well.');
    const { code, stdout } = await runHere(place, 'health');
    expect([code, stdout]).toEqual([69, expect.stringContaining('535 �[2Jno���ok    All is well.')]);
    expect(stdout.split('\n')).toHaveLength(6);
    expect((await runHere(place, 'health', '--json')).stdout).not.toMatch(/[\u001b\u202e]/);
  });

  test('--here: a worker of another machine is none of ours', async () => {
    await note('mars:1');
    expect((await runHere(place, 'health', '--here')).code).toBe(69);
    await note(`${hostname()}:1`);
    expect(await runHere(place, 'health', '--here')).toMatchObject({
      code: 0,
      stdout: 'ok    Processes that send: 1.\n',
    });
  });

  test(
    'a Redis that is away: 69; not with --here, whose worker waits for it',
    { timeout: 60_000 },
    async () => {
      await redis.kill();
      const [all, here] = [await runHere(place, 'health'), await runHere(place, 'health', '--here')];
      expect([all.code, here.code]).toEqual([69, 0]);
      expect(here.stderr).toContain('Redis cannot be reached');
      await redis.restart();
    },
  );
});

describe.skipIf(!isBuilt)('with a worker of its own', () => {
  test('it lives, ends, and is missed', { timeout: 60_000 }, async () => {
    const worker = place.start('work');
    const code = async () => (await place.run('health', '--here')).code;
    await expect.poll(code, { timeout: 40_000 }).toBe(0);
    worker.kill('SIGTERM');
    await once(worker, 'exit');
    expect(await code()).toBe(69);
  });
});
