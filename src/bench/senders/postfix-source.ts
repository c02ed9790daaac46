import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endProcess } from '../child.ts';
import { monotonicMs } from '../monotonic-ms.ts';
import { findProgram } from '../programs.ts';
import type { Workshop } from '../workshop.ts';
import { WrongResult } from '../wrong-result.ts';

/** What Postfix's smtp-source is asked to send. */
export interface SourceJob {
  readonly port: number;
  readonly connections: number;
  readonly mails: number;
  /** Of each message, bytes. */
  readonly size: number;
}

/**
 * Postfix's own generator of load, one message after the other over connections that stay open: the floor of what a mail to this server
 * costs. Returns how long it took, ms; undefined = not installed.
 */
export async function runPostfixSource(workshop: Workshop, job: SourceJob): Promise<number | undefined> {
  const program = await findProgram('smtp-source');
  if (program === undefined) return undefined;
  const began = monotonicMs();
  const child = spawn(program, argumentsFor(job), { stdio: ['ignore', 'ignore', 'inherit'] });
  // It does not mind a signal, nor that nobody answers.
  const end = workshop.keep(() => endProcess(child));
  const [code] = (await once(child, 'exit')) as [number | null];
  const ms = monotonicMs() - began;
  await end();
  if (code !== 0) throw new WrongResult(`smtp-source ended with ${code}.`);
  return ms;
}

function argumentsFor({ port, connections, mails, size }: SourceJob): string[] {
  const sizes = [`-s${connections}`, `-m${mails}`, `-l${size}`];
  // `-N` puts 1, 2, 3, … before the recipient.
  return ['-d', ...sizes, '-N', '-fletters@bench.example', '-t.source@d0.bench.example', `127.0.0.1:${port}`];
}
