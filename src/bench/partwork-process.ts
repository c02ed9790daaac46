import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endProcess } from './child.ts';
import type { Workshop } from './workshop.ts';

/** Where an operator's commands run. */
export interface Place {
  readonly folder: string;
  /** All of it: nothing that is set for whoever runs the bench reaches them. */
  readonly env: Readonly<Record<string, string>>;
}

export interface PartworkProcess {
  readonly pid: number;
  readonly hasEnded: boolean;
  /** Its exit code; null = it was killed. */
  readonly exited: Promise<number | null>;
  end(): Promise<void>;
}

/** What Node is started with to run the command. */
export const PARTWORK: readonly string[] = [
  ...process.execArgv,
  fileURLToPath(new URL(`../cli/main${extname(import.meta.url)}`, import.meta.url)),
];

/** Starts a command; what it says goes into the file `log`. */
export function startPartwork(
  workshop: Workshop,
  { folder, env }: Place,
  command: readonly string[],
  log: string,
): PartworkProcess {
  const said = openSync(log, 'a');
  const child = spawn(process.execPath, [...PARTWORK, ...command], {
    cwd: folder,
    env,
    stdio: ['ignore', said, said],
  });
  closeSync(said);
  const end = workshop.keep(() => endProcess(child));
  const exited = new Promise<number | null>((resolve, reject) => {
    child.on('exit', resolve);
    child.on('error', reject);
  });
  // Whoever waits for it is told; whoever does not finds out by what does not happen.
  exited.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    get hasEnded() {
      return child.exitCode !== null || child.signalCode !== null;
    },
    exited,
    end,
  };
}
