import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { startWorkers } from '../../workers/main.ts';
import { composeSeries, type ComposedSeries } from '../../src/actions/compose-series.ts';
import { joinSeries } from '../../src/actions/join-series.ts';
import { planSeries } from '../../src/actions/plan-series.ts';
import { scheduleSeries } from '../../src/actions/schedule-series.ts';
import { openApp, type App } from '../../src/app.ts';
import { loadConfig, type Config } from '../../src/config.ts';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { silentLog } from '../../src/domain/log.ts';
import { formatProblem } from '../../src/domain/problem.ts';
import { isRefusal, type Refusal } from '../../src/domain/refusal.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { subscriberIdOf } from '../../src/domain/subscriber.ts';
import type { LedgerClock } from '../../src/store/ledger-clock.ts';
import type { TestRedis } from '../support/redis.ts';
import { startSmtp, type SmtpTransaction } from '../support/smtp-server.ts';
import { claimsOf } from './claims.ts';
import { openDirectSender } from './send-without-queues.ts';
import type { SmtpRecord } from './smtp-record.ts';

/** A send as its operator would go on with it: on a Redis, with the content and the data folder it had. */
export interface Resumption {
  readonly redis: TestRedis;
  readonly folder: string;
  readonly dataFolder: string;
  readonly series: string;
  readonly issues: readonly string[];
  readonly audience: readonly string[];
  /** Composed once for all; filled in by the first. */
  readonly composed: { series?: Promise<ComposedSeries> };
}

const LOOK_EVERY_MS = 25;
const WEDGED_MS = 60_000;

/** Opens the ledger as it is, or as a restored copy; the refusal when it is not taken. */
export async function openLedger(
  { redis, folder, dataFolder }: Resumption,
  smtpUrl: string,
  afterRestore: boolean,
): Promise<{ app: App; clock: LedgerClock } | Refusal> {
  const config = configOf(folder, {
    REDIS_URL: redis.url,
    SMTP_URL: `${smtpUrl}?connections=4`,
    PARTWORK_DATA: dataFolder,
    BASE_URL: 'https://letters.example.com',
    PARTWORK_POSTAL_ADDRESS: '1 Harbour Road',
  });
  const clock = { offsetMs: 0 };
  const options = { log: silentLog, lookEveryMs: LOOK_EVERY_MS, clock, anyMailHost: true, afterRestore };
  const app = await openApp(config, options);
  return isRefusal(app) ? app : { app, clock };
}

/** How due mail is found and sent: by workers and their queues as they were left, or by looking and sending without either. */
export type Way = 'workers' | 'direct';

/** Goes on with the send until everybody is at its end, in time that goes by as fast as anybody waits; throws when nothing moves. */
export async function goOn(resumption: Resumption, smtp: ResumedSmtp, way: Way): Promise<void> {
  const opened = await openLedger(resumption, smtp.url, true);
  if (isRefusal(opened)) throw new Error(opened.message);
  const { app, clock } = opened;
  try {
    await prepareAgain(app, resumption);
    await (way === 'workers' ? byWorkers(app, resumption, clock) : directly(app, resumption, clock));
  } finally {
    await app.close();
  }
}

async function byWorkers(app: App, resumption: Resumption, clock: LedgerClock): Promise<void> {
  const workers = await startWorkers(app);
  if (isRefusal(workers)) throw new Error(workers.message);
  try {
    await untilTheEnd(resumption, clock, () => sleep(20));
  } finally {
    await workers.drain();
  }
}

async function directly(app: App, resumption: Resumption, clock: LedgerClock): Promise<void> {
  const sender = await openDirectSender(app, resumption.series as SeriesId);
  try {
    await untilTheEnd(resumption, clock, () => sender.sendDue());
  } finally {
    await sender.close();
  }
}

function configOf(folder: string, env: Readonly<Record<string, string>>): Config {
  const config = loadConfig(folder, env);
  if (Array.isArray(config)) throw new Error(config.map(formatProblem).join('\n'));
  return config;
}

