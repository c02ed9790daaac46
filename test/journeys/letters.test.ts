import { Queue } from 'bullmq';
import * as fc from 'fast-check';
import { simpleParser, type ParsedMail } from 'mailparser';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { startWorkers, type RunningWorkers } from '../../workers/main.ts';
import { unsubscribe } from '../../src/actions/reading/unsubscribe.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import type { LetterKind, LetterOrder } from '../../src/domain/letter.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { subscriberIdOf, type SubscriberId } from '../../src/domain/subscriber.ts';
import {
  keysFor,
  parseConfirmToken,
  parseDataToken,
  parseSubscriptionToken,
} from '../../src/domain/token.ts';
import { LETTERS, QUEUE_PREFIX } from '../../src/queue/queues.ts';
import { addressOf, openTestApp, type TestApp } from '../support/app.ts';
import { startSmtp, type SmtpMoment } from '../support/smtp-server.ts';

const GARDEN = 'garden' as SeriesId;
const BASE = 'https://letters.example.com';
const WAIT = { timeout: 10_000, interval: 20 };

let world: TestApp | undefined;
const working: RunningWorkers[] = [];
afterEach(async () => {
  await Promise.all(working.splice(0).map((workers) => workers.drain()));
  await world?.close();
  world = undefined;
});

async function work({ app }: TestApp): Promise<RunningWorkers> {
  const workers = await startWorkers(app);
  if (isRefusal(workers)) throw new Error(workers.message);
  working.push(workers);
  return workers;
}

async function garden(
  options: Parameters<typeof openTestApp>[0] = {},
  index = 'every: 0\nletters: [welcome, goodbye, finished]',
): Promise<TestApp> {
  world = await openTestApp({ ...options, env: { BASE_URL: BASE, ...options.env } });
  await world.write('garden', index, { '01-soil': 'title: Soil' });
  await world.schedule('garden');
  return world;
}

const idOf = ({ app }: TestApp, reader: string): SubscriberId => subscriberIdOf(addressOf(reader), app.salt);

/** Somebody asks for the series, as the form has it; returns the order of the letter. */
async function ask(one: TestApp, reader: string, more: { name?: string; language?: string } = {}) {
  const { store, queues } = one.app;
  const subscriber = idOf(one, reader);
  const at = await store.now();
  const { name = '', language = 'en' } = more;
  const signup = { series: GARDEN, subscriber, address: addressOf(reader), name, language };
  await store.signups.keep({ ...signup, requestedAt: at, source: 'form' });
  const order: LetterOrder = { kind: 'confirm', series: GARDEN, subscriber, at };
  await queues.addLetter(order);
  return order;
}

async function order(one: TestApp, kind: LetterKind, reader: string): Promise<void> {
  const at = await one.app.store.now();
  await one.app.queues.addLetter({ kind, series: GARDEN, subscriber: idOf(one, reader), at });
}

/** What the server took for a reader, letters only, in its order. */
async function lettersFor({ smtp }: TestApp, reader: string): Promise<ParsedMail[]> {
  const taken = smtp.transactions.filter(({ to, accepted }) => accepted && to.includes(addressOf(reader)));
  const mails = await Promise.all(taken.map(({ message }) => simpleParser(message)));
  return mails.filter(({ headers }) => headers.get('auto-submitted') === 'auto-generated');
}

const letters = (one: TestApp, reader: string, count = 1): Promise<ParsedMail[]> =>
  vi.waitFor(async () => {
    const mails = await lettersFor(one, reader);
    expect(mails.length).toBeGreaterThanOrEqual(count);
    return mails;
  }, WAIT);

const linkIn = (mail: ParsedMail | undefined, path: string): string =>
  new RegExp(`<${BASE}/${path}([^>]+)>`).exec(mail?.text ?? '')?.[1] ?? '';

function queueOf({ app }: TestApp): Queue<LetterOrder> {
  const queue = new Queue<LetterOrder>(LETTERS, { connection: app.queueConnection, prefix: QUEUE_PREFIX });
  queue.on('error', () => undefined);
  onTestFinished(() => queue.close());
  return queue;
}

const jobsIn = (queue: Queue): Promise<number> =>
  queue.getJobCountByTypes('wait', 'active', 'delayed', 'prioritized');

const done = (queue: Queue): Promise<void> =>
  vi.waitFor(async () => expect(await jobsIn(queue)).toBe(0), WAIT);

