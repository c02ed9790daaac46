import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { importStatements } from './support/import-statements.ts';
import { brokenWalls, HOMES } from './support/walls.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const sourceFiles = ['src', 'workers'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(tsx?|lua)$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
);

test('doors lead to verbs, verbs to nouns, and tools stand at the side', () => {
  expect(sourceFiles.length).toBeGreaterThan(10);
  expect(sourceFiles.flatMap((path) => brokenWalls(path, read(path)))).toEqual([]);
});

test('every package we depend on has a home, and no home stands empty', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  expect(Object.keys(HOMES).toSorted()).toEqual(Object.keys(dependencies).toSorted());
});

describe('is allowed', () => {
  test.each([
    ['src/domain/a.ts', `import { DAY_MS } from './instant.ts';`],
    ['src/domain/a.ts', `import { createHmac } from 'node:crypto';`],
    ['src/domain/a.ts', `import { Temporal } from 'temporal-polyfill';`],
    ['src/store/a.ts', `import { Redis } from 'ioredis';\nimport { spawn } from 'node:child_process';`],
    ['src/csv/a.ts', `import { parse } from 'csv-parse/sync';`],
    ['src/web/a.tsx', `import { serve } from '@hono/node-server/serve-static';`],
    ['src/compose/a.ts', `import type { Root } from 'mdast';`],
    ['src/actions/a.ts', `import type { Store } from '../store/open-store.ts';`],
    [
      'src/actions/a.ts',
      `import { confirm } from './confirm.ts';\nimport { randomUUID } from 'node:crypto';`,
    ],
    ['src/app.ts', `import { openStore } from './store/open-store.ts';\nimport { Redis } from 'ioredis';`],
    ['src/config.ts', `import { parse } from 'yaml';\nprocess.env['PORT'];`],
    ['src/cli/up.ts', `const { startServer } = await import('../web/server.ts');`],
    ['src/cli/main.ts', `process.exitCode = 2;`],
    ['workers/main.ts', `import { openApp } from '../src/app.ts';\nprocess.exit(1);`],
    ['workers/deliver.ts', `import type { Store } from '../src/store/open-store.ts';`],
    ['workers/deliver.ts', `import { Worker } from 'bullmq';`],
    ['src/store/a.ts', `// import { Queue } from 'bullmq'\n/*\nexport default process.env\n*/`],
    [
      'src/store/a.ts',
      `await subscribers.import('bullmq');\nconst { v8 } = process.versions;\nconst r = process(row);`,
    ],
  ])('%s: %s', (path, source) => {
    expect(brokenWalls(path, source)).toEqual([]);
  });
});

