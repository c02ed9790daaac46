import { once } from 'node:events';
import type { Config } from '../config.ts';
import { adminKeyOf } from '../domain/admin-key.ts';
import type { Log } from '../domain/log.ts';
import { isOnOrigins } from '../domain/origins.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { DEFAULT_SIGNUP_LIMITS } from '../domain/signup-limits.ts';
import { doneWithin } from '../domain/within.ts';
import type { MailHosts } from '../mail/mail-hosts.ts';
import type { LedgerClock } from '../store/ledger-clock.ts';
import type { LedgerGuard } from '../store/ledger-guard.ts';
import { packageVersion } from './package-folder.ts';
import { loadPageWords } from './page-words.ts';

/** What the pages work with, and how to put it away. */
export type OpenedWeb = Exclude<Awaited<ReturnType<typeof openWeb>>, Refusal>;

export interface WebParts {
  /** Of Redis. */
  readonly address: string;
  readonly clock: LedgerClock;
  readonly lookEveryMs: number;
  readonly ledger: LedgerGuard;
  readonly salt: string;
  readonly secrets: readonly string[];
  /** Take addresses of any domain, unasked. */
  readonly anyMailHost: boolean;
  readonly log: Log;
}

/** Longer than a slow disk takes, and short enough to answer within two seconds. */
const COMMAND_MS = 1_200;
const READY_MS = 2_000;
const DNS_MS = 1_000;

/** The tools of the pages, on a connection of their own that fails fast. Refuses words that cannot be used. */
export async function openWeb(config: Config, parts: WebParts) {
  const words = await loadPageWords(config);
  if (isRefusal(words)) return words;
  const { baseUrl, siteUrl, origins, trustedProxies, proofBits } = config;
  const { salt, secrets, log } = parts;
  const closing = new AbortController();
  return {
    ...(await openLedger(parts)),
    closing: closing.signal,
    /** Ends what is told on and on; answers under way are not touched. */
    endStreams: () => closing.abort(),
    salt,
    secrets,
    log,
    words,
    ledger: parts.ledger,
    version: packageVersion(),
    baseUrl,
    origins,
    trustedProxies,
    proofBits,
    admin: adminKeyOf(config.adminSecret, secrets),
    queueActions: config.queueActions,
    ...(siteUrl !== undefined && { siteUrl }),
    isReturnAllowed: (url: string) => isOnOrigins(origins, url),
    limits: { ...DEFAULT_SIGNUP_LIMITS, overall: config.signupsPerMinute },
    mailHosts: await openHosts(config, parts),
  };
}

async function openLedger({ address, clock, lookEveryMs, log }: WebParts) {
  const { connectRedis } = await import('../store/connect-redis.ts');
  const { openStore } = await import('../store/open-store.ts');
  const { openQueues } = await import('../queue/queues.ts');
  const { isLedgerTrouble } = await import('../store/ledger-trouble.ts');
  const redis = connectRedis(address, {
    name: 'partwork web',
    waitWhileDown: false,
    commandTimeoutMs: COMMAND_MS,
  });
  redis.on('error', (error) => log.debug({ reason: error.message }, 'the connection of the pages to Redis'));
  await doneWithin(READY_MS, once(redis, 'ready'));
  const queues = openQueues(redis, lookEveryMs);
  await doneWithin(READY_MS, queues.connect());
  return {
    store: openStore(redis, clock),
    queues,
    isLedgerTrouble,
    async ping() {
      await redis.ping();
    },
    async close() {
      await doneWithin(READY_MS, queues.close());
      redis.disconnect();
    },
  };
}

/** Whom a local inbox takes mail for is nobody else's business. */
async function openHosts({ smtpUrl }: Config, { anyMailHost }: WebParts): Promise<MailHosts> {
  if (anyMailHost || smtpUrl === undefined) return { takesMail: () => Promise.resolve('unknown') };
  const { openMailHosts } = await import('../mail/mail-hosts.ts');
  return openMailHosts({ timeoutMs: DNS_MS });
}
