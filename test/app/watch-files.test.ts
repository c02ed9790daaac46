import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { watchFiles, type FileWatch } from '../../src/app/watch-files.ts';

const POST = 'content/garden/01-frost.md';

let folder: string;
let watching: FileWatch;
let told: string[][];
/** The post as whoever is told would read it. */
let read: string;

const at = (name: string) => join(folder, name);
const heard = () => told.flat().map((path) => path.slice(folder.length + 1));
const save = (name: string, text = 'new') => writeFile(at(name), text);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partwork-watch-'));
  await mkdir(at('content/garden'), { recursive: true });
  await mkdir(at('content/.git'), { recursive: true });
  await mkdir(at('elsewhere'));
  await save('content/garden/01-frost.md', 'old');
  told = [];
  watching = await watchFiles({
    paths: ['content', 'templates', 'partwork.yaml', '.env'].map(at),
    except: [at('content/out')],
    onChange: (paths) => {
      told.push([...paths]);
      read = existsSync(at(POST)) ? readFileSync(at(POST), 'utf8') : '';
    },
    onError: (error) => {
      throw error;
    },
  });
});
afterEach(async () => {
  await watching.close();
  await rm(folder, { recursive: true, force: true });
});

/** How editors and tools change a file. */
const SAVES: [string, (name: string) => Promise<void>][] = [
  ['written in place', (name) => save(name)],
  [
    'written in two steps',
    async (name) => {
      await save(name, '');
      await sleep(20);
      await save(name);
    },
  ],
  [
    'written beside and renamed, as Vim and many others do',
    async (name) => {
      await save(`${name}.tmp`);
      await rename(at(`${name}.tmp`), at(name));
    },
  ],
  [
    'moved to a backup and written anew',
    async (name) => {
      await rename(at(name), at(`${name}~`));
      await save(name);
      await unlink(at(`${name}~`));
    },
  ],
  [
    'removed and written anew',
    async (name) => {
      await unlink(at(name));
      await save(name);
    },
  ],
];

describe('a change is heard of', () => {
  test.each(SAVES)('a file %s, each time', async (_, write) => {
    for (const round of [1, 2, 3]) {
      told = [];
      read = '';
      await write(POST);
      await expect.poll(() => read, { message: `round ${round}` }).toBe('new');
      expect(new Set(heard())).toEqual(new Set([POST]));
      // What belongs to this save has been heard by then.
      await sleep(150);
    }
  });

  test.each(['partwork.yaml', '.env', 'templates/issue.mjml.liquid', 'content/new/folder/post.md'])(
    '%s, which was not there when the watch began',
    async (name) => {
      await mkdir(join(at(name), '..'), { recursive: true });
      await save(name);
      await expect.poll(heard).toContain(name);
    },
  );

  test('a file in a folder that was removed and came back', async () => {
    await rm(at('content'), { recursive: true });
    await expect.poll(heard).toContain('content/garden/01-frost.md');
    told = [];
    await mkdir(at('content/garden'), { recursive: true });
    await save('content/garden/01-frost.md');
    await expect.poll(heard).toContain('content/garden/01-frost.md');
  });
});

test('many saves at once are told as a few', async () => {
  const names = Array.from({ length: 60 }, (_, n) => `content/garden/${n}.md`);
  for (const name of names) await save(name);
  await expect.poll(() => new Set(heard()).size).toBeGreaterThanOrEqual(names.length);
  expect(told.length).toBeLessThan(10);
});

test('what is of no interest is not heard of', async () => {
  await mkdir(at('content/out'));
  for (const name of [
    'elsewhere/a.md',
    'content/.git/index',
    'content/out/a.html',
    'content/garden/.#01-frost.md',
    'content/4913',
  ])
    await save(name);
  await save('content/garden/01-frost.md');
  await expect.poll(heard).toContain('content/garden/01-frost.md');
  expect(heard()).toEqual(['content/garden/01-frost.md']);
});