test('whoever asks gets one letter, with a button that is theirs', async () => {
  const one = await garden();
  const { at } = await ask(one, 'ash');
  const [mail, ...more] = await letters(one, 'ash');
  expect(more).toEqual([]);
  expect(mail?.subject).toBe('Please confirm: garden');
  expect(mail?.from?.value).toEqual([{ name: 'Garden Letters', address: 'letters@example.com' }]);
  expect(mail?.date?.getTime()).toBe(Math.floor(at / 1_000) * 1_000);
  const token = linkIn(mail, 'c/garden/');
  expect(parseConfirmToken(keysFor(one.app.secrets, 'confirm'), GARDEN, token)).toEqual({
    subscriber: idOf(one, 'ash'),
    requestedAt: at,
  });
  expect(mail?.html).toContain(`href="${BASE}/c/garden/${token}"`);
});

test('whoever is in already is told so, and asked for nothing', async () => {
  const one = await garden();
  await one.join('garden', 'ash');
  await ask(one, 'ash');
  const [mail] = await letters(one, 'ash');
  expect(mail?.subject).toBe('You are already subscribed to garden');
  expect(mail?.html).not.toContain('/c/garden/');
  const owner = parseSubscriptionToken(keysFor(one.app.secrets, 'reader'), linkIn(mail, 'm/'), [GARDEN]);
  expect(owner).toEqual({ series: GARDEN, subscriber: idOf(one, 'ash') });
});

test('from welcome to goodbye, in the language of the series', async () => {
  const one = await garden({}, 'language: zh-TW\nevery: 0\nletters: [welcome, goodbye, finished]');
  await one.join('garden', 'ash');
  await order(one, 'welcome', 'ash');
  await one.settle();
  await vi.waitFor(async () => expect(await lettersFor(one, 'ash')).toHaveLength(2), WAIT);
  await order(one, 'data', 'ash');
  await letters(one, 'ash', 3);
  await unsubscribe(one.app, { series: GARDEN, subscriber: idOf(one, 'ash') });
  const mails = await letters(one, 'ash', 4);
  expect(new Set(mails.map(({ subject }) => subject))).toEqual(
    new Set(['歡迎訂閱《garden》', '《garden》已經全部寄完', '您的個人資料', '您已取消訂閱《garden》']),
  );
  const data = mails.find(({ subject }) => subject === '您的個人資料');
  expect(parseDataToken(keysFor(one.app.secrets, 'data'), linkIn(data, 'd/'))?.subscriber).toBe(
    idOf(one, 'ash'),
  );
  const goodbye = mails.find(({ subject }) => subject === '您已取消訂閱《garden》');
  expect(goodbye?.text).toContain(`<${BASE}/s/garden>`);
  expect(goodbye?.html).not.toContain('/u/');
});

test('a confirmation is the same to the byte, whatever the stranger calls themselves', async () => {
  const one = await garden();
  const queue = queueOf(one);
  const first = await ask(one, 'ash');
  await letters(one, 'ash');
  const name = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('<img src=x>', '{{ x }}', 'Win $$$ http://x.example'),
  );
  await fc.assert(
    fc.asyncProperty(name, async (typed) => {
      const { store, queues } = one.app;
      const known = await store.signups.find(GARDEN, first.subscriber);
      if (known === undefined) throw new Error('The sign-up is gone.');
      await store.signups.keep({ ...known, name: typed });
      const before = one.smtp.transactions.length;
      await done(queue);
      await queues.addLetter(first);
      await vi.waitFor(() => expect(one.smtp.transactions).toHaveLength(before + 1), WAIT);
      expect(one.smtp.transactions.at(-1)?.message).toEqual(one.smtp.transactions[0]?.message);
    }),
    { numRuns: process.env['HOSTILE_PART'] === 'all' ? 20 : 8 },
  );
});

/** Refuses the first so many times that it gets there. */
function refusing(at: SmtpMoment['at'], reply: string, times: number) {
  let left = times;
  return (moment: SmtpMoment): string | undefined => (moment.at === at && left-- > 0 ? reply : undefined);
}

test.each([
  ['rcpt', '451 4.7.1 Greylisted, try again later'],
  ['body', '451 4.3.0 Try again later'],
] as const)('a 4xx at %s is tried again later, as the same message', async (at, reply) => {
  const one = await garden({ script: refusing(at, reply, 1) });
  const queue = queueOf(one);
  await ask(one, 'ash');
  const [job] = await vi.waitFor(async () => {
    const delayed = await queue.getDelayed();
    expect(delayed).toHaveLength(1);
    return delayed;
  }, WAIT);
  expect(job?.attemptsMade).toBe(1);
  expect(job?.failedReason).toContain('answer to');
  expect(JSON.stringify(job)).not.toContain('@example');
  await job?.promote();
  await letters(one, 'ash');
  const [first, last] = [one.smtp.transactions[0], one.smtp.transactions.at(-1)];
  expect(last?.message).toEqual(first?.message);
  await done(queue);
});

