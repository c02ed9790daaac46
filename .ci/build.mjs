// Makes dist/ from src/ and workers/: compiles, copies what is not TypeScript, removes what has no source any more, and keeps what help says.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesBelow, ROOT, sourceFingerprint, writeStamp } from './stamps.mjs';

// Taken before compiling: a file saved meanwhile makes the result stale.
const fingerprint = sourceFingerprint();
const sources = [...filesBelow('src'), ...filesBelow('workers')];

compile();
copy(sources.filter((file) => !isCompiled(file)));
removeStale();
const bin = join(ROOT, 'dist/src/cli/main.js');
chmodSync(bin, 0o755);
keepHelp();
writeStamp('built', fingerprint);

function compile() {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  try {
    execFileSync(process.execPath, [tsc, '-p', '.ci/tsconfig.build.json', '--noEmitOnError'], {
      cwd: ROOT,
      stdio: 'inherit',
    });
  } catch (error) {
    console.error('dist/ is left as it was. Mend the errors above, and build again.');
    process.exit(error.status ?? 1);
  }
}

function copy(files) {
  for (const file of files) {
    mkdirSync(dirname(join(ROOT, 'dist', file)), { recursive: true });
    copyFileSync(join(ROOT, file), join(ROOT, 'dist', file));
  }
}

function removeStale() {
  const made = new Set(sources.flatMap(outputsOf).map((file) => `dist/${file}`));
  for (const file of filesBelow('dist')) if (!made.has(file)) rmSync(join(ROOT, file));
}

/** What it says when it is asked for help, so that nothing has to be loaded for that. It was removed before: what has no source is. */
function keepHelp() {
  writeFileSync(join(ROOT, 'dist/src/cli/help.txt'), execFileSync(process.execPath, [bin, '--help']));
}

function outputsOf(source) {
  if (!isCompiled(source)) return [source];
  const script = source.replace(/\.tsx?$/, '.js');
  return [script, `${script}.map`];
}

/** Scripts of Redis and what browsers get are taken as they are. */
function isCompiled(source) {
  return /\.tsx?$/.test(source);
}
