import type { Redis } from 'ioredis';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startWorkers } from '../../workers/main.ts';
import { composeSeries } from '../../src/actions/compose-series.ts';
import { isSendingTime } from '../../src/actions/dispatch-due.ts';
import { joinSeries } from '../../src/actions/join-series.ts';
import { leaveSeries } from '../../src/actions/leave-series.ts';
import { planSeries, type ScheduleWish } from '../../src/actions/plan-series.ts';
import { scheduleSeries } from '../../src/actions/schedule-series.ts';
import { seriesStatus } from '../../src/actions/series-status.ts';
import { openApp, type App } from '../../src/app.ts';
import { loadConfig, type Config } from '../../src/config.ts';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { DAY_MS } from '../../src/domain/instant.ts';
import { silentLog } from '../../src/domain/log.ts';
import { formatProblem } from '../../src/domain/problem.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { subscriberIdOf } from '../../src/domain/subscriber.ts';
import type { LedgerClock } from '../../src/store/ledger-clock.ts';
import { startRedis, type TestRedis } from './redis.ts';
import { shareComposed } from './share-composed.ts';
import { startSmtp, type ScriptedSmtp, type SmtpScript } from './smtp-server.ts';

/** A post of a test series: file name → front matter lines. The body says which post it is. */
export type Posts = Readonly<Record<string, string>>;

/** The whole product on a Redis and a mail server of its own, with time in our hands. */
export interface TestApp {
  readonly app: App;
  readonly config: Config;
  readonly redis: TestRedis;
  readonly smtp: ScriptedSmtp;
  /** The ledger's clock, for moving it while mail is going out; `travel` waits for quiet afterwards. */
  readonly clock: LedgerClock;
  /** Writes posts into the content folder; `_index` is the series' own front matter. */
  write(series: string, index: string, posts: Posts): Promise<void>;
  schedule(series: string, wish?: Partial<ScheduleWish>): Promise<string>;
  join(series: string, ...readers: string[]): Promise<string[]>;
  leave(series: string, reader: string): Promise<boolean>;
  /** Lets the workers send whatever is due now, and returns when nothing is. */
  settle(): Promise<void>;
  /** Moves the ledger's time on, then settles. */
  travel(ms: number): Promise<void>;
  travelDays(days: number): Promise<void>;
  /** The titles one reader has been sent, in the order the server accepted them. */
  received(reader: string): string[];
  close(): Promise<void>;
}

/** `ash` and `ash@elsewhere.example` alike. */
export const addressOf = (reader: string): EmailAddress =>
  (reader.includes('@') ? reader : `${reader}@example.com`) as EmailAddress;

export async function openTestApp(
  options: {
    script?: SmtpScript;
    env?: Record<string, string>;
    /** The ledger's time at the start; the present unless given. */
    from?: Date;
    /** The ledger's clock when others are to share it; one of its own unless given. */
    clock?: LedgerClock;
    /** For tests that start workers as processes of their own. */
    withoutWorkers?: boolean;
    /** Further arguments for redis-server. */
    redis?: readonly string[];
  } = {},
): Promise<TestApp> {
  const folder = await mkdtemp(join(tmpdir(), 'partwork-test-'));
  // As the private Redis has it: with less, a killed server may forget what it has acknowledged.
  const redis = await startRedis(['--appendfsync', 'always', ...(options.redis ?? [])]);
  const smtp = await startSmtp({ ...(options.script !== undefined && { script: options.script }) });
  const config = loadConfig(folder, {
    REDIS_URL: redis.url,
    SMTP_URL: `${smtp.url}?connections=5`,
    PARTWORK_FROM: 'Garden Letters <letters@example.com>',
    PARTWORK_POSTAL_ADDRESS: '1 Example Street',
    SITE_URL: 'https://blog.example.com',
    ...options.env,
  });
  if (Array.isArray(config)) throw new Error(config.map(formatProblem).join('\n'));
  await shareComposed(config.dataFolder);
  const clock = options.clock ?? { offsetMs: 0 };
  if (options.from !== undefined) clock.offsetMs = options.from.getTime() - Date.now();
  const app = await openApp(config, { log: silentLog, lookEveryMs: 50, clock, anyMailHost: true });
  if (isRefusal(app)) throw new Error(app.message);
  const workers = options.withoutWorkers === true ? undefined : await startWorkers(app);
  if (isRefusal(workers)) throw new Error(workers.message);

  const probe = redis.redis();

  const testApp: TestApp = {
    app,
    config,
    redis,
    smtp,
    clock,
    async write(series, index, posts) {
      const home = join(config.contentFolder, series);
      await mkdir(home, { recursive: true });
      await writeFile(join(home, '_index.md'), `---\ntitle: ${series}\n${index}\n---\n`);
      for (const [file, head] of Object.entries(posts)) {
        await writeFile(join(home, `${file}.md`), `---\n${head}\n---\n\nThis is ${file}.\n`);
      }
    },
    async schedule(name, { choices = {}, startAt } = {}) {
      const { series, problems } = await app.load();
      const found = series.find(({ id }) => id === name);
      if (found === undefined) throw new Error(problems.map(formatProblem).join('\n'));
      const composed = await composeSeries({ composer: await app.composer(), lint: app.lint }, found);
      const report = await planSeries(app, composed, { choices, ...(startAt !== undefined && { startAt }) });
      const result = await scheduleSeries(app, report);
      return isRefusal(result) ? result.message : result;
    },
    join: (series, ...readers) =>
      joinSeries(
        app,
        series as SeriesId,
        readers.map((reader) => {
          const address = addressOf(reader);
          return { subscriber: { id: subscriberIdOf(address, app.salt), address, name: '' } };
        }),
        { source: 'test', mayComeBack: true },
      ),
    leave: (series, reader) =>
      leaveSeries(app, series as SeriesId, subscriberIdOf(addressOf(reader), app.salt)),
    settle: () => settle(app, probe),
    async travel(ms) {
      clock.offsetMs += ms;
      await settle(app, probe);
    },
    travelDays: (days) => testApp.travel(days * DAY_MS),
    received: (reader) =>
      smtp.transactions
        .filter(({ to, accepted }) => accepted && to.includes(addressOf(reader)))
        .map(({ message }) => /^Subject: (.*)$/m.exec(message.toString())?.[1]?.trim() ?? ''),
    async close() {
      await workers?.drain();
      await app.close();
      await smtp.close();
      await redis.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return testApp;
}

const DEADLINE_MS = 15_000;

/** Nothing due in a series that sends, and no claim open. */
async function settle(app: App, redis: Redis): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  for (let quiet = 0; quiet < 2;) {
    if (Date.now() > deadline) throw new Error('The workers do not come to rest.');
    quiet = (await isAtRest(app, redis)) ? quiet + 1 : 0;
    await sleep(20);
  }
}

async function isAtRest(app: App, redis: Redis): Promise<boolean> {
  const plans = await app.store.plans.all();
  const statuses = await Promise.all(plans.map(({ series }) => seriesStatus(app, series)));
  const isDue = statuses.some(
    (one) => one !== undefined && isSendingTime(one.plan, one.now) && one.issues.some(({ due }) => due > 0),
  );
  return !isDue && (await claimsUnderWay(redis)) === 0;
}

async function claimsUnderWay(redis: Redis): Promise<number> {
  const keys = await redis.keys('pw:{*}:claims:*');
  const records = (await Promise.all(keys.map((key) => redis.hvals(key)))).flat();
  return records.filter((record) => /"state":"(claimed|submitting)"/.test(record)).length;
}
