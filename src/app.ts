import type { Redis } from 'ioredis';
import type { Config } from './config.ts';
import type { SubscriberEntry } from './csv/read-subscribers.ts';
import type { ExportedSubscriber } from './csv/write-subscribers.ts';
import type { Log } from './domain/log.ts';
import { formatProblem, isError, type Problem } from './domain/problem.ts';
import { EXIT, isRefusal, type Refusal } from './domain/refusal.ts';
import { doneWithin } from './domain/within.ts';
import type { Mail } from './app/open-mail.ts';
import type { NoticeWays } from './app/open-notice-ways.ts';
import type { OpenedWeb } from './app/open-web.ts';
import type { QueueConnection, Queues } from './queue/queues.ts';
import type { Installation } from './store/installation.ts';
import type { LedgerGuard } from './store/ledger-guard.ts';
import type { Store } from './store/open-store.ts';
import { openStudio, type Studio } from './app/studio.ts';

/** Everything, wired. */
export interface App extends Studio {
  readonly log: Log;
  readonly store: Store;
  readonly queues: Queues;
  /** For BullMQ's workers, which make connections of their own. */
  readonly queueConnection: QueueConnection;
  /** Keys the subscribers' ids. */
  readonly salt: string;
  /** Of the links in mails and pages: the first signs, all verify. */
  readonly secrets: readonly string[];
  /** Whoever sends asks it first. */
  readonly ledger: LedgerGuard;
  /** Workers call it every now and then: see `Installation`. */
  readonly remember: () => Promise<void>;
  readSubscribers(file: AsyncIterable<Uint8Array>): AsyncIterable<SubscriberEntry[]>;
  writeSubscribers(subscribers: AsyncIterable<ExportedSubscriber>): AsyncIterable<string>;
  /** The mail server of the configuration, or a local inbox when there is none. Refuses what cannot work. */
  openMail(): Promise<Mail | Refusal>;
  /** How the writer is reached; none is opened before there is something to tell. Refuses what cannot work. */
  openNoticeWays(): Promise<NoticeWays | Refusal>;
  /** What the pages work with. Refuses what cannot work. */
  openWeb(): Promise<OpenedWeb | Refusal>;
  /** Rejects when the ledger does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface AppOptions {
  readonly log: Log;
  /** Accept settings of Redis that may lose the ledger. */
  readonly unsafe?: boolean;
  readonly afterRestore?: boolean;
  /** How often somebody looks for due readers; a second unless time runs faster, as in the demo. */
  readonly lookEveryMs?: number;
  /** Let people sign up with addresses of any domain, without asking DNS about it: where mail goes to an inbox of our own. */
  readonly anyMailHost?: boolean;
  /** How far the ledger's time is from Redis' clock, read anew at every step: only for travelling in time. */
  readonly clock?: { offsetMs: number };
}

interface Connected {
  readonly redis: Redis;
  readonly address: string;
  readonly close: () => Promise<void>;
}

const LOOK_EVERY_MS = 1_000;
const CLOSE_MS = 2_000;

/** Builds the tools on the Redis of the configuration, or on the data folder's own. Refuses one that is not fit or not ours. */
export async function openApp(config: Config, options: AppOptions): Promise<App | Refusal> {
  const connected = await connect(config, options);
  if (isRefusal(connected)) return connected;
  try {
    const { openInstallation } = await import('./store/installation.ts');
    const { dataFolder, secrets } = config;
    const { afterRestore = false } = options;
    const installation = await openInstallation(connected.redis, { dataFolder, secrets, afterRestore });
    if (!isRefusal(installation)) return await wire(config, options, connected, installation);
    await connected.close();
    return installation;
  } catch (error) {
    await connected.close();
    throw error;
  }
}