test('a 5xx is the end of it: the sign-up is forgotten, and the address is nobody’s affair', async () => {
  const one = await garden({ script: refusing('rcpt', '550 5.1.1 No such user here', 1) });
  const { subscriber } = await ask(one, 'ash');
  const { signups, subscribers } = one.app.store;
  await vi.waitFor(async () => expect(await signups.find(GARDEN, subscriber)).toBeUndefined(), WAIT);
  await done(queueOf(one));
  expect(await subscribers.findSuppression(subscriber)).toBeUndefined();
  expect(await lettersFor(one, 'ash')).toEqual([]);
});

test('what the server has against us is tried again, and the sign-up kept', async () => {
  const one = await garden({ script: refusing('body', '554 5.6.0 Message refused', 1) });
  const { subscriber } = await ask(one, 'ash');
  const queue = queueOf(one);
  await vi.waitFor(async () => expect(await queue.getDelayedCount()).toBe(1), WAIT);
  expect(await one.app.store.signups.find(GARDEN, subscriber)).toBeDefined();
});

describe('while the mail server is away', () => {
  test('letters wait without spending a try, and go when it is back', async () => {
    const one = await garden();
    const queue = queueOf(one);
    await one.smtp.close();
    await ask(one, 'ash');
    await ask(one, 'bay');
    await vi.waitFor(async () => expect(await queue.getDelayedCount()).toBe(2), WAIT);
    for (const job of await queue.getDelayed()) expect(job.attemptsMade).toBe(0);
    const back = await startSmtp({ port: one.smtp.port });
    onTestFinished(() => back.close());
    await vi.waitFor(() => expect(back.transactions).toHaveLength(2), WAIT);
    await done(queue);
  }, 30_000);

  test('a worker can be stopped, and another one sends them', async () => {
    const one = await garden({ withoutWorkers: true });
    await one.smtp.close();
    const workers = await work(one);
    const queue = queueOf(one);
    await ask(one, 'ash');
    await vi.waitFor(async () => expect(await queue.getDelayedCount()).toBe(1), WAIT);
    await workers.drain();
    working.length = 0;
    const back = await startSmtp({ port: one.smtp.port });
    onTestFinished(() => back.close());
    await work(one);
    await vi.waitFor(() => expect(back.transactions).toHaveLength(1), WAIT);
  }, 30_000);
});

test('orders outlive the workers, and Redis’ own restart', async () => {
  const one = await garden({ withoutWorkers: true });
  await ask(one, 'ash');
  await one.redis.restart();
  await work(one);
  expect(await letters(one, 'ash')).toHaveLength(1);
}, 20_000);

test('no job has an address, a name or a token in it', async () => {
  const one = await garden({ withoutWorkers: true });
  await ask(one, 'ash', { name: 'Ash' });
  const [job] = await queueOf(one).getJobs(['wait']);
  expect(Object.keys(job?.data ?? {}).toSorted()).toEqual(['at', 'kind', 'series', 'subscriber']);
  expect(JSON.stringify(job)).not.toMatch(/@example|Ash/);
});

test('letters are signed when there is a key', async () => {
  const { generateKeyPairSync } = await import('node:crypto');
  const { mkdtemp, rm, writeFile } = await import('node:fs/promises');
  const folder = await mkdtemp('/tmp/letters-dkim-');
  onTestFinished(() => rm(folder, { recursive: true }));
  const keys = {
    one: generateKeyPairSync('rsa', { modulusLength: 2048 }),
    two: generateKeyPairSync('ed25519'),
  };
  for (const [selector, { privateKey }] of Object.entries(keys)) {
    await writeFile(`${folder}/${selector}.pem`, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  }
  const one = await garden({
    env: {
      PARTWORK_DKIM_DOMAIN: 'example.com',
      PARTWORK_DKIM_SELECTOR: 'one, two',
      PARTWORK_DKIM_KEY_FILE: `${folder}/one.pem, ${folder}/two.pem`,
    },
  });
  await ask(one, 'ash');
  const [mail] = await letters(one, 'ash');
  const signatures = mail?.headerLines.filter(({ key }) => key === 'dkim-signature');
  expect(signatures?.map(({ line }) => line.replace(/\s/g, ''))).toEqual([
    expect.stringMatching(/a=rsa-sha256.*d=example\.com;s=one;h=[^;]*Auto-Submitted/),
    expect.stringMatching(/a=ed25519-sha256.*d=example\.com;s=two;h=[^;]*Auto-Submitted/),
  ]);
});
