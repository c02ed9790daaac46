import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { monotonicMs } from '../monotonic-ms.ts';
import { findProgram } from '../programs.ts';

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
export async function runPostfixSource(job: SourceJob): Promise<number | undefined> {
  const program = await findProgram('smtp-source');
  if (program === undefined) return undefined;
  const { port, connections, mails, size } = job;
  const began = monotonicMs();
  await promisify(execFile)(program, [
    '-d',
    `-s${connections}`,
    `-m${mails}`,
    `-l${size}`,
    // `-N` puts 1, 2, 3, … before the recipient.
    '-N',
    '-fletters@bench.example',
    '-t.source@d0.bench.example',
    `127.0.0.1:${port}`,
  ]);
  return monotonicMs() - began;
}
