import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WORKERS } from '../../../src/store/keys.ts';
import { GARDEN_FILES, isBuilt, openWorkplace, type Workplace } from '../../support/partwork.ts';
import { hasTerminals, openOnTerminal, type OnTerminal } from '../../support/pseudo-terminal.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';
import { runHere } from '../../support/run-here.ts';

let redis: TestRedis;
let place: Workplace;
let watch: OnTerminal;
beforeAll(async () => {
  redis = await startRedis(['--appendfsync', 'always']);
  place = await openWorkplace({ REDIS_URL: redis.url });
  await place.write(GARDEN_FILES);
  await runHere(place, 'subscribers', 'add', 'reader@example.com', '--series', 'garden', '--confirmed');
  await runHere(place, 'schedule', 'garden', '--yes');
});
afterAll(async () => {
  await place.remove();
  await redis.stop();
});
afterEach(() => watch.close());

const seen = /A garden \(garden\): running, \d readers?/;
const ENTER = '\u001b[?1049h';
const isLeft = () => {
  expect(watch.terminal).toMatchObject({ isAlternate: false, hasCursor: true, wraps: true, strange: [] });
};

// `script` is of util-linux: Linux machines have it.
describe.skipIf(!isBuilt || !hasTerminals)('partwork watch on a terminal', () => {
  test.each([
    ['q', 0],
    ['\u0003', 130],
  ])('takes the whole screen, shows what there is, and gives it back at %j', async (key, code) => {
    watch = await openOnTerminal(place, ['watch', 'garden']);
    await watch.shows(seen);
    await watch.shows('Frost');
    expect(watch.terminal).toMatchObject({ isAlternate: true, hasCursor: false, strange: [] });
    expect(watch.terminal.screen[0]).toMatch(/^ Partwork garden +\d\d:\d\d:\d\d$/);
    expect(watch.terminal.screen.at(-1)).toContain('q end');
    watch.type(key);
    expect(await watch.ended()).toBe(code);
    isLeft();
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ] as const)('gives the screen back at %s', async (signal, code) => {
    watch = await openOnTerminal(place, ['watch']);
    await watch.shows(seen);
    process.kill(watch.pid, signal);
    expect(await watch.ended()).toBe(code);
    isLeft();
  });

  test('stopped and continued, it gives the screen back and takes it again', async () => {
    watch = await openOnTerminal(place, ['watch']);
    await watch.shows(seen);
    process.kill(watch.pid, 'SIGTSTP');
    await watch.continue();
    await expect.poll(() => watch.output().split(ENTER), { timeout: 30_000 }).toHaveLength(3);
    expect(watch.output().split(ENTER)[1]).toMatch(/\u001b\[\?25h\u001b\[\?1049l$/);
    await watch.shows(seen);
    watch.type('q');
    expect(await watch.ended()).toBe(0);
  });

  test('killed, it can do nothing: the help and the keys say what can be done', async () => {
    watch = await openOnTerminal(place, ['watch']);
    await watch.shows(seen);
    watch.type('?');
    await watch.shows('type `reset` then');
    process.kill(watch.pid, 'SIGKILL');
    expect(await watch.ended()).toBe(137);
    expect((await place.run('watch', '--help')).stdout).toContain('`reset` does');
  });

  test('follows the size of the terminal, and scrolls where it is too small', async () => {
    watch = await openOnTerminal(place, ['watch'], { columns: 120, rows: 30 });
    await watch.shows(seen);
    watch.resize(40, 8);
    await watch.shows(/lines 1 to 6 of \d+/);
    // What was written for the old size while it changed.
    watch.terminal.strange.length = 0;
    watch.type('G');
    await watch.shows(/lines \d+ to (\d+) of \1/);
    watch.type('\u001b[H');
    await watch.shows('lines 1 to 6');
    watch.resize(100, 40);
    await watch.shows(seen);
    await watch.shows('Thaw');
    expect(watch.terminal.screen).toHaveLength(40);
    expect(watch.terminal.strange).toEqual([]);
  });

  test('while Redis is away it keeps the last numbers and says since when; then it goes on by itself', async () => {
    watch = await openOnTerminal(place, ['watch']);
    await watch.shows(seen);
    await redis.kill();
    await watch.shows(/no answer since \d\d:\d\d:\d\d/);
    await watch.shows(seen);
    await redis.restart();
    await watch.shows(/^ Partwork garden +\d\d:\d\d:\d\d$/m);
    await runHere(place, 'subscribers', 'add', 'second@example.com', '--series', 'garden', '--confirmed');
    await watch.shows('running, 2 readers');
    await redis.kill();
    await watch.shows('no answer since');
    watch.type('q');
    expect(await watch.ended()).toBe(0);
    isLeft();
    await redis.restart();
  });

  test('a bug ends it with the screen given back and its stack on it', async () => {
    watch = await openOnTerminal(place, ['watch']);
    await watch.shows(seen);
    await redis.redis().set(WORKERS, 'no hash');
    expect(await watch.ended()).toBe(1);
    isLeft();
    expect(watch.output().split('\u001b[?1049l')[1]).toContain('WRONGTYPE');
    await redis.redis().del(WORKERS);
  });

  test('without colours there are none, and bars are ASCII', async () => {
    watch = await openOnTerminal(place, ['watch'], { more: { NO_COLOR: '1' } });
    await watch.shows('...');
    // oxlint-disable-next-line no-control-regex
    expect(watch.output()).not.toMatch(/░|\u001b\[[1-9][0-9;]*m/);
    watch.type('q');
    await watch.ended();
    await watch.close();

    watch = await openOnTerminal(place, ['status', 'garden']);
    await watch.ended();
    expect(watch.output()).toContain('░');
  });
});
