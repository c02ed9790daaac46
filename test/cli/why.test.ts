import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GARDEN_FILES, isBuilt, openWorkplace, type Workplace } from '../support/partwork.ts';
import { runHere } from '../support/run-here.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

let redis: TestRedis;
let place: Workplace;
beforeAll(async () => {
  redis = await startRedis(['--appendfsync', 'always']);
});
afterAll(() => redis.stop());
beforeEach(async () => {
  await redis.redis().flushall();
  place = await openWorkplace({ REDIS_URL: redis.url, PARTWORK_TIMEZONE: 'Asia/Taipei' });
  await place.write(GARDEN_FILES);
});
afterEach(() => place.remove());

const addReader = () =>
  runHere(
    place,
    'subscribers',
    'add',
    'ash@example.com',
    '--series',
    'garden',
    '--confirmed',
    '--name',
    'Ash',
  );

describe.skipIf(!isBuilt)('partwork why', () => {
  test('tells a reader’s story, in the zone of the configuration; `subscribers show` leads there', async () => {
    await runHere(place, 'schedule', 'garden', '--yes', '--start', '2030-01-01 08:00', '--timezone', 'UTC');
    await addReader();
    const { code, stdout, stderr } = await runHere(place, 'why', 'ASH@example.com');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('ash@example.com  Ash\n');
    expect(stdout).toContain('Nobody sends mail just now: start `partwork up` or `partwork work`.');
    expect(stdout).toContain('A garden (garden): reads it, had 0 of 2 issues');
    expect(stdout).toContain('agreed to get it (cli)');
    expect(stdout).toContain('Next: #1 "Frost", Tue 2030-01-01 16:00 (in ');
    expect(stdout).toContain('The series starts Tue 2030-01-01 16:00 (in ');

    const shown = await runHere(place, 'subscribers', 'show', 'ash@example.com');
    expect(shown.stderr).toBe(
      '`partwork why ash@example.com` tells what comes next and why then, or why not.\n',
    );
    expect((await runHere(place, 'subscribers', 'show', 'ash@example.com', '--json')).stderr).toBe('');
  });

  test('--json is all of it and nothing else on stdout', async () => {
    await runHere(place, 'schedule', 'garden', '--yes', '--start', '2030-01-01 08:00', '--timezone', 'UTC');
    await addReader();
    const { code, stdout, stderr } = await runHere(place, 'why', 'ash@example.com', '--json');
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'reader',
      address: 'ash@example.com',
      name: 'Ash',
      sending: { isWorking: false },
      series: [
        {
          series: 'garden',
          next: { at: '2030-01-01T08:00:00.000Z', waits: [{ kind: 'start' }] },
          obstacles: [],
        },
      ],
    });
  });

  test('nobody: 1; no address: 2, and what was typed is harmless', async () => {
    const unknown = await runHere(place, 'why', 'nobody@example.com');
    expect([unknown.code, unknown.stdout]).toEqual([
      1,
      'nobody@example.com\nNobody is known by this address.\n',
    ]);
    const wrong = await runHere(place, 'why', 'a\u001b[2Jb');
    expect([wrong.code, wrong.stdout, wrong.stderr]).toEqual([2, '', '"a�[2Jb" is not an address.\n']);
  });
});
