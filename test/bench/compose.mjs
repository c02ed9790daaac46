// What composing a blog costs, from nothing, again with nothing changed, and with one post changed: each in a process of its own,
// for one blog of as many posts as each argument says (500 unless said). Times are the machine's, ratios are ours.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plantGarden, postFile } from './garden-posts.mjs';

const MEGABYTE = 1_000_000;
const [first = '500', ...rest] = process.argv.slice(2);

function benchmark(posts) {
  const folder = mkdtempSync(join(tmpdir(), 'partwork-bench-'));
  try {
    plantGarden(folder, posts);
    const cold = inItsOwnProcess(folder);
    const warm = inItsOwnProcess(folder);
    appendFileSync(postFile(folder, posts >> 1), '\nOne more line.\n');
    const changed = inItsOwnProcess(folder);

    console.log(
      `${posts} posts, ${(cold.htmlBytes / MEGABYTE).toFixed(1)} MB of HTML, ${cold.problems} problems`,
    );
    for (const [name, run] of Object.entries({ cold, warm, changed })) console.log(shown(name, run));
    const cache = cacheSize(folder);
    console.log(`  cache    ${cache.files} files, ${(cache.bytes / MEGABYTE).toFixed(1)} MB`);
    console.log(
      `  warm is ${(cold.ms / warm.ms).toFixed(1)} times as fast as cold, one post changed ${(cold.ms / changed.ms).toFixed(1)} times`,
    );
    if (new Set([cold.digest, warm.digest]).size > 1) throw new Error('Cold and warm gave other bytes.');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const shown = (name, { ms, startMs, posts, maxRss }) =>
  `  ${name.padEnd(8)} ${(ms / 1_000).toFixed(2)} s (${(ms / posts).toFixed(1)} ms a post, ${Math.round((posts / ms) * 1_000)}/s), reading content ${(startMs / 1_000).toFixed(2)} s, peak RSS ${(maxRss / MEGABYTE).toFixed(0)} MB`;

function inItsOwnProcess(folder) {
  const output = execFileSync(
    process.execPath,
    [...process.execArgv, fileURLToPath(import.meta.url), '--compose', folder],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  return JSON.parse(output);
}

function cacheSize(folder) {
  const home = join(folder, '.partwork', 'composed');
  const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.name.endsWith('.gz'),
  );
  return {
    files: files.length,
    bytes: files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0),
  };
}

/** Composes all there is, in this process. */
async function compose(folder) {
  const { createHash } = await import('node:crypto');
  const { loadConfig } = await import('../../dist/src/config.js');
  const { openStudio } = await import('../../dist/src/app/studio.js');
  const began = performance.now();
  const studio = openStudio(
    loadConfig(folder, { SITE_URL: 'https://blog.example.com', PARTWORK_POSTAL_ADDRESS: '1 Garden Lane' }),
  );
  const { series, problems: ofContent } = await studio.load();
  const problems = [...ofContent];
  const loaded = performance.now();
  const composer = await studio.composer();
  const rendered = [];
  for (const issue of series[0].issues) {
    const result = await composer.renderIssue(series[0], issue);
    problems.push(...result.problems);
    rendered.push(result.rendered);
  }
  const done = performance.now();
  return {
    startMs: loaded - began,
    ms: done - loaded,
    posts: rendered.length,
    problems: problems.length,
    htmlBytes: rendered.reduce((sum, { html }) => sum + Buffer.byteLength(html.join('')), 0),
    digest: createHash('sha256')
      .update(rendered.map(({ hash }) => hash).join())
      .digest('hex'),
    // In kB on every platform (libuv).
    maxRss: process.resourceUsage().maxRSS * 1_024,
  };
}

if (first === '--compose') console.log(JSON.stringify(await compose(rest[0])));
else for (const posts of [first, ...rest]) benchmark(Number(posts));