describe('is not allowed', () => {
  test.each([
    // Nouns know nobody.
    [
      'src/domain/a.ts',
      `import { readFile } from 'node:fs/promises';`,
      'domain may not import node:fs/promises.',
    ],
    ['src/domain/a.ts', `import { Hono } from 'hono';`, 'domain may not import hono.'],
    ['src/domain/a.ts', `import type { Redis } from 'ioredis';`, 'domain may not import types of ioredis.'],
    [
      'src/domain/a.ts',
      `import type { K } from '../store/keys.ts';`,
      'domain may not import types of ../store/keys.ts.',
    ],
    // Tools know nouns only.
    ['src/mail/a.ts', `import { keys } from '../store/keys.ts';`, 'mail may not import ../store/keys.ts.'],
    [
      'src/mail/a.ts',
      `import type { K } from '../store/keys.ts';`,
      'mail may not import types of ../store/keys.ts.',
    ],
    [
      'src/queue/a.ts',
      `import { deliver } from '../actions/deliver.ts';`,
      'queue may not import ../actions/deliver.ts.',
    ],
    ['src/csv/a.ts', `export { config } from '../config.ts';`, 'csv may not import ../config.ts.'],
    ['src/mail/a.ts', `import {\n  Worker,\n} from 'bullmq';`, 'mail may not import bullmq.'],
    ['src/mail/a.ts', `import 'bullmq';`, 'mail may not import bullmq.'],
    ['src/mail/a.ts', `export * from "bullmq";`, 'mail may not import bullmq.'],
    ['src/mail/a.ts', `const q = await import('bullmq');`, 'mail may not import bullmq.'],
    ['src/mail/a.ts', `type Q = import('bullmq').Queue;`, 'mail may not import types of bullmq.'],
    [
      'src/mail/a.ts',
      `const q = createRequire(u); const require = q; require('bullmq');`,
      'mail may not import bullmq.',
    ],
    ['src/mail/a.ts', `const q = await import(name);`, 'imports a computed name. Write the name out.'],
    [
      'src/mail/a.ts',
      'const q = await import(`../${room}/a.ts`);',
      'imports a computed name. Write the name out.',
    ],
    ['src/store/a.ts', `import { join } from 'path';`, 'store may not import path.'],
    ['src/store/a.ts', `import pad from 'left-pad';`, 'store may not import left-pad.'],
    [
      'src/store/a.ts',
      `import p from '../../package.json' with { type: 'json' };`,
      'store may not import ../../package.json.',
    ],
    // Verbs know the shape of tools, not the tools.
    [
      'src/actions/a.ts',
      `import { openStore } from '../store/open-store.ts';`,
      'actions may not import ../store/open-store.ts.',
    ],
    [
      'src/actions/a.ts',
      `import { type Store } from '../store/open-store.ts';`,
      'actions may not import ../store/open-store.ts.',
    ],
    ['src/actions/a.ts', `import { Queue } from 'bullmq';`, 'actions may not import bullmq.'],
    [
      'src/actions/a.ts',
      `import { readFile } from 'node:fs/promises';`,
      'actions may not import node:fs/promises.',
    ],
    ['src/actions/a.ts', `import { page } from '../web/page.ts';`, 'actions may not import ../web/page.ts.'],
    // Doors reach tools through the app.
    [
      'src/cli/a.ts',
      `import { openStore } from '../store/open-store.ts';`,
      'cli may not import ../store/open-store.ts.',
    ],
    [
      'src/web/a.ts',
      `import { deliver } from '../../workers/deliver.ts';`,
      'web may not import ../../workers/deliver.ts.',
    ],
    ['workers/a.ts', `import { run } from '../src/cli/run.ts';`, 'workers may not import ../src/cli/run.ts.'],
    ['workers/a.ts', `import { Hono } from 'hono/tiny';`, 'workers may not import hono/tiny.'],
    // Wiring is done by app.ts, which knows no door.
    ['src/app.ts', `import { server } from './web/server.ts';`, 'app may not import ./web/server.ts.'],
    ['src/config.ts', `import { keys } from './store/keys.ts';`, 'config may not import ./store/keys.ts.'],
    // The environment and the exit.
    ['src/mail/a.ts', `const url = process.env['SMTP_URL'];`, 'only src/config.ts reads the environment.'],
    ['src/mail/a.ts', `const { env } = process;`, 'only src/config.ts reads the environment.'],
    ['src/mail/a.ts', `import { env } from 'node:process';`, 'mail may not import node:process.'],
    ['src/cli/send.ts', `process.exit(1);`, 'only src/cli/main.ts and workers/main.ts end the process.'],
    ['workers/a.ts', `process.exitCode = 1;`, 'only src/cli/main.ts and workers/main.ts end the process.'],
    // Names.
    ['src/mail/a.ts', `export default class {}`, 'exports a default. Export it by its name.'],
    ['src/mail/a.ts', `export { send as default };`, 'exports a default. Export it by its name.'],
    ['src/mail/index.ts', ``, 'is a barrel. Import the files themselves.'],
    ['src/mail/utils.ts', ``, '"utils" is a drawer. Name it after what is in it.'],
    ['src/mail/helpers/a.ts', ``, '"helpers" is a drawer. Name it after what is in it.'],
    ['src/services/a.ts', ``, 'stands in no room.'],
    ['src/utils.ts', ``, 'stands in no room.'],
  ])('%s: %s', (path, source, trouble) => {
    expect(brokenWalls(path, source)).toContain(`${path}:1: ${trouble}`);
  });

  test('a file of more than 250 lines, in any language', () => {
    expect(brokenWalls('src/store/a.lua', '--\n'.repeat(250))).toEqual([]);
    expect(brokenWalls('src/store/a.lua', '--\n'.repeat(251))).toHaveLength(1);
  });
});

test('imports are told with their lines, and types apart', () => {
  const source = `/* one\n import 'a'; */\nimport b, { type C } from 'b';\nimport type {\n  D,\n} from "d";\n\nfoo(await import('e'));\ntype F = typeof import('f');`;
  expect(importStatements(source)).toEqual([
    { specifier: 'b', isType: false, line: 3 },
    { specifier: 'd', isType: true, line: 4 },
    { specifier: 'e', isType: false, line: 8 },
    { specifier: 'f', isType: true, line: 9 },
  ]);
});
