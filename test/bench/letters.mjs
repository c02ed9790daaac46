// How long somebody waits for a confirmation while a series goes to its readers: from the request to the mail server's having the
// letter, with a private Redis, one worker process and a server that takes ten connections and no more.
// `npm run bench:letters -- [readers] [letters] [ms until the server answers a message]`.
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

const [readers = 100_000, letters = 30, answerMs = 0] = process.argv.slice(2).map(Number);
const CONNECTIONS = 10;
const BATCH = 5_000;
const MOST_WAIT_MS = 60_000;
const FOR_EVER_MS = 3_600_000;
const SERIES = 'garden';
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'partwork-letters-'));
const sink = spawn(process.execPath, [here('strict-sink.mjs'), CONNECTIONS, answerMs], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const arrivals = new Map();
const seen = { port: 0, taken: 0, full: 0 };
createInterface({ input: sink.stdout }).on('line', (line) => {
  const [what, value, at] = line.split(' ');
  if (what === 'letter') arrivals.set(value, Number(at));
  else if (what === 'full') seen.full += 1;
  else seen[what] = Number(value);
});

async function until(isSo, ms = MOST_WAIT_MS) {
  for (const end = Date.now() + ms; !isSo(); await sleep(1)) {
    if (Date.now() > end) return false;
  }
  return true;
}

function writeSeries() {
  const home = join(folder, 'content', SERIES);
  mkdirSync(home, { recursive: true });
  const head = 'title: A Year in the Garden\nfrom: Garden Letters <garden@example.com>\nevery: 1d';
  writeFileSync(join(home, '_index.md'), `---\n${head}\n---\n`);
  const prose = 'One of a great many sentences in a garden book, and the next one is like it.\n\n'.repeat(
    200,
  );
  writeFileSync(join(home, '01-soil.md'), `---\ntitle: Soil\n---\n\n${prose}`);
}

async function schedule(app) {
  const [series] = (await app.load()).series;
  const composed = await composeSeries({ composer: await app.composer(), lint: app.lint }, series);
  const result = await scheduleSeries(app, await planSeries(app, composed, { choices: {} }));
  if (result === undefined || typeof result === 'object') throw new Error(JSON.stringify(result));
}

const readerOf = (app, name) => {
  const address = `${name}@example.com`;
  return { id: subscriberIdOf(address, app.salt), address, name: '' };
};

async function joinAll(app) {
  for (let from = 0; from < readers; from += BATCH) {
    const length = Math.min(BATCH, readers - from);
    const joiners = Array.from({ length }, (_, n) => ({ subscriber: readerOf(app, `reader-${from + n}`) }));
    await joinSeries(app, SERIES, joiners, { source: 'bench', mayComeBack: true });
  }
}

/** Somebody asks; ms until the mail server has the letter, or undefined when it does not come. */
async function confirmation(app, name) {
  const { id: subscriber, address } = readerOf(app, name);
  const began = Date.now();
  const at = await app.store.now();
  const signup = { series: SERIES, subscriber, address, name: '', language: 'en', source: 'form' };
  await app.store.signups.keep({ ...signup, requestedAt: at });
  await app.queues.addLetter({ kind: 'confirm', series: SERIES, subscriber, at });
  const hasCome = await until(() => arrivals.has(address));
  return hasCome ? arrivals.get(address) - began : undefined;
}

function told(name, times) {
  const sorted = times.map((ms) => ms ?? Infinity).toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  console.log(
    `${name}: ${times.length} confirmations, median ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${sorted.at(-1)} ms`,
  );
}

/** The workers as an operator runs them. */
const startWorker = (env) =>
  spawn(process.execPath, [here('../../dist/src/cli/main.js'), 'work'], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', process.env.VERBOSE ? 'inherit' : 'ignore'],
  });

async function measure(app) {
  await schedule(app);
  const began = Date.now();
  const step = readers / (letters + 1);
  const whileItRuns = async (_, n) => {
    await until(() => seen.taken >= (n + 0.5) * step, FOR_EVER_MS);
    return confirmation(app, `confirm-${n}`);
  };
  const waits = await Promise.all(Array.from({ length: letters }, whileItRuns));
  const isUnderWay = seen.taken < readers;
  await until(() => seen.taken >= readers, FOR_EVER_MS);
  const seconds = (Date.now() - began) / 1_000;
  console.log(
    `${readers} issues in ${seconds.toFixed(0)} s (${Math.round(readers / seconds)}/s), ${seen.full} connections refused`,
  );
  if (!isUnderWay) console.log('Some confirmations came only after the last issue.');
  told('while it ran', waits);
  await sleep(2_000);
  const idle = [];
  for (let n = 0; n < 10; n++) idle.push(await confirmation(app, `confirm-idle-${n}`));
  told('afterwards', idle);
}

await until(() => seen.port > 0);
const env = {
  PARTWORK_POSTAL_ADDRESS: '1 Garden Lane',
  BASE_URL: 'https://letters.example.com',
  SMTP_URL: `smtp://127.0.0.1:${seen.port}?connections=${CONNECTIONS}`,
};
writeSeries();
const app = await openApp(loadConfig(folder, env), { log: silentLog });
await joinAll(app);
const worker = startWorker(env);
try {
  await measure(app);
} finally {
  worker.kill('SIGTERM');
  await once(worker, 'exit');
  await app.close();
  sink.kill();
  rmSync(folder, { recursive: true, force: true });
}
