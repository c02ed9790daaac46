import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { GARDEN_FILES, isBuilt, openWorkplace, type Workplace } from '../../support/partwork.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';
import { runHere } from '../../support/run-here.ts';

let redis: TestRedis;
let place: Workplace;
let child: ChildProcess;
let lines: string[];
beforeAll(async () => {
  redis = await startRedis(['--appendfsync', 'always']);
  place = await openWorkplace({ REDIS_URL: redis.url });
  await place.write(GARDEN_FILES);
  await runHere(place, 'schedule', 'garden', '--yes');
});
afterAll(async () => {
  await place.remove();
  await redis.stop();
});
afterEach(() => child.kill('SIGKILL'));

function start(...args: string[]): void {
  child = place.start('watch', ...args);
  lines = [];
  let rest = '';
  child.stdout?.on('data', (chunk) => {
    const parts = `${rest}${String(chunk)}`.split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
}
const said = (words: string) =>
  expect.poll(() => lines.join('\n'), { timeout: 30_000, interval: 50 }).toContain(words);
const join = (reader: string) =>
  runHere(place, 'subscribers', 'add', `${reader}@example.com`, '--series', 'garden', '--confirmed');

describe.skipIf(!isBuilt)('partwork watch through a pipe', () => {
  test('is a line for each change, with nothing in it that only a terminal knows, until SIGTERM', async () => {
    start('--every', '1s');
    await said('garden: Nobody subscribes yet.');
    await join('first');
    await said('issue 1: 1, 1 waiting');
    // What is said of the same reading, or of the next one.
    await sleep(2_500);
    const before = lines.length;
    await sleep(3_000);
    expect(lines).toHaveLength(before);
    await redis.kill();
    await said('No answer: Redis cannot be reached');
    await redis.restart();
    await said('Redis answers again.');
    await join('second');
    await said('issue 1: 2, 2 waiting');
    // oxlint-disable-next-line no-control-regex
    expect(lines.join('\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
    expect(lines.filter((line) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ ./.test(line))).toEqual([]);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([143, null]);
  });

  test('with --json it is an object a line, also while Redis is away', async () => {
    start('garden', '--json', '--every', '1s');
    await expect.poll(() => lines.length, { timeout: 30_000 }).toBeGreaterThan(2);
    await redis.kill();
    await said('"awaySince":"2');
    await redis.restart();
    await expect.poll(() => lines.at(-1), { timeout: 30_000 }).toContain('"awaySince":null');
    const objects = lines.map((line) => JSON.parse(line) as { series: { series: string }[] });
    expect(new Set(objects.map(({ series }) => series.map((one) => one.series).join()))).toEqual(
      new Set(['garden']),
    );
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([130, null]);
  });

  test('ends when nobody reads it any more', async () => {
    start('--json', '--every', '1s');
    await expect.poll(() => lines.length, { timeout: 30_000 }).toBeGreaterThan(0);
    child.stdout?.destroy();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test.each([
    [['--every', 'soon'], 2, '--every: "soon" is no pause.'],
    [['--every', '500ms'], 2, 'at least 1s'],
    [['roses'], 1, 'There is no series "roses"'],
  ])('%j is refused', async (args, code, words) => {
    const ran = await place.run('watch', ...args);
    expect([ran.code, ran.stderr]).toEqual([code, expect.stringContaining(words)]);
  });
});
