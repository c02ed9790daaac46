import type { Redis } from 'ioredis';
import { joinSeries } from '../../../src/actions/join-series.ts';
import { loadWebWords } from '../../../src/compose/web-words.ts';
import { adminKeyOf } from '../../../src/domain/admin-key.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../../src/domain/instant.ts';
import { silentLog } from '../../../src/domain/log.ts';
import type { SeriesPlan } from '../../../src/domain/plan.ts';
import { DEFAULT_SIGNUP_LIMITS } from '../../../src/domain/signup-limits.ts';
import { settlementOf } from '../../../src/domain/settlement.ts';
import { partitionOf } from '../../../src/domain/subscriber.ts';
import {
  confirmToken,
  dataToken,
  formStamp,
  keysFor,
  subscriptionToken,
  type Purpose,
} from '../../../src/domain/token.ts';
import { openMailHosts } from '../../../src/mail/mail-hosts.ts';
import { openQueues } from '../../../src/queue/queues.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { GUARD_FIELDS } from '../../../src/web/guard/form-guard.tsx';
import { createWeb } from '../../../src/web/server.ts';
import type { WebTools } from '../../../src/web/web-tools.ts';
import { GARDEN, LIMITS, planWith, standOf, subscriber } from '../../support/ledger.ts';
import { renderedGarden } from '../../support/rendered-garden.ts';
import type { TestRedis } from '../../support/redis.ts';

export const SECRETS = ['a secret of sixteen letters or more'];
export const BLOG = 'https://blog.example.com';
export const ISSUES = ['frost', 'thaw', 'seed', 'sun', 'rain'];

/** Five letters, one a day at 08:00 in Taipei, of which the last is not out for a month. */
export function gardenPlan(now: Instant, changes: Partial<SeriesPlan> = {}): SeriesPlan {
  const plan = planWith(ISSUES);
  const titles = ['The first frost', 'The thaw', 'A seed', 'The sun', 'CANARY of rain'];
  return {
    ...plan,
    title: 'Garden Letters',
    startAt: now - 30 * DAY_MS,
    cadence: { every: { kind: 'days', days: 1 }, at: 8 * 60, timezone: 'Asia/Taipei' },
    about: {
      ...plan.about,
      paces: [
        { kind: 'days', days: 3 },
        { kind: 'days', days: 7 },
      ],
      letters: ['goodbye'],
    },
    issues: plan.issues.map((issue, index) => ({
      ...issue,
      title: titles[index] ?? issue.id,
      ...(index === 4 && { releaseAt: now + 30 * DAY_MS }),
    })),
    ...changes,
  };
}

const ownerOf = (name: string) => ({ series: GARDEN, subscriber: subscriber(name).id });
const keys = <P extends Purpose>(purpose: P) => keysFor(SECRETS, purpose);

export type ReaderWorld = Awaited<ReturnType<typeof openReaderWorld>>;

/** The pages that act, on a real ledger and real queues, with the ledger's time in our hands. */
export async function openReaderWorld(server: TestRedis, redis: Redis, more: Partial<WebTools> = {}) {
  const words = await loadWebWords();
  if ('severity' in words) throw new Error(words.message);
  const clock = { offsetMs: 0 };
  const store = openStore(redis, clock);
  const queues = openQueues({ path: server.socket, maxRetriesPerRequest: null }, 1_000);
  const tools: WebTools = {
    store,
    queues,
    salt: 'salt',
    secrets: SECRETS,
    baseUrl: 'https://letters.example.com',
    origins: [BLOG],
    isReturnAllowed: (url) => URL.canParse(url) && new URL(url).origin === BLOG,
    closing: new AbortController().signal,
    proofBits: 0,
    admin: adminKeyOf(undefined, SECRETS),
    queueActions: false,
    ledger: { isFit: () => Promise.resolve(true), isTrusted: true },
    version: '0.0.0',
    trustedProxies: [],
    limits: { ...DEFAULT_SIGNUP_LIMITS, perNetwork: 1_000, perDomain: 1_000, overall: 1_000 },
    // Nobody answers there: every domain is taken to have mail.
    mailHosts: openMailHosts({ servers: ['127.0.0.1:1'], timeoutMs: 20 }),
    words,
    ping: async () => void (await redis.ping()),
    isLedgerTrouble: () => false,
    log: silentLog,
    ...more,
  };
  const web = createWeb(tools);
  const plan = gardenPlan(await store.now());
  for (const { id, title, rendered } of plan.issues) {
    const page = { title, description: '', readingMinutes: 2, html: `<p>Of ${id}.</p>` };
    await store.rendered.keep(renderedGarden({ hash: rendered, issue: id, page }));
  }
  await store.plans.commit(plan);

  return {
    tools,
    web,
    store,
    clock,
    plan,
    ownerOf,
    readerPath: (name: string) => `/m/${subscriptionToken(keys('reader'), ownerOf(name))}`,
    leavePath: (name: string) => `/u/${subscriptionToken(keys('unsubscribe'), ownerOf(name))}`,
    confirmPath: (name: string, at: Instant) =>
      `/c/garden/${confirmToken(keys('confirm'), ownerOf(name), at)}`,
    dataPath: (name: string, at: Instant) => `/d/${dataToken(keys('data'), subscriber(name).id, at)}`,
    /** A stamp that a person's form would have. */
    stamp: async (ageMs = 10_000) => formStamp(keys('form'), GARDEN, (await store.now()) - ageMs),
    get: (path: string, headers: Record<string, string> = {}) => web.request(path, { headers }),
    post: (path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
      web.request(path, { method: 'POST', body: new URLSearchParams(fields), headers }),
    async signUp(fields: Record<string, string>, headers: Record<string, string> = {}) {
      const body = { [GUARD_FIELDS.stamp]: await this.stamp(), ...fields };
      return this.post('/s/garden/subscribe', body, headers);
    },
    join: (name: string, at = 'frost') =>
      joinSeries(tools, GARDEN, [{ subscriber: subscriber(name), place: at as never }], {
        source: 'test',
        mayComeBack: true,
      }),
    /** Lets the reader have an issue, as a worker would. */
    async deliver(name: string, issue: string): Promise<void> {
      const current = (await store.plans.find(GARDEN)) ?? plan;
      const stand = standOf(current, issue, name);
      const place = await store.subscriptions.findPlace(current, subscriber(name).id);
      if (place !== undefined && place.dueAt > (await store.now())) {
        clock.offsetMs += place.dueAt - (await store.now()) + HOUR_MS / 60;
      }
      const claimed = await store.deliveries.claim(stand, LIMITS);
      const delivery = claimed === 'stale-plan' ? undefined : claimed[0];
      if (delivery === undefined) throw new Error(`${name} is not due for ${issue}.`);
      await store.deliveries.submit(stand, [delivery], 10_000);
      const settlement = settlementOf(delivery, { kind: 'accepted' }, current, await store.now(), 'resend');
      await store.deliveries.settle(stand, [settlement]);
    },
    partition: (name: string) => partitionOf(subscriber(name).id),
    /** The letters that have been ordered, oldest first. */
    async letters(): Promise<string[]> {
      const jobs = await redis.keys('{pw-queue}:letters:letter--*');
      const kinds = await Promise.all(jobs.map(async (key) => redis.hget(key, 'name')));
      return kinds.map(String).toSorted();
    },
    close: () => queues.close(),
  };
}
