import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseScheduleFlags } from '../../src/cli/schedule-flags.ts';
import { sampleIssue, sampleSeries } from '../compose/sample-series.ts';
import { GARDEN_FILES, isBuilt, openWorkplace, type Workplace } from '../support/partwork.ts';
import { runHere } from '../support/run-here.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

let redis: TestRedis;
let place: Workplace;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(async () => {
  await redis.redis().flushall();
  place = await openWorkplace({ REDIS_URL: redis.url });
  await place.write(GARDEN_FILES);
});
afterEach(() => place.remove());

test.each([
  [{ every: 'soon' }, '--every: "soon"'],
  [{ at: '25:00' }, '--at: "25:00"'],
  [{ timezone: 'Mars/Olympus' }, '--timezone: "Mars/Olympus"'],
  [{ join: 'last' }, '--join: "last"'],
  [{ start: 'yesterday' }, '--start: "yesterday"'],
])('of the flags %j it is told which is wrong', (flags, words) => {
  const said = parseScheduleFlags(flags, sampleSeries(sampleIssue()), Date.now());
  expect(said).toContain(words);
});

describe.skipIf(!isBuilt)('partwork', () => {
  test('plan shows dates and changes nothing; schedule asks for --yes off a terminal; the second time nothing changes', async () => {
    const planned = await place.run(
      'plan',
      'garden',
      '--start',
      '2030-01-01 08:00',
      '--timezone',
      'Asia/Taipei',
    );
    expect(planned.code).toBe(0);
    expect(planned.stdout).toContain('1  Frost  Tue 2030-01-01 08:00');
    expect(planned.stdout).toContain('2  Thaw   Wed 2030-01-02 08:00');
    expect((await place.run('status')).stderr).toContain('No series has been scheduled yet');

    expect(await place.run('schedule', 'garden')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--yes'),
    });
    expect(await place.run('schedule', 'garden', '--yes')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('Scheduled.'),
    });
    expect((await place.run('schedule', 'garden')).stderr).toContain('Nothing has changed');
  });

  test('a flag that is not understood is a usage error', async () => {
    const { code, stderr } = await place.run('plan', 'garden', '--every', 'soon');
    expect([code, stderr]).toEqual([2, expect.stringContaining('--every: "soon"')]);
  });

  test('status shows how the audience adds up; pause, resume and cancel; a cancelled series takes a schedule to go on', async () => {
    expect((await runHere(place, 'pause', 'garden')).code).toBe(1);
    await runHere(place, 'subscribers', 'add', 'reader@example.com', '--series', 'garden', '--confirmed');
    await runHere(place, 'schedule', 'garden', '--yes');
    expect((await runHere(place, 'status', 'garden')).stdout).toContain('1 reader, 0 caught up');
    const [status] = JSON.parse((await runHere(place, 'status', 'garden', '--json')).stdout) as object[];
    expect(status).toMatchObject({
      series: 'garden',
      state: 'running',
      readers: 1,
      issues: [
        { id: 'frost', waiting: 1, toCome: 0, audience: 1, addsUp: true },
        { id: 'thaw', waiting: 1, toCome: 1, audience: 1, addsUp: true },
      ],
    });
    for (const [command, code, state] of [
      ['pause', 0, 'paused'],
      ['pause', 0, 'paused'],
      ['resume', 0, 'running'],
      ['cancel', 0, 'cancelled'],
      ['resume', 5, 'cancelled'],
    ] as const) {
      expect((await runHere(place, command, 'garden')).code).toBe(code);
      expect((await runHere(place, 'status', 'garden')).stdout).toContain(`(garden): ${state}`);
    }
    await runHere(place, 'schedule', 'garden', '--yes');
    expect((await runHere(place, 'status', 'garden')).stdout).toContain('(garden): running');
  });
});

