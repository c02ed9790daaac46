import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { composeSeries } from '../actions/compose-series.ts';
import { changeState } from '../actions/change-state.ts';
import { joinSeries } from '../actions/join-series.ts';
import { planSeries } from '../actions/plan-series.ts';
import { scheduleSeries } from '../actions/schedule-series.ts';
import { seriesStatus } from '../actions/series-status.ts';
import { openApp, type App } from '../app.ts';
import { loadConfig } from '../config.ts';
import { silentLog } from '../domain/log.ts';
import { formatProblem } from '../domain/problem.ts';
import { isRefusal } from '../domain/refusal.ts';
import type { RenderedIssue } from '../domain/rendered-issue.ts';
import type { SeriesId } from '../domain/series.ts';
import type { IssueStatus } from '../domain/series-status.ts';
import { subscriberIdOf } from '../domain/subscriber.ts';
import { connectRedis } from '../store/connect-redis.ts';
import { openPrivateRedis } from '../store/private-redis.ts';
import { monotonicMs } from './monotonic-ms.ts';
import { startPartwork, type PartworkProcess, type Place } from './partwork-process.ts';
import { readerAddress } from './reader-address.ts';
import { ALLOWED_CONNECTIONS, BASE_URL, SECRET } from './site.ts';
import { samplePost, SERIES_HEAD } from './sample-post.ts';
import type { Workshop } from './workshop.ts';

const JOINED_AT_ONCE = 5_000;
const LOOK_MS = 20;

/** An installation of Partwork as an operator has it, with a private Redis that keeps every answer on the disk. */
export interface House {
  readonly app: App;
  readonly redis: Redis;
  readonly redisAddress: string;
  /** For commands of its operator's. */
  readonly place: Place;
  /** `partwork work`, in a process of its own. */
  startWorker(): Promise<Worker>;
  /** Puts readers 1 to `readers` into a series, each with an address of that series. */
  join(series: string, readers: number): Promise<void>;
  /** Writes and composes a series of one issue or more; `release` puts it into force and returns when it began to, by `monotonicMs`. */
  prepare(
    series: string,
    issues?: number,
  ): Promise<{ readonly rendered: RenderedIssue; release(): Promise<number> }>;
  issuesOf(series: string): Promise<readonly IssueStatus[]>;
  /** The first of them. */
  issueOf(series: string): Promise<IssueStatus>;
  /** Nobody looks at the series any more. */
  end(series: string): Promise<void>;
  close(): Promise<void>;
}

export interface Worker {
  readonly pid: number;
  end(): Promise<void>;
}

export interface HouseOptions {
  readonly smtpPort: number;
  /** Behind the number of connections in `SMTP_URL`. */
  readonly smtpOptions?: string;
  /** Further settings, by their environment variables. */
  readonly settings?: Readonly<Record<string, string>>;
  /** false = Redis keeps nothing on the disk. */
  readonly keepsLog?: boolean;
  /** How far the ledger's time is ahead of Redis', for travelling. */
  readonly clock?: { offsetMs: number };
}

