import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GARDEN_FILES, isBuilt, MAIN, openWorkplace, type Workplace } from '../support/partwork.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

const NOTING = new URL('../support/note-packages.mjs', import.meta.url).href;
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object };

const run = promisify(execFile);

let redis: TestRedis;
let place: Workplace;
let list: string;
beforeAll(async () => {
  redis = await startRedis();
  place = await openWorkplace({ REDIS_URL: redis.url, PARTWORK_POSTAL_ADDRESS: '1 Garden Lane' });
  list = join(place.folder, 'loaded');
  await place.write({ ...GARDEN_FILES, 'partwork.yaml': 'timezone: UTC\n' });
});
afterAll(async () => {
  await place.remove();
  await redis.stop();
});

/** The packages we depend on that a command loads. */
async function packagesOf(...command: string[]): Promise<string[]> {
  await place.write({ loaded: '' });
  const env = { PATH: process.env['PATH'], ...place.env, PACKAGES_NOTED: list };
  await run(process.execPath, ['--import', NOTING, MAIN, ...command], { cwd: place.folder, env });
  const loaded = readFileSync(list, 'utf8').matchAll(/\/node_modules\/((?:@[^/]+\/)?[^/]+)\//g);
  return [...new Set(Array.from(loaded, ([, name = '']) => name))]
    .filter((name) => name in dependencies)
    .toSorted();
}

// A cold start is mostly the loading of packages: whoever adds one here makes every call of the command slower.
test.runIf(isBuilt)(
  'what shows help or how far it is loads as little as can be',
  async () => {
    expect(await packagesOf('--help')).toEqual([]);
    expect(await packagesOf('subscribers', 'import', '--help')).toEqual(['commander']);
    expect((await place.run('schedule', 'garden', '--yes')).code).toBe(0);
    expect(await packagesOf('status')).toEqual(['commander', 'ioredis', 'yaml']);
    expect(await packagesOf('status', 'garden', '--json')).toEqual(['commander', 'ioredis', 'yaml']);
  },
  60_000,
);
