import { spawn } from 'node:child_process';
import { open, readdir, readFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../app/free-port.ts';
import { endProcess } from '../child.ts';
import { monotonicMs } from '../monotonic-ms.ts';
import { pollUntil } from '../poll.ts';
import { findProgram } from '../programs.ts';
import { readerNumberIn } from '../reader-address.ts';
import type { Workshop } from '../workshop.ts';
import { WrongResult } from '../wrong-result.ts';
import type { Sink } from './sink.ts';
import { Tally } from './tally.ts';
import { complaints } from './node-sink.ts';

const HOST = '127.0.0.1';
const BACKLOG = '1000';
const TAIL_BYTES = 64;
const STARTED_MS = 5_000;

/**
 * Postfix's smtp-sink. It counts mails and does not say to whom they were: `counting` believes its counter, `keeping` has it write every
 * mail into a file, and looks who got it, which is too slow to measure. undefined = not installed.
 */
export async function openPostfixSink(
  workshop: Workshop,
  kind: 'counting' | 'keeping',
  port?: number,
): Promise<Sink | undefined> {
  const program = await findProgram('smtp-sink');
  if (program === undefined) return undefined;
  const folder = await workshop.folder();
  const running = await start(workshop, { program, folder, kind, port: port ?? (await freePort(HOST)) });
  return kind === 'counting' ? countingSink(folder, running) : keepingSink(folder, running);
}

interface Running {
  readonly port: number;
  readonly close: () => Promise<void>;
}

interface Start {
  readonly program: string;
  readonly folder: string;
  readonly kind: 'counting' | 'keeping';
  readonly port: number;
}

async function start(workshop: Workshop, { program, folder, kind, port }: Start): Promise<Running> {
  const counter = await open(join(folder, 'counter'), 'w');
  // It insists on not being root, and writes into the folder as whoever it becomes.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await counter.chmod(0o666);
  const dump = kind === 'keeping' ? ['-d', join(folder, 'mail.')] : [];
  const child = spawn(
    program,
    [...(isRoot ? ['-u', 'root'] : []), '-c', ...dump, `${HOST}:${port}`, BACKLOG],
    { stdio: ['ignore', counter.fd, 'inherit'] },
  );
  const close = workshop.keep(() => endProcess(child));
  child.on('error', () => undefined);
  await counter.close();
  await untilListening(port);
  return { port, close };
}

async function untilListening(port: number): Promise<void> {
  for (const end = Date.now() + STARTED_MS; ; await sleep(20)) {
    if (await connects(port)) return;
    if (Date.now() > end) throw new Error('smtp-sink does not listen; it said why above.');
  }
}

const connects = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createConnection(port, HOST);
    probe.on('connect', () => (probe.destroy(), resolve(true)));
    probe.on('error', () => resolve(false));
  });

function countingSink(folder: string, { port, close }: Running): Sink {
  let [before, mails] = [0, 0];
  const taken = async () => (await counted(folder)) - before;
  return {
    name: 'smtp-sink',
    port,
    close,
    async expect(readers) {
      before = await counted(folder);
      mails = readers;
    },
    async untilIn() {
      let [firstAt, lastAt] = [0, 0];
      await pollUntil(`smtp-sink waits for ${mails} mails`, async () => {
        const count = await taken();
        lastAt = monotonicMs();
        if (firstAt === 0 && count > 0) firstAt = lastAt;
        return { count, isSo: count >= mails };
      });
      return { mails, firstAt, lastAt };
    },
    async verify() {
      const count = await taken();
      if (count !== mails) throw new WrongResult(`smtp-sink took ${count} mails instead of ${mails}.`);
    },
  };
}

/** The last `mesg=<n>` of what it writes again and again. */
async function counted(folder: string): Promise<number> {
  const file = await open(join(folder, 'counter'));
  try {
    const { size } = await file.stat();
    const at = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(TAIL_BYTES), 0, TAIL_BYTES, at);
    const counts = [...buffer.toString('latin1', 0, bytesRead).matchAll(/mesg=(\d+)\r/g)];
    return Number(counts.at(-1)?.[1] ?? 0);
  } finally {
    await file.close();
  }
}

function keepingSink(folder: string, running: Running): Sink {
  const counting = countingSink(folder, running);
  const tally = new Tally({});
  let seen = new Set<string>();
  const mails = async () => (await readdir(folder)).filter((name) => name.startsWith('mail.'));
  return {
    ...counting,
    async expect(readers) {
      seen = new Set(await mails());
      tally.expect(readers);
      await counting.expect(readers);
    },
    async verify() {
      await counting.verify();
      for (const name of (await mails()).filter((one) => !seen.has(one))) {
        const text = await readFile(join(folder, name), 'latin1');
        tally.record(readerNumberIn(/^X-Rcpt-Args: (.*)$/m.exec(text)?.[1] ?? ''));
      }
      const wrong = complaints(tally.report());
      if (wrong.length > 0) throw new WrongResult(`smtp-sink's record is wrong: ${wrong.join(', ')}.`);
    },
  };
}
