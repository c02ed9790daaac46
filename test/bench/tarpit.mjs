// What a domain that tarpits costs everybody else: the rate of the others with it, over their rate without it, in rounds that take turns.
// `npm run bench:tarpit -- [readers] [readers at the tarpit] [its seconds] [rounds]`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { composeSeries } from '../../dist/src/actions/compose-series.js';
import { joinSeries } from '../../dist/src/actions/join-series.js';
import { planSeries } from '../../dist/src/actions/plan-series.js';
import { scheduleSeries } from '../../dist/src/actions/schedule-series.js';
import { openApp } from '../../dist/src/app.js';
import { loadConfig } from '../../dist/src/config.js';
import { silentLog } from '../../dist/src/domain/log.js';
import { subscriberIdOf } from '../../dist/src/domain/subscriber.js';

const [readers = 20_000, stuck = 400, seconds = 5, rounds = 3] = process.argv.slice(2).map(Number);
const CONNECTIONS = 10;
const ANSWER_MS = 3;
const DOMAINS = 40;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'partwork-tarpit-'));
const sink = spawn(process.execPath, [here('tarpit-sink.mjs'), seconds * 1_000, ANSWER_MS], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const seen = { port: 0, taken: 0 };
createInterface({ input: sink.stdout }).on('line', (line) => {
  const [what, value] = line.split(' ');
  seen[what] = Number(value);
});

async function until(isSo) {
  while (!isSo()) await sleep(2);
}

const addresses = {
  without: Array.from({ length: readers }, (_, n) => `reader-${n}@domain-${n % DOMAINS}.example`),
  stuck: Array.from({ length: stuck }, (_, n) => `reader-${n}@tar.example`),
};

async function schedule(app, name) {
  const home = join(folder, 'content', name);
  mkdirSync(home, { recursive: true });
  const head = 'title: A Year in the Garden\nfrom: Garden Letters <garden@example.com>\nevery: 1d';
  writeFileSync(join(home, '_index.md'), `---\n${head}\n---\n`);
  writeFileSync(join(home, '01-soil.md'), '---\ntitle: Soil\n---\n\nA spade, and a cold morning.\n');
  const series = (await app.load()).series.find(({ id }) => id === name);
  const composed = await composeSeries({ composer: await app.composer(), lint: app.lint }, series);
  const result = await scheduleSeries(app, await planSeries(app, composed, { choices: {} }));
  if (typeof result === 'object') throw new Error(JSON.stringify(result));
}

/** Mails a second to everybody but the tarpit. */
async function rateOf(app, name, all) {
  for (let from = 0; from < all.length; from += 5_000) {
    const joiners = all.slice(from, from + 5_000).map((address) => ({
      subscriber: { id: subscriberIdOf(address, app.salt), address, name: '' },
    }));
    await joinSeries(app, name, joiners, { source: 'bench', mayComeBack: true });
  }
  const before = seen.taken;
  await schedule(app, name);
  await until(() => seen.taken > before);
  const began = performance.now();
  // The last ones come in small batches; what is measured is the flow.
  await until(() => seen.taken - before >= readers * 0.9);
  const rate = (readers * 0.9) / ((performance.now() - began) / 1_000);
  await until(() => seen.taken - before >= readers);
  return rate;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

await until(() => seen.port > 0);
const env = {
  PARTWORK_POSTAL_ADDRESS: '1 Garden Lane',
  BASE_URL: 'https://letters.example.com',
  SMTP_URL: `smtp://127.0.0.1:${seen.port}?connections=${CONNECTIONS}`,
};
const app = await openApp(loadConfig(folder, env), { log: silentLog });
const worker = spawn(process.execPath, [here('../../dist/src/cli/main.js'), 'work'], {
  cwd: folder,
  env: { PATH: process.env.PATH, ...env },
  stdio: ['ignore', 'ignore', process.env.VERBOSE ? 'inherit' : 'ignore'],
});
try {
  const ratios = [];
  for (let round = 1; round <= rounds; round++) {
    const alone = await rateOf(app, `alone-${round}`, addresses.without);
    // In between, so that the worker meets them all the time.
    const mixed = addresses.without.flatMap((address, n) => {
      const every = Math.floor(readers / stuck);
      return n % every === 0 ? [address, addresses.stuck[n / every]].filter(Boolean) : [address];
    });
    const beside = await rateOf(app, `beside-${round}`, mixed);
    ratios.push(beside / alone);
    console.log(
      `round ${round}: ${Math.round(alone)}/s alone, ${Math.round(beside)}/s beside ${stuck} readers at a domain of ${seconds} s a mail: ${(beside / alone).toFixed(2)}`,
    );
  }
  console.log(`median ${median(ratios).toFixed(2)} of the rate`);
} finally {
  worker.kill('SIGKILL');
  await once(worker, 'exit');
  await app.close();
  sink.kill();
  rmSync(folder, { recursive: true, force: true });
}
