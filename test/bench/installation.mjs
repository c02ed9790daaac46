// What a bench of a whole sending runs: a folder with a private Redis, a mail server of our own in a process, and `partwork` as an operator
// runs it.
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

const CONNECTIONS = 10;
const BATCH = 5_000;
const FOR_EVER_MS = 3_600_000;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Whether it was so before the time was over. */
export async function until(isSo, ms = FOR_EVER_MS) {
  for (const end = Date.now() + ms; !isSo(); await sleep(1)) {
    if (Date.now() > end) return false;
  }
  return true;
}

/**
 * `sink` = the mail server's script and its arguments; it writes `port <n>`, `taken <n>` and whatever else to stdout, and `onLine` is told
 * every line's words.
 */
export async function openInstallation({
  sink: [script, ...args],
  onLine = () => undefined,
  env: more = {},
}) {
  const folder = mkdtempSync(join(tmpdir(), 'partwork-bench-'));
  const sink = spawn(process.execPath, [here(script), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const seen = { port: 0, taken: 0 };
  createInterface({ input: sink.stdout }).on('line', (line) => {
    const [what, ...rest] = line.split(' ');
    if (what in seen) seen[what] = Number(rest[0]);
    onLine(what, ...rest);
  });
  await until(() => seen.port > 0);
  const env = {
    PARTWORK_POSTAL_ADDRESS: '1 Garden Lane',
    BASE_URL: 'https://letters.example.com',
    SMTP_URL: `smtp://127.0.0.1:${seen.port}?connections=${CONNECTIONS}`,
    ...more,
  };
  const app = await openApp(loadConfig(folder, env), { log: silentLog });
  const running = [];
  const reader = (address) => ({ id: subscriberIdOf(address, app.salt), address, name: '' });

  return {
    app,
    seen,
    reader,
    /** Starts a command, as an operator does. */
    run(...command) {
      const child = spawn(process.execPath, [here('../../dist/src/cli/main.js'), ...command], {
        cwd: folder,
        env: { PATH: process.env.PATH, ...env },
        stdio: ['ignore', 'ignore', process.env.VERBOSE ? 'inherit' : 'ignore'],
      });
      running.push(child);
      return child;
    },
    async join(series, addresses) {
      for (let from = 0; from < addresses.length; from += BATCH) {
        const joiners = addresses
          .slice(from, from + BATCH)
          .map((address) => ({ subscriber: reader(address) }));
        await joinSeries(app, series, joiners, { source: 'bench', mayComeBack: true });
      }
    },
    /** Writes a series of one issue and schedules it. */
    async schedule(name, prose = 'A spade, and a cold morning.\n') {
      const home = join(folder, 'content', name);
      mkdirSync(home, { recursive: true });
      const head = 'title: A Year in the Garden\nfrom: Garden Letters <garden@example.com>\nevery: 1d';
      writeFileSync(join(home, '_index.md'), `---\n${head}\n---\n`);
      writeFileSync(join(home, '01-soil.md'), `---\ntitle: Soil\n---\n\n${prose}`);
      const series = (await app.load()).series.find(({ id }) => id === name);
      const composed = await composeSeries({ composer: await app.composer(), lint: app.lint }, series);
      const result = await scheduleSeries(app, await planSeries(app, composed, { choices: {} }));
      if (result === undefined || typeof result === 'object') throw new Error(JSON.stringify(result));
    },
    async end(child, signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, 'exit');
    },
    async close() {
      for (const child of running) await this.end(child, 'SIGKILL');
      await app.close();
      sink.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
