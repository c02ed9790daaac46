import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FaultPlan } from './faults.ts';
import type { SinkSettings } from './sink.ts';
import { SmtpLog } from './smtp-log.ts';
import { runTypeScript } from './typescript-program.ts';

const SINK = fileURLToPath(new URL('sink.ts', import.meta.url));

/** The mail server and its record. */
export interface SinkProcess {
  readonly log: SmtpLog;
  /** For `SMTP_URL`; `client` is what its connections call themselves. */
  url(client: string, connections: number): string;
  /** From now on these faults happen, and no others. */
  setFaults(faults: FaultPlan): void;
  /** No transaction is cut by this that workers have not cut before. */
  stop(): Promise<void>;
}

export async function startSink(
  folder: string,
  settings: Omit<SinkSettings, 'record'>,
): Promise<SinkProcess> {
  const record = join(folder, 'smtp.jsonl');
  const sink = spawn(process.execPath, runTypeScript(SINK, JSON.stringify({ ...settings, record })), {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [port] = (await once(sink.stdout, 'data')) as [Buffer];
  const log = new SmtpLog(record);
  return {
    log,
    url: (client, connections) =>
      `smtp://127.0.0.1:${Number(port.toString())}?connections=${connections}&name=${client}`,
    setFaults: (faults) => void sink.stdin.write(`${JSON.stringify(faults)}\n`),
    async stop() {
      await end(sink);
      log.close();
    },
  };
}

async function end(sink: ChildProcess): Promise<void> {
  if (sink.exitCode !== null) return;
  sink.stdin?.end();
  await once(sink, 'exit');
}
