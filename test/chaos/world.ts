import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { EventLog } from './event-log.ts';
import { writePublication, type Publication, type PublicationPlan } from './publication.ts';
import { Random } from './random.ts';
import { startSink, type SinkProcess } from './sink-process.ts';
import { PARTWORK, runTypeScript } from './typescript-program.ts';
import { WorkerProcess } from './worker-process.ts';

export interface WorldSettings {
  /** Everything that is left of the run: logs, records, content. */
  readonly folder: string;
  readonly seed: number;
  readonly name: string;
  /** Told where it stands, now and then. */
  readonly say: (line: string) => void;
}

export interface WorldPlan {
  /** How long the mail server works on a message, ms; 3 unless given. */
  readonly workMs?: number;
  /** Connections each worker may have; 10 unless given. */
  readonly connections?: number;
  /** More settings for every Partwork process. */
  readonly env?: Readonly<Record<string, string>>;
  /** More arguments for redis-server. */
  readonly redis?: readonly string[];
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A Redis, a mail server and Partwork's processes, all real, in a folder of their own. */
export interface World {
  readonly folder: string;
  readonly random: Random;
  readonly events: EventLog;
  readonly say: (line: string) => void;
  /** To be called once and first. */
  open(plan?: WorldPlan): Promise<Stage>;
}

export interface Stage {
  readonly redis: TestRedis;
  readonly connection: Redis;
  readonly sink: SinkProcess;
  readonly connections: number;
  /** What a Partwork process has in its environment here, whose mail comes from `client`. */
  envOf(client: string): NodeJS.ProcessEnv;
  /** Writes a series, imports its readers and schedules it, all through the command line. */
  publish(plan: PublicationPlan): Promise<Publication>;
  /** Runs a command to its end. */
  partwork(...args: readonly string[]): Promise<Ran>;
  /** `partwork <command>` as the next process in this place; its name tells both. `env` is for this process only. */
  startWorker(place: number, env?: Readonly<Record<string, string>>, command?: string): WorkerProcess;
  /** A program of ours as the next process in this place, with `SMTP_URL` and `REDIS_URL`. */
  startProgram(place: number, file: string, env?: Readonly<Record<string, string>>): WorkerProcess;
}

export interface OpenWorld extends World {
  /** Ends every process that was started here. */
  close(): Promise<void>;
}

const WORK_MS = 3;
const CONNECTIONS = 10;

export function openWorld(settings: WorldSettings): OpenWorld {
  const { folder, seed, name, say } = settings;
  mkdirSync(join(folder, 'logs'), { recursive: true });
  const closing: (() => Promise<void>)[] = [];
  return {
    folder,
    random: new Random(seed, name),
    events: new EventLog(join(folder, 'events.jsonl')),
    say,
    async open(plan = {}) {
      const redis = await startRedis(['--appendfsync', 'always', ...(plan.redis ?? [])]);
      closing.push(() => redis.stop());
      const sink = await startSink(folder, { seed, workMs: plan.workMs ?? WORK_MS });
      closing.push(() => sink.stop());
      const workers: WorkerProcess[] = [];
      closing.push(() => endAll(workers));
      return stageOf(this, plan, { redis, sink, workers });
    },
    async close() {
      for (const close of closing.toReversed()) await close();
    },
  };
}

interface Parts {
  readonly redis: TestRedis;
  readonly sink: SinkProcess;
  readonly workers: WorkerProcess[];
}

function stageOf({ folder, events }: World, plan: WorldPlan, { redis, sink, workers }: Parts): Stage {
  const connections = plan.connections ?? CONNECTIONS;
  const incarnations = new Map<number, number>();
  const envOf = (client: string) => ({
    PATH: process.env['PATH'],
    HOME: folder,
    NO_COLOR: '1',
    REDIS_URL: redis.url,
    SMTP_URL: sink.url(client, connections),
    BASE_URL: 'https://letters.example.com',
    PARTWORK_POSTAL_ADDRESS: '1 Harbour Road',
    PORT: '0',
    LOG_LEVEL: 'info',
    ...plan.env,
  });
  const start = (place: number, args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const nth = (incarnations.get(place) ?? 0) + 1;
    incarnations.set(place, nth);
    const name = `w${place}-${nth}`;
    const logFile = join(folder, 'logs', `${name}.log`);
    const worker = new WorkerProcess({ name, args, cwd: folder, env: { ...envOf(name), ...env }, logFile });
    events.add({ kind: 'start', worker: name });
    workers.push(worker);
    return worker;
  };
  const partwork = (...args: readonly string[]) => run([PARTWORK, ...args], folder, envOf('cli'));
  return {
    redis,
    connection: redis.redis('chaos'),
    sink,
    connections,
    envOf,
    partwork,
    publish: (size) => publish(folder, partwork, size),
    startWorker: (place, env, command = 'work') => start(place, [PARTWORK, command], env),
    startProgram: (place, file, env) => start(place, runTypeScript(file), env),
  };
}

async function publish(
  folder: string,
  partwork: Stage['partwork'],
  size: PublicationPlan,
): Promise<Publication> {
  const publication = writePublication(folder, size);
  const { series, readersFile } = publication;
  await mustRun(partwork, 'subscribers', 'import', readersFile, '--series', series, '--confirmed');
  await mustRun(partwork, 'schedule', series, '--yes');
  return publication;
}

async function mustRun(partwork: Stage['partwork'], ...args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await partwork(...args);
  if (code !== 0) throw new Error(`partwork ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
}

async function run(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ran> {
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(join(cwd, 'logs', 'cli.log'), { flags: 'a' });
  child.stderr.pipe(log);
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (said.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (said.stderr += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}

async function endAll(workers: readonly WorkerProcess[]): Promise<void> {
  for (const worker of workers) if (worker.isRunning) worker.signal('SIGKILL');
  await Promise.all(workers.map((worker) => worker.ended()));
}
