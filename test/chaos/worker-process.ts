import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';

export interface WorkerSettings {
  /** What it calls itself in EHLO and in the event log. */
  readonly name: string;
  /** Node's arguments. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Where its log goes. */
  readonly logFile: string;
}

/** A process that sends, with its log in the run's folder. */
export class WorkerProcess {
  readonly name: string;
  readonly #child: ChildProcess;

  constructor({ name, args, cwd, env, logFile }: WorkerSettings) {
    this.name = name;
    const log = openSync(logFile, 'a');
    this.#child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', log, log] });
    closeSync(log);
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** How it ended: an exit code or a signal. */
  get end(): number | string | undefined {
    return this.#child.signalCode ?? this.#child.exitCode ?? undefined;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async ended(): Promise<void> {
    if (this.isRunning) await once(this.#child, 'exit');
  }
}