async function connect(config: Config, { log, unsafe = false }: AppOptions): Promise<Connected | Refusal> {
  const place = await findRedis(config, log);
  if (isRefusal(place)) return place;
  const { connectRedis } = await import('./store/connect-redis.ts');
  const { checkRedis } = await import('./store/check-redis.ts');
  const redis = connectRedis(place.address, { name: 'partwork' });
  // The check tells, once and with what to do; after it, the ledger's guard.
  redis.on('error', () => undefined);
  const close = async () => {
    redis.disconnect();
    await place.close();
  };
  const problems = await checkRedis(redis, { unsafe: unsafe || config.unsafe });
  for (const problem of problems) {
    if (!isError(problem)) log.warn({ problem: formatProblem(problem) }, 'Redis');
  }
  const fatal = problems.find(isError);
  if (fatal === undefined) return { redis, address: place.address, close };
  await close();
  return refusalOf(fatal, fatal.rule === 'unreachable' ? EXIT.unavailable : EXIT.refused);
}

async function findRedis(config: Config, log: Log): Promise<Omit<Connected, 'redis'> | Refusal> {
  if (config.redisUrl !== undefined) return { address: config.redisUrl, close: () => Promise.resolve() };
  const { openPrivateRedis } = await import('./store/private-redis.ts');
  const opened = await openPrivateRedis({
    dataFolder: config.dataFolder,
    onProblem: (problem) => log.warn({ problem: formatProblem(problem) }, 'the private Redis'),
  });
  if (opened.kind !== 'open') return refusalOf(opened.problem, EXIT.unavailable);
  return { address: opened.redis.address, close: () => opened.redis.close() };
}

const refusalOf = ({ message, fix = '' }: Problem, exitCode: Refusal['exitCode']): Refusal => ({
  message,
  fix,
  exitCode,
});

async function wire(
  config: Config,
  options: AppOptions,
  { redis, address, close }: Connected,
  installation: Installation,
): Promise<App> {
  const { openStore } = await import('./store/open-store.ts');
  const { openQueues } = await import('./queue/queues.ts');
  const { queueLink } = await import('./store/connect-redis.ts');
  const { salt, secrets, remember } = installation;
  const { log, clock = { offsetMs: 0 }, lookEveryMs = LOOK_EVERY_MS, anyMailHost = false } = options;
  const store = openStore(redis, clock);
  const ledger = await guard(config, options, redis, installation);
  const queueConnection = queueLink(address) as QueueConnection;
  const queues = openQueues(queueConnection, lookEveryMs);
  return {
    ...openStudio(config),
    log,
    store,
    queues,
    queueConnection,
    salt,
    secrets,
    ledger,
    remember,
    async *readSubscribers(file) {
      yield* (await import('./csv/read-subscribers.ts')).readSubscribers(file);
    },
    async *writeSubscribers(subscribers) {
      yield* (await import('./csv/write-subscribers.ts')).writeSubscribers(subscribers);
    },
    async openMail() {
      const { openMail } = await import('./app/open-mail.ts');
      return openMail(config, { store, secrets, log });
    },
    async openNoticeWays() {
      const { openNoticeWays } = await import('./app/open-notice-ways.ts');
      return openNoticeWays(config, log);
    },
    async openWeb() {
      const web = await import('./app/open-web.ts');
      return web.openWeb(config, { address, clock, lookEveryMs, ledger, salt, secrets, anyMailHost, log });
    },
    async ping() {
      await redis.ping();
    },
    async close() {
      ledger.close();
      // A Redis that is gone would keep its queues from saying goodbye.
      await doneWithin(CLOSE_MS, queues.close());
      await close();
    },
  };
}

async function guard(
  config: Config,
  { log, unsafe = false }: AppOptions,
  redis: Redis,
  installation: Installation,
): Promise<LedgerGuard> {
  const { openLedgerGuard } = await import('./store/ledger-guard.ts');
  const { checkRedis } = await import('./store/check-redis.ts');
  return openLedgerGuard({
    redis,
    installation,
    log,
    async findUnfit() {
      const fatal = (await checkRedis(redis, { unsafe: unsafe || config.unsafe })).find(isError);
      return fatal === undefined ? undefined : `${fatal.message} ${fatal.fix ?? ''}`;
    },
  });
}
