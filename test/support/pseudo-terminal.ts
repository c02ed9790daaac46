import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MAIN, type Workplace } from './partwork.ts';
import { TinyTerminal } from './tiny-terminal.ts';

/** `script` of util-linux makes a real terminal; without it there is none to be had without a native package. */
export const hasTerminals = spawnSync('script', ['--version']).stdout?.includes('util-linux') ?? false;

/** A command on a real terminal, and what somebody in front of it sees. */
export interface OnTerminal {
  readonly pid: number;
  readonly terminal: TinyTerminal;
  /** All that was written. */
  output(): string;
  type(keys: string): void;
  /** Resolves when the screen shows it. */
  shows(wanted: string | RegExp, withinMs?: number): Promise<void>;
  resize(columns: number, rows: number): void;
  /** As `fg` does it, once the command has stopped. */
  continue(): Promise<void>;
  /** Waits until it has ended; 128 + n for a signal, as shells count. */
  ended(): Promise<number | null>;
  close(): Promise<void>;
}

const DEADLINE_MS = 30_000;

export async function openOnTerminal(
  { folder, env }: Workplace,
  args: readonly string[],
  {
    columns = 80,
    rows = 24,
    more = {},
  }: { columns?: number; rows?: number; more?: Record<string, string> } = {},
): Promise<OnTerminal> {
  const note = join(folder, `terminal-${process.hrtime.bigint()}`);
  const command = `stty rows ${rows} cols ${columns}; echo "$$ $(tty)" > ${note}.new; mv ${note}.new ${note}; exec "$NODE" "$MAIN" ${args.join(' ')}`;
  const child = spawn('script', ['-qefc', command, '/dev/null'], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      TERM: 'xterm-256color',
      SHELL: '/bin/sh',
      NODE: process.execPath,
      MAIN,
      TZ: 'UTC',
      ...env,
      ...more,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const terminal = new TinyTerminal(columns, rows);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    terminal.write(text);
  });
  const exit = once(child, 'exit') as Promise<[number | null]>;
  await until(
    () => existsSync(note),
    () => 'the command did not start',
  );
  const [pid, device = ''] = readFileSync(note, 'utf8').trim().split(' ');

  return {
    pid: Number(pid),
    terminal,
    output: () => output,
    type: (keys) => void child.stdin.write(keys),
    shows: (wanted, withinMs) =>
      until(
        () => {
          const seen = terminal.screen.join('\n');
          return typeof wanted === 'string' ? seen.includes(wanted) : wanted.test(seen);
        },
        () => `the screen does not show ${String(wanted)}:\n${terminal.screen.join('\n')}`,
        withinMs,
      ),
    resize(wide, high) {
      terminal.resize(wide, high);
      execFileSync('stty', ['-F', device, 'rows', String(high), 'cols', String(wide)]);
    },
    async continue() {
      // `script` stops with what it runs, a moment after it: continued before that, it would stay stopped for good.
      await until(
        () => isStopped(Number(pid)) && isStopped(child.pid!),
        () => 'the command has not stopped',
      );
      child.kill('SIGCONT');
      process.kill(Number(pid), 'SIGCONT');
    },
    ended: async () => (await exit)[0],
    async close() {
      if (child.exitCode === null) child.kill('SIGKILL');
      await exit;
    },
  };
}

const isStopped = (pid: number) => /\) T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));

async function until(isTrue: () => boolean, tell: () => string, withinMs = DEADLINE_MS): Promise<void> {
  for (const deadline = Date.now() + withinMs; !isTrue(); await sleep(25)) {
    if (Date.now() > deadline) throw new Error(`After ${withinMs} ms ${tell()}`);
  }
}
