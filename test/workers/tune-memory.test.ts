import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { isBuilt } from '../support/partwork.ts';

// V8 says so on standard error, at each start of each worker, and goes on.
test.runIf(isBuilt)('this Node knows all that is asked of it', async () => {
  const file = pathToFileURL(resolve('dist/workers/tune-memory.js')).href;
  const script = `import { tuneMemory } from ${JSON.stringify(file)}; tuneMemory();`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '-e',
    script,
  ]);
  expect(stdout + stderr).toBe('');
});
