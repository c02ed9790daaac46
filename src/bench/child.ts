import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Workshop } from './workshop.ts';

/** A process of the bench's own. */
export interface Child {
  readonly pid: number;
  /** One of the questions that the process' script answers. Rejects when it cannot, or ends. */
  ask<T>(question: string, given?: unknown): Promise<T>;
  end(): Promise<void>;
}

export interface Question {
  readonly id: number;
  readonly question: string;
  readonly given?: unknown;
}

export interface Answer {
  readonly id: number;
  readonly answer?: unknown;
  readonly failure?: string;
}

interface Asked {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Starts `name`, a script beside the module that asks for it; it ends with the workshop, and when this process is gone. */
export async function openChild(
  workshop: Workshop,
  name: string,
  args: readonly string[] = [],
): Promise<Child> {
  const child = fork(scriptFile(name), [...args], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const asked = new Map<number, Asked>();
  child.on('message', (message) => settle(asked, message as Answer));
  child.on('exit', (code, signal) => {
    for (const { reject } of asked.values()) reject(new Error(`${name} ended: ${signal ?? code}.`));
    asked.clear();
  });
  const end = workshop.keep(() => endProcess(child));
  await once(child, 'spawn');
  let last = 0;
  return {
    pid: child.pid ?? 0,
    end,
    ask: <T>(question: string, given?: unknown) =>
      new Promise<T>((resolve, reject) => {
        const id = ++last;
        asked.set(id, { resolve: resolve as Asked['resolve'], reject });
        child.send({ id, question, given } satisfies Question, (error) => error && reject(error));
      }),
  };
}

/** `sinks/node-sink-process` → its file, compiled where this one is. */
export function scriptFile(name: string): string {
  return fileURLToPath(new URL(`${name}${extname(import.meta.url)}`, import.meta.url));
}

/** Nothing that runs in a bench is worth a goodbye. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

function settle(asked: Map<number, Asked>, { id, answer, failure }: Answer): void {
  const one = asked.get(id);
  asked.delete(id);
  if (failure === undefined) one?.resolve(answer);
  else one?.reject(new Error(failure));
}