export async function openHouse(
  workshop: Workshop,
  { smtpPort, smtpOptions = '', settings = {}, keepsLog = true, clock }: HouseOptions,
): Promise<House> {
  const folder = await workshop.folder();
  const server = await openPrivateRedis({ dataFolder: join(folder, 'server'), onProblem: () => undefined });
  if (server.kind !== 'open') throw new Error(`${server.problem.message} ${server.problem.fix ?? ''}`);
  workshop.keep(() => server.redis.close());
  const { address } = server.redis;
  const redis = connectRedis(address, { name: 'bench' });
  const closeRedis = workshop.keep(async () => redis.disconnect());
  if (!keepsLog) await redis.config('SET', 'appendonly', 'no');
  const env = {
    REDIS_URL: `unix://${encodeURI(address)}`,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}?connections=${ALLOWED_CONNECTIONS}${smtpOptions}`,
    BASE_URL,
    PARTWORK_POSTAL_ADDRESS: '1 Bench Lane',
    PARTWORK_SECRET: SECRET,
    ...(!keepsLog && { PARTWORK_UNSAFE: 'yes' }),
    ...settings,
  };
  const app = await openInstallation(folder, env, clock);
  const closeApp = workshop.keep(() => app.close());
  return {
    app,
    redis,
    redisAddress: address,
    place: { folder, env },
    startWorker: () => startWorker(workshop, { folder, env }),
    join: (series, readers) => joinReaders(app, series, readers),
    prepare: (series, issues = 1) => prepare(app, folder, series, issues),
    issuesOf: (series) => issuesOf(app, series),
    issueOf: (series) => issueOf(app, series),
    async end(series) {
      await changeState(app, series as SeriesId, 'cancelled');
    },
    async close() {
      await closeApp();
      await closeRedis();
    },
  };
}

async function openInstallation(
  folder: string,
  env: Readonly<Record<string, string>>,
  clock: HouseOptions['clock'],
): Promise<App> {
  const config = loadConfig(folder, env);
  if (Array.isArray(config)) throw new Error(config.map(formatProblem).join('\n'));
  const app = await openApp(config, { log: silentLog, ...(clock !== undefined && { clock }) });
  if (isRefusal(app)) throw new Error(`${app.message} ${app.fix}`);
  return app;
}

async function startWorker(workshop: Workshop, place: Place): Promise<Worker> {
  const log = join(place.folder, 'worker.log');
  const child = startPartwork(workshop, place, ['work'], log);
  await untilWorking(log, child);
  return { pid: child.pid, end: () => child.end() };
}

async function untilWorking(log: string, child: PartworkProcess): Promise<void> {
  const begun = (await readFile(log, 'utf8')).length;
  for (;;) {
    const text = (await readFile(log, 'utf8')).slice(begun);
    if (text.includes('"working"')) return;
    if (child.hasEnded) throw new Error(`\`partwork work\` has ended: ${text}`);
    await sleep(LOOK_MS);
  }
}

async function joinReaders(app: App, series: string, readers: number): Promise<void> {
  for (let from = 1; from <= readers; from += JOINED_AT_ONCE) {
    const count = Math.min(JOINED_AT_ONCE, readers + 1 - from);
    const joiners = Array.from({ length: count }, (_, index) => {
      const address = readerAddress(from + index, series);
      return { subscriber: { id: subscriberIdOf(address, app.salt), address, name: '' } };
    });
    await joinSeries(app, series as SeriesId, joiners, { source: 'bench', mayComeBack: true });
  }
}

async function prepare(app: App, folder: string, id: string, issues: number) {
  const home = join(folder, 'content', id);
  await mkdir(home, { recursive: true });
  await writeFile(join(home, '_index.md'), SERIES_HEAD);
  for (let n = 1; n <= issues; n++) await writeFile(join(home, `${n}-letter.md`), samplePost(n));
  const series = (await app.load()).series.find((one) => one.id === id);
  if (series === undefined) throw new Error(`The bench's own series "${id}" cannot be read.`);
  const composed = await composeSeries({ composer: await app.composer(), lint: app.lint }, series);
  const [rendered] = composed.rendered;
  if (rendered === undefined) throw new Error(composed.problems.map(formatProblem).join('\n'));
  return {
    rendered,
    async release() {
      const report = await planSeries(app, composed, { choices: {} });
      const releasedAt = monotonicMs();
      const result = await scheduleSeries(app, report);
      if (isRefusal(result)) throw new Error(`${result.message} ${result.fix}`);
      return releasedAt;
    },
  };
}

async function issuesOf(app: App, series: string): Promise<readonly IssueStatus[]> {
  return (await seriesStatus(app, series as SeriesId))?.issues ?? [];
}

async function issueOf(app: App, series: string): Promise<IssueStatus> {
  const [issue] = await issuesOf(app, series);
  if (issue === undefined) throw new Error(`The series "${series}" has no issue.`);
  return issue;
}