describe.skipIf(!isBuilt)('partwork subscribers', () => {
  test('import keeps good rows, tells bad ones with their line, and repeats nothing', async () => {
    await place.write({
      'readers.csv':
        'Email Address,Name,next\none@example.com,一,\nnot an address,,\ntwo@EXAMPLE.com,Two,2\nONE@example.com,again,\nthree@example.com,,9\n',
    });
    expect((await runHere(place, 'subscribers', 'import', 'readers.csv', '--series', 'garden')).code).toBe(2);
    const first = await runHere(
      place,
      'subscribers',
      'import',
      'readers.csv',
      '--series',
      'garden',
      '--confirmed',
    );
    expect(first.code).toBe(0);
    expect(first.stderr).toContain('readers.csv:3:');
    expect(first.stderr).toContain('readers.csv:6: The series has no issue "9".');
    expect(first.stderr).toContain('2 added, 1 was in already, 2 lines left out.');
    const again = await runHere(
      place,
      'subscribers',
      'import',
      'readers.csv',
      '--series',
      'garden',
      '--confirmed',
    );
    expect(again.stderr).toContain('0 added, 3 were in already');
    const people = (await runHere(place, 'subscribers', 'list', '--series', 'garden', '--json')).stdout
      .trim()
      .split('\n');
    expect(
      people.map((line) => (JSON.parse(line) as { subscriptions: object[] }).subscriptions).flat(),
    ).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ place: '@start' }),
        expect.objectContaining({ place: 'thaw' }),
      ]),
    );
  });

  test('what export writes, import reads back', async () => {
    await runHere(
      place,
      'subscribers',
      'add',
      'one@example.com',
      '--series',
      'garden',
      '--confirmed',
      '--name',
      '讀者, 一',
    );
    await runHere(
      place,
      'subscribers',
      'add',
      'two@example.com',
      '--series',
      'garden',
      '--confirmed',
      '--position',
      'thaw',
    );
    const { stdout } = await runHere(place, 'subscribers', 'export', '--series', 'garden');
    await redis.redis().flushall();
    const other = await openWorkplace({ REDIS_URL: redis.url });
    await other.write({ ...GARDEN_FILES, 'back.csv': stdout });
    expect(
      (await runHere(other, 'subscribers', 'import', 'back.csv', '--series', 'garden', '--confirmed')).stderr,
    ).toContain('2 added');
    expect(sorted((await runHere(other, 'subscribers', 'export', '--series', 'garden')).stdout)).toEqual(
      sorted(stdout),
    );
    await other.remove();
  });

  test('remove ends a subscription; erase forgets the person and keeps them out', async () => {
    await runHere(place, 'subscribers', 'add', 'one@example.com', '--series', 'garden', '--confirmed');
    expect(
      (await runHere(place, 'subscribers', 'remove', 'ONE@example.com', '--series', 'garden')).stderr,
    ).toContain('no longer gets');
    expect((await runHere(place, 'subscribers', 'show', 'one@example.com')).stdout).toContain(
      'ended (removed)',
    );
    expect((await runHere(place, 'subscribers', 'erase', 'one@example.com')).code).toBe(0);
    expect(
      (await runHere(place, 'subscribers', 'add', 'one@example.com', '--series', 'garden', '--confirmed'))
        .code,
    ).toBe(5);
    const left = await redis.redis().keys('*');
    const dump = await Promise.all(left.map((key) => redis.redis().dumpBuffer(key)));
    expect(Buffer.concat(dump.filter((one) => one !== null)).includes('one@example.com')).toBe(false);
  });
});

describe.skipIf(!isBuilt)('a Redis that is not fit', () => {
  test('evicts: refused with the command that mends it', async () => {
    const evicting = await startRedis(['--maxmemory-policy', 'allkeys-lru']);
    const other = await openWorkplace({ REDIS_URL: evicting.url });
    const { code, stderr } = await other.run('status');
    expect([code, stderr]).toEqual([5, expect.stringContaining('CONFIG SET maxmemory-policy noeviction')]);
    await other.remove();
    await evicting.stop();
  });

  test('cannot be reached: 69', async () => {
    const other = await openWorkplace({ REDIS_URL: 'redis://127.0.0.1:1' });
    expect(await other.run('status')).toMatchObject({
      code: 69,
      stderr: expect.stringContaining('Redis cannot be reached'),
    });
    await other.remove();
  });

  test('has been emptied: refused', async () => {
    await place.run('status');
    await redis.redis().flushall();
    expect(await place.run('status')).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('has lost the ledger'),
    });
  });

  test('belongs to another installation: refused', async () => {
    await place.run('status');
    const other = await openWorkplace({ REDIS_URL: redis.url });
    expect(await other.run('status')).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('another secret'),
    });
    await other.remove();
  });
});

const sorted = (text: string): string[] => text.trim().split('\n').toSorted();
