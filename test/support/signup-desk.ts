import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import {
  requestSubscription,
  type SignupAnswer,
  type SignupRequest,
  type SignupTools,
} from '../../src/actions/request-subscription.ts';
import type { LetterKind, LetterOrder } from '../../src/domain/letter.ts';
import { silentLog } from '../../src/domain/log.ts';
import type { SeriesPlan } from '../../src/domain/plan.ts';
import { DEFAULT_SIGNUP_LIMITS, type SignupLimits } from '../../src/domain/signup-limits.ts';
import { confirmToken, keysFor } from '../../src/domain/token.ts';
import { openMailHosts } from '../../src/mail/mail-hosts.ts';
import { LETTERS, openQueues, QUEUE_PREFIX } from '../../src/queue/queues.ts';
import { openStore } from '../../src/store/open-store.ts';
import { startDns, type DnsEntry } from './dns-server.ts';
import { GARDEN, subscriber } from './ledger.ts';
import type { TestRedis } from './redis.ts';
import { standingClock } from './standing-clock.ts';

export const START = Date.UTC(2026, 2, 1, 12);

const SECRETS = ['a secret'];

/** Where people ask and confirm: the verbs with real parts, and the ledger's time in our hands. */
export async function openSignupDesk(
  server: TestRedis,
  redis: Redis,
  plan: SeriesPlan,
  {
    zone = {},
    limits = DEFAULT_SIGNUP_LIMITS,
  }: { zone?: Record<string, DnsEntry>; limits?: SignupLimits } = {},
) {
  const clock = standingClock(START);
  const store = openStore(redis, clock);
  await store.plans.commit(plan);
  const dns = await startDns(zone);
  const connection = { path: server.socket, maxRetriesPerRequest: null };
  const queues = openQueues(connection, 1_000);
  const letters = new Queue<LetterOrder>(LETTERS, { connection, prefix: QUEUE_PREFIX });
  const mailHosts = openMailHosts({ servers: dns.servers });
  const tools = { store, queues, salt: 'salt', mailHosts, limits, log: silentLog, secrets: SECRETS };

  return {
    ...tools,
    clock,
    ask: (changes: Partial<SignupRequest> = {}, others: Partial<SignupTools> = {}): Promise<SignupAnswer> =>
      requestSubscription({ ...tools, ...others }, { ...REQUEST, ...changes }),
    /** Letters ordered so far for one reader, oldest first. */
    async orders(name: string, kind: LetterKind = 'confirm'): Promise<LetterOrder[]> {
      const jobs = await letters.getJobs(['wait', 'prioritized', 'delayed']);
      return jobs
        .map(({ data }) => data)
        .filter((order) => order.kind === kind && order.subscriber === subscriber(name).id)
        .toSorted((a, b) => a.at - b.at);
    },
    /** The link in the letter about a request of that time. */
    token: (name: string, requestedAt: number, secrets: readonly string[] = SECRETS): string =>
      confirmToken(
        keysFor(secrets, 'confirm'),
        { series: GARDEN, subscriber: subscriber(name).id },
        requestedAt,
      ),
    async close() {
      await Promise.all([letters.close(), queues.close(), dns.close()]);
    },
  };
}

export type SignupDesk = Awaited<ReturnType<typeof openSignupDesk>>;

const REQUEST: SignupRequest = {
  series: GARDEN,
  address: 'ash@example.com',
  name: '',
  pace: '',
  language: 'en',
  source: 'form',
  network: '192.0.2.0/24',
  isTrap: false,
};
