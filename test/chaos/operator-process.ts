import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Joined, RunState, Scheduled, Told, Wished } from './operations.ts';
import { runTypeScript } from './typescript-program.ts';

const OPERATOR = fileURLToPath(new URL('operator.ts', import.meta.url));

/** What the operator can be asked to do. Readers are named by their addresses. */
export type Order =
  | { readonly do: 'schedule' }
  | { readonly do: 'state'; readonly state: RunState }
  | { readonly do: 'leave'; readonly reader: string }
  | { readonly do: 'erase'; readonly reader: string }
  | {
      readonly do: 'join';
      readonly reader: string;
      readonly name: string;
      readonly position?: string;
      /** Lifts the suppression that an erasure leaves behind. */
      readonly isForgiven: boolean;
    }
  | { readonly do: 'import'; readonly file: string }
  | { readonly do: 'wish'; readonly reader: string; readonly wish: Wished['wish'] }
  | { readonly do: 'status' };

export type OrderOf<Name extends Order['do']> = Extract<Order, { do: Name }>;

interface Answers {
  readonly schedule: Pick<Scheduled, 'outcome' | 'why' | 'state'>;
  readonly state: { readonly state: RunState };
  readonly leave: { readonly result: boolean };
  readonly erase: { readonly result: boolean };
  readonly join: Pick<Joined, 'result' | 'position'>;
  readonly import: { readonly counts: Record<Joined['result'], number> };
  readonly wish: { readonly answer: string };
  readonly status: Pick<Told, 'counts'>;
}

export type Answer<Name extends Order['do']> = Answers[Name] & {
  readonly began: number;
  readonly acked: number;
};

export interface OperatorProcess {
  /** Throws what the operator threw: a verb of the product's has failed. */
  ask<Name extends Order['do']>(order: OrderOf<Name>): Promise<Answer<Name>>;
  stop(): Promise<void>;
}

/** A line of the operator's. */
type Said = { readonly id?: number; readonly error?: string };
type Waiting = (answer: Said) => void;

/** Starts the operator in a folder whose content and series it sees to. */
export async function startOperator(
  folder: string,
  series: string,
  env: NodeJS.ProcessEnv,
): Promise<OperatorProcess> {
  const operator = spawn(process.execPath, runTypeScript(OPERATOR, series), {
    cwd: folder,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  operator.stderr.pipe(createWriteStream(join(folder, 'logs', 'operator.log'), { flags: 'a' }));
  const lines = createInterface({ input: operator.stdout });
  await Promise.race([once(lines, 'line'), once(operator, 'exit').then(endedEarly)]);
  const waiting = new Map<number, Waiting>();
  lines.on('line', (line) => {
    const answer = JSON.parse(line) as Said;
    waiting.get(answer.id ?? -1)?.(answer);
    waiting.delete(answer.id ?? -1);
  });
  operator.on('exit', () => waiting.forEach((tell) => tell({ error: 'The operator has ended.' })));
  let asked = 0;
  return {
    async ask(order) {
      const id = asked++;
      const answered = new Promise<Said>((resolve) => waiting.set(id, resolve));
      operator.stdin.write(`${JSON.stringify({ id, order })}\n`);
      const answer = await answered;
      if (answer.error !== undefined) throw new Error(`${order.do}: ${answer.error}`);
      return answer as never;
    },
    stop: () => end(operator),
  };
}

const endedEarly = () => {
  throw new Error('The operator ended before it was ready; see logs/operator.log.');
};

async function end(operator: ChildProcess): Promise<void> {
  if (operator.exitCode !== null || operator.signalCode !== null) return;
  operator.stdin?.end();
  await once(operator, 'exit');
}
