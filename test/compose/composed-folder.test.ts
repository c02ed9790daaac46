import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { composedFolder } from '../../src/compose/cache/composed-folder.ts';

let kept = '';
beforeEach(async () => {
  kept = join(await mkdtemp(join(tmpdir(), 'composed-')), 'composed');
});
afterEach(() => rm(join(kept, '..'), { recursive: true }));

const entries = async (): Promise<string[]> => (await readdir(kept)).filter((name) => name.endsWith('.gz'));

const DAY_MS = 86_400_000;
const entry = (words: string) =>
  ({ images: [], result: { problems: [{ severity: 'warning', file: words, message: '' }] } }) as const;
const key = (n: number): string => String(n).padStart(64, '0');

test('what was not used for longest goes when there is too much', async () => {
  const old = composedFolder(kept);
  for (let n = 0; n < 10; n++) {
    await old.set(key(n), entry(String(n)));
    const then = (Date.now() - (20 - n) * DAY_MS) / 1_000;
    await utimes(join(kept, `${key(n)}.gz`), then, then);
  }
  await old.get(key(0));

  await composedFolder(kept, { bytes: 1e6, files: 10 }).set(key(10), entry('10'));
  const left = (await entries()).map((name) => Number.parseInt(name, 10)).toSorted((a, b) => a - b);
  expect(left).toEqual([0, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('the cache stays below its bytes', async () => {
  const cache = composedFolder(kept, { bytes: 2_000, files: 1_000 });
  for (let n = 0; n < 40; n++) await cache.set(key(n), entry(`${n}`.repeat(50)));
  const sizes = await Promise.all((await entries()).map(async (name) => (await stat(join(kept, name))).size));
  expect(sizes.length).toBeGreaterThan(5);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(2_000);
  expect(await cache.get(key(39))).toEqual(entry('39'.repeat(50)));
});

test('what a crash left unfinished is removed after an hour', async () => {
  await mkdir(kept);
  for (const [name, ageMs] of [
    ['old', 2 * 3_600_000],
    ['new', 0],
  ] as const) {
    await writeFile(join(kept, `${name}.tmp`), 'half');
    const then = (Date.now() - ageMs) / 1_000;
    await utimes(join(kept, `${name}.tmp`), then, then);
  }
  await composedFolder(kept).set(key(0), entry('0'));
  const left = await readdir(kept);
  expect(left).toContain('new.tmp');
  expect(left).not.toContain('old.tmp');
});
