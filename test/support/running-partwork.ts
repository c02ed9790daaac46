import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { isBuilt, MAIN } from './partwork.ts';
import { readMail, type ReceivedMail } from './received-mail.ts';
import { startRedis } from './redis.ts';
import { shareComposed } from './share-composed.ts';

/** Partwork as its operator runs it: processes of its own in a folder of its own, spoken to over HTTP, mail and commands only. */
export interface RunningPartwork {
  /** Where its pages are, without a trailing slash. */
  readonly url: string;
  readonly folder: string;
  readonly redis: Redis;
  /** Runs a command to its end; throws with its words when it fails. */
  command(...args: string[]): Promise<string>;
  /** Starts `up` or `serve`, with other settings than before where some are given, and waits until it is there. */
  start(service: 'up' | 'serve', env?: Readonly<Record<string, string>>): Promise<void>;
  /** Ends what was started, and waits until it has gone. */
  stop(): Promise<void>;
  /** What a reader's mailbox holds, in the order it came; without an address, what all hold. */
  mails(address?: string): Promise<ReceivedMail[]>;
  /** Waits for a mail like this in a mailbox. */
  waitForMail(address: string, isWanted: (mail: ReceivedMail) => boolean): Promise<ReceivedMail>;
  /** How many mails there are, whoever they are for. */
  mailCount(): Promise<number>;
  /** All that the services have written to their logs. */
  log(): string;
  close(): Promise<void>;
}

export interface RunningOptions {
  readonly files: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

// Only what never happens takes so long, also where many tests share two cores.
const DEADLINE_MS = 60_000;

export async function openPartwork({ files, env = {} }: RunningOptions): Promise<RunningPartwork> {
  if (!isBuilt) throw new Error('dist/ is not there. Build it: node .ci/setup.mjs');
  const folder = await mkdtemp(join(tmpdir(), 'partwork-running-'));
  const redis = await startRedis();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    PORT: String(port),
    BASE_URL: url,
    REDIS_URL: redis.url,
    PARTWORK_SECRET: 'a secret of a test that is long enough to be one',
    PARTWORK_FROM: 'Garden Letters <letters@example.com>',
    PARTWORK_POSTAL_ADDRESS: '1 Example Street',
    PARTWORK_TRUSTED_PROXIES: 'loopback',
    PARTWORK_SIGNUPS_PER_MINUTE: '100000',
    LOG_LEVEL: 'debug',
    ...env,
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  await shareComposed(join(folder, '.partwork'));
  const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    spawn(process.execPath, [MAIN, ...args], {
      cwd: folder,
      env: { ...environment, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const inbox = join(folder, '.partwork', 'inbox');
  const read = new Map<string, Promise<ReceivedMail>>();
  const readOnce = (name: string): Promise<ReceivedMail> => {
    const mail = read.get(name) ?? readFile(join(inbox, name)).then(readMail);
    read.set(name, mail);
    return mail;
  };
  let service: ChildProcess | undefined;
  let log = '';

  const partwork: RunningPartwork = {
    url,
    folder,
    redis: redis.redis(),
    async command(...args) {
      const child = run(args);
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk) => (said += String(chunk)));
      const [code] = (await once(child, 'close')) as [number | null];
      if (code !== 0) throw new Error(`partwork ${args.join(' ')} ended with ${code}: ${said}`);
      return said;
    },
    async start(name, more) {
      service = run([name], more);
      for (const stream of [service.stdout, service.stderr]) {
        stream?.on('data', (chunk) => (log += String(chunk)));
      }
      for (const deadline = Date.now() + DEADLINE_MS; !(await answers(url)); await sleep(50)) {
        if (service.exitCode !== null || Date.now() > deadline)
          throw new Error(`${name} does not come up: ${log}`);
      }
    },
    async stop() {
      if (service === undefined || service.exitCode !== null) return;
      service.kill('SIGTERM');
      await once(service, 'exit');
    },
    async mails(address) {
      const names = (await readdir(inbox).catch(() => [])).filter((name) => name.endsWith('.eml'));
      const mails = await Promise.all(names.toSorted().map(readOnce));
      return mails.filter(({ to }) => address === undefined || to === address);
    },
    async waitForMail(address, isWanted) {
      for (const deadline = Date.now() + DEADLINE_MS; ; await sleep(50)) {
        const mails = await partwork.mails(address);
        const found = mails.find(isWanted);
        if (found !== undefined) return found;
        const had = mails.map(({ subject }) => subject).join(', ');
        if (Date.now() > deadline) throw new Error(`${address} has only: ${had}. ${log}`);
      }
    },
    async mailCount() {
      return (await readdir(inbox).catch(() => [])).filter((name) => name.endsWith('.eml')).length;
    },
    log: () => log,
    async close() {
      await partwork.stop();
      await redis.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return partwork;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`)).ok;
  } catch {
    // Nobody listens yet.
    return false;
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
