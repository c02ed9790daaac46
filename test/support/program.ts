import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A process of its own that runs a TypeScript file: for what happens when one of several is killed. */
export interface Program {
  readonly pid: number;
  /** The next line it writes to stdout; undefined when there are no more. */
  line(): Promise<string | undefined>;
  /** Writes a line to its stdin. */
  tell(line: string): void;
  kill(): Promise<void>;
  exited(): Promise<number | null>;
}

const HOOK = join(import.meta.dirname, 'typescript.mjs');

/** In this process' environment, or in `env` and nothing else. */
export function runProgram(
  file: string,
  args: readonly string[] = [],
  env?: Readonly<Record<string, string>>,
): Program {
  const child = spawn(process.execPath, ['--import', HOOK, file, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: env === undefined ? process.env : { PATH: process.env['PATH'], ...env },
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const exit = once(child, 'exit');
  return {
    pid: child.pid ?? 0,
    line: async () => (await lines.next()).value,
    tell: (line) => void child.stdin.write(`${line}\n`),
    kill: async () => {
      child.kill('SIGKILL');
      await exit;
    },
    exited: async () => (await exit)[0] as number | null,
  };
}
