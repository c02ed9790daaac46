import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { addressOf, openTestApp, type TestApp } from './app.ts';
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts';

/** A long course on its way to many readers, sent by a process of its own. */
export interface Sending {
  readonly t: TestApp;
  readonly worker: WorkerProcess;
  /** How many mails the server has accepted. */
  readonly count: number;
  /** Waits for a mail that comes after this moment; returns how long it took, ms. */
  nextMail(withinMs: number): Promise<number>;
  /** Waits until so many more have come. */
  more(mails: number): Promise<void>;
  /** Waits until nothing comes any more: what was under way has come in. Fails when mail goes on. */
  quiet(withinMs?: number): Promise<void>;
  /** Waits until the worker's log has said this, after `more`. */
  said(words: string | RegExp, withinMs?: number): Promise<void>;
  /** Lets the server answer at once, waits until everybody has had all issues, and tells what the server saw. */
  finish(): Promise<Verdict>;
  close(): Promise<void>;
}

export interface Verdict {
  readonly lost: readonly string[];
  readonly outOfOrder: readonly string[][];
  readonly repeats: number;
}

export interface SendingOptions {
  readonly readers?: number;
  readonly redis?: readonly string[];
  /** Where the worker finds Redis, if not where the server is. */
  readonly redisUrl?: (t: TestApp) => Promise<string>;
}

/** These tests measure by /proc, and run what is built. */
export const canMeasure = existsSync('dist/src/cli/main.js') && process.platform === 'linux';

const TITLES = ['One', 'Two', 'Three', 'Four', 'Five'];
const SERVER_MS = 40;
const QUIET_MS = 400;
const DEADLINE_MS = 60_000;

export async function openSending({
  readers = 120,
  redis = [],
  redisUrl,
}: SendingOptions = {}): Promise<Sending> {
  const server = { ms: SERVER_MS };
  const t = await openTestApp({
    withoutWorkers: true,
    redis,
    script: ({ at }) => (at === 'body' ? { reply: '250 2.0.0 Ok', afterMs: server.ms } : undefined),
  });
  const names = Array.from({ length: readers }, (_, index) => `reader-${index}`);
  const posts = TITLES.map((title, index) => [`${index + 1}-${title.toLowerCase()}`, `title: ${title}`]);
  await t.write('course', 'every: 0', Object.fromEntries(posts) as Record<string, string>);
  await t.join('course', ...names);
  await t.schedule('course');
  const worker = startWorkerProcess(t, redisUrl === undefined ? {} : { REDIS_URL: await redisUrl(t) });
  const mails = t.smtp.transactions;
  let heard = 0;

  const sending: Sending = {
    t,
    worker,
    get count() {
      return mails.length;
    },
    async nextMail(withinMs) {
      const [began, before] = [performance.now(), mails.length];
      await until(
        () => mails.length > before,
        withinMs,
        () => `no mail came. ${worker.messages.join('\n')}`,
      );
      return performance.now() - began;
    },
    async more(wanted) {
      heard = worker.messages.length;
      const before = mails.length;
      const tell = () => `${mails.length - before} of ${wanted} came. ${worker.messages.join('\n')}`;
      await until(() => mails.length >= before + wanted, DEADLINE_MS, tell);
    },
    async quiet(withinMs = 10_000) {
      let [last, since] = [mails.length, performance.now()];
      const isQuiet = (): boolean => {
        if (mails.length > last) [last, since] = [mails.length, performance.now()];
        return performance.now() - since > QUIET_MS;
      };
      await until(isQuiet, withinMs, () => `mail goes on. ${worker.messages.join('\n')}`);
    },
    said: (words, withinMs = 15_000) =>
      until(
        () =>
          worker.messages
            .slice(heard)
            .some((text) => (typeof words === 'string' ? text.includes(words) : words.test(text))),
        withinMs,
        () => `the log does not say ${String(words)}: ${worker.messages.join('\n')}`,
      ),
    async finish() {
      server.ms = 0;
      const isComplete = () => verdict(t, names).lost.length === 0;
      await until(isComplete, DEADLINE_MS, () => `${mails.length} came. ${worker.messages.join('\n')}`, 250);
      await sending.quiet();
      return verdict(t, names);
    },
    async close() {
      await worker.kill();
      await t.close();
    },
  };
  return sending;
}

/** What the mail server saw, and nothing else. */
function verdict(t: TestApp, readers: readonly string[]): Verdict {
  const order = new Map<string, string[]>();
  let repeats = 0;
  for (const { to, message } of t.smtp.transactions) {
    const title = /^Subject: (.*)$/m.exec(message.toString('latin1', 0, 4_096))?.[1]?.trim() ?? '';
    const had = order.get(to[0] ?? '') ?? [];
    if (had.includes(title)) repeats += 1;
    else order.set(to[0] ?? '', [...had, title]);
  }
  return {
    lost: readers.filter((reader) => (order.get(addressOf(reader)) ?? []).length < TITLES.length),
    outOfOrder: [...order.values()].filter(
      (titles) => titles.join() !== TITLES.slice(0, titles.length).join(),
    ),
    repeats,
  };
}

async function until(
  isTrue: () => boolean,
  withinMs: number,
  tell: () => string,
  everyMs = 5,
): Promise<void> {
  for (const deadline = performance.now() + withinMs; !isTrue(); await sleep(everyMs)) {
    if (performance.now() > deadline) throw new Error(`After ${withinMs} ms: ${tell()}`);
  }
}