/** What the operator did and finds undone, they do again: import, schedule. */
async function prepareAgain(app: App, { series, audience, composed }: Resumption): Promise<void> {
  const id = series as SeriesId;
  const joiners = audience.map((text) => {
    const address = text as EmailAddress;
    return { subscriber: { id: subscriberIdOf(address, app.salt), address, name: '' } };
  });
  await joinSeries(app, id, joiners, { source: 'import readers.csv', mayComeBack: false });
  composed.series ??= compose(app, series);
  const scheduled = await scheduleSeries(app, await planSeries(app, await composed.series, { choices: {} }));
  if (isRefusal(scheduled)) throw new Error(scheduled.message);
}

async function compose(app: App, name: string): Promise<ComposedSeries> {
  const found = (await app.load()).series.find(({ id }) => id === name);
  if (found === undefined) throw new Error(`There is no content of "${name}".`);
  return composeSeries({ composer: await app.composer(), lint: app.lint }, found);
}

// How many are on their way, and the earliest due time among them.
const STANDING = `
local total, earliest = 0, false
for p = 0, 15 do
  local prefix = string.format('pw:{p%02d}:waiting:%s:', p, ARGV[1])
  for i = 2, #ARGV do
    total = total + redis.call('ZCARD', prefix .. ARGV[i])
    local first = redis.call('ZRANGE', prefix .. ARGV[i], 0, 0, 'WITHSCORES')[2]
    if first and (not earliest or tonumber(first) < earliest) then earliest = tonumber(first) end
  end
end
local time = redis.call('TIME')
return { total, string.format('%.0f', earliest or 0), string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)) }`;

async function untilTheEnd(
  { redis, series, issues }: Resumption,
  clock: LedgerClock,
  wait: () => Promise<unknown>,
): Promise<void> {
  const probe = redis.redis('replay');
  const atBoot = new Set(
    (await claimsOf(probe, series)).map(({ token, subscriber }) => `${subscriber} ${token}`),
  );
  for (const end = performance.now() + WEDGED_MS; ; await wait()) {
    const standing = (await probe.eval(STANDING, 0, series, '@start', ...issues)) as [number, string, string];
    const [total, earliest, time] = [standing[0], Number(standing[1]), Number(standing[2])];
    if (total === 0) return;
    if (performance.now() > end) throw new Error(`${total} readers wait and nothing moves.`);
    // Time is moved only past those who are not here any more: a worker of ours that is sending must not be taken for dead.
    const now = time + clock.offsetMs;
    const isIdle = earliest > now && (await hasOnlyOld(probe, series, atBoot, now));
    if (isIdle) clock.offsetMs += earliest - now + 1;
  }
}

async function hasOnlyOld(
  probe: Redis,
  series: string,
  atBoot: ReadonlySet<string>,
  now: number,
): Promise<boolean> {
  const claims = await claimsOf(probe, series);
  return claims.every(({ subscriber, token, until }) => until <= now || atBoot.has(`${subscriber} ${token}`));
}

export interface ResumedSmtp {
  readonly url: string;
  readonly mails: readonly SmtpRecord[];
  close(): Promise<void>;
}

/** A mail server for what still goes out, with a record like the other's. */
export async function startResumedSmtp(): Promise<ResumedSmtp> {
  const mails: SmtpRecord[] = [];
  const smtp = await startSmtp({
    onTransaction: (transaction) => mails.push(recordOf(transaction, mails.length)),
  });
  return { url: smtp.url, mails, close: () => smtp.close() };
}

export function recordOf({ connection, from, to, message }: SmtpTransaction, n: number): SmtpRecord {
  const text = message.toString('latin1');
  const head = text.slice(0, text.indexOf('\r\n\r\n') + 2).replace(/\r\n[ \t]+/g, ' ');
  const field = (name: string) => new RegExp(`^${name}:[ ]*(.*)\r$`, 'im').exec(head)?.[1]?.trim() ?? '';
  const [issue = '', series = ''] = field('feedback-id').split(':');
  return {
    began: 2 * n,
    ended: 2 * n + 1,
    mailAt: Date.now(),
    endedAt: Date.now(),
    client: 'replay',
    connection,
    from,
    to,
    stage: 'body',
    fate: 'taken',
    sha256: createHash('sha256').update(message).digest('hex'),
    bytes: message.length,
    messageId: field('message-id'),
    subject: field('subject'),
    headerTo: /<([^>]*)>\s*$/.exec(field('to'))?.[1] ?? field('to'),
    mark: `${series}/${issue}`,
  };
}

export const dataFolderOf = (folder: string): string => join(folder, '.partwork');
