// `node --import test/support/typescript.mjs program.ts`: tests run programs of their own on Node 20, which cannot strip types.
import { readFile } from 'node:fs/promises';
import { createRequire, register } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) register(import.meta.url);

const vitest = createRequire(import.meta.url).resolve('vitest/package.json');
const vite = createRequire(vitest).resolve('vite/package.json');
const { transformSync } = await import(pathToFileURL(createRequire(vite).resolve('rolldown/utils')).href);

// As in tsconfig.json.
const OPTIONS = { sourcemap: false, jsx: { runtime: 'automatic', importSource: 'hono/jsx' } };

export async function load(url, context, nextLoad) {
  if (!/\.tsx?$/.test(url)) return nextLoad(url, context);
  const file = fileURLToPath(url);
  const { code, errors } = transformSync(file, await readFile(file, 'utf8'), OPTIONS);
  if (errors.length > 0) throw new SyntaxError(errors.map(String).join('\n'));
  return { format: 'module', source: code, shortCircuit: true };
}
