import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestApp } from './app.ts';

/** `partwork work` as an operator runs it, with its log and what it costs. */
export interface WorkerProcess {
  /** Messages of its log, oldest first. */
  readonly messages: readonly string[];
  /** What it wrote and burnt while `ms` went by. */
  measure(ms: number): Promise<{ linesPerSecond: number; cpuPercent: number }>;
  signal(signal: NodeJS.Signals): void;
  /** Waits until it has ended. */
  ended(): Promise<number | null>;
  kill(): Promise<void>;
}

/** Ticks of /proc a second: a constant of Linux' interface to programs. */
const TICKS = 100;

export function startWorkerProcess(t: TestApp, env: Readonly<Record<string, string>> = {}): WorkerProcess {
  const child = spawn(process.execPath, ['dist/src/cli/main.js', 'work'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      REDIS_URL: t.redis.url,
      SMTP_URL: t.config.smtpUrl,
      PARTWORK_DATA: t.config.dataFolder,
      PARTWORK_CONTENT: t.config.contentFolder,
      LOG_LEVEL: 'info',
      ...env,
    },
  });
  const messages: string[] = [];
  let rest = '';
  const take = (chunk: Buffer): void => {
    const lines = `${rest}${String(chunk)}`.split('\n');
    rest = lines.pop() ?? '';
    messages.push(...lines.map(messageOf));
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const exit = once(child, 'exit') as Promise<[number | null]>;

  return {
    messages,
    async measure(ms) {
      const before = { lines: told(messages), cpu: cpuSeconds(child.pid), at: performance.now() };
      await sleep(ms);
      const seconds = (performance.now() - before.at) / 1_000;
      return {
        linesPerSecond: (told(messages) - before.lines) / seconds,
        cpuPercent: (100 * (cpuSeconds(child.pid) - before.cpu)) / seconds,
      };
    },
    signal: (signal) => child.kill(signal),
    ended: async () => (await exit)[0],
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
  };
}

/** Lines about mails that were accepted are not about the trouble. */
const told = (messages: readonly string[]): number => messages.filter((text) => text !== 'accepted').length;

/** Lines that are no JSON are a process' last words. */
function messageOf(line: string): string {
  if (!line.startsWith('{')) return line;
  const { msg, reason } = JSON.parse(line) as { msg: string; reason?: string };
  return reason === undefined ? msg : `${msg} (${reason})`;
}

function cpuSeconds(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
