// Put before a process with `--import`: notes in the file PACKAGES_NOTED every module that it loads, a line each.
import { appendFileSync } from 'node:fs';
import { createRequire, register } from 'node:module';

const noting = `
import { appendFileSync } from 'node:fs';
export async function load(url, context, next) {
  appendFileSync(process.env.PACKAGES_NOTED, url + '\\n');
  return next(url, context);
}`;
register(`data:text/javascript,${encodeURIComponent(noting)}`);
// What CommonJS modules require of each other, and what we do ourselves, comes past the loader.
process.on('exit', () => {
  appendFileSync(process.env.PACKAGES_NOTED, Object.keys(createRequire(import.meta.url).cache).join('\n'));
});
