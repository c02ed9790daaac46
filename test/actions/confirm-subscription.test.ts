import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  confirmSubscription,
  findSignup,
  type ConfirmTools,
} from '../../src/actions/confirm-subscription.ts';
import { eraseSubscriber } from '../../src/actions/erase-subscriber.ts';
import { requestSubscription } from '../../src/actions/request-subscription.ts';
import type { Every } from '../../src/domain/cadence.ts';
import { DAY_MS, MINUTE_MS } from '../../src/domain/instant.ts';
import type { IssueId } from '../../src/domain/issue.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { DEFAULT_SIGNUP_LIMITS } from '../../src/domain/signup-limits.ts';
import { subscriberIdOf } from '../../src/domain/subscriber.ts';
import { confirmToken, keysFor } from '../../src/domain/token.ts';
import { openMailHosts } from '../../src/mail/mail-hosts.ts';
import { addressOf, openTestApp } from '../support/app.ts';
import { GARDEN, joinAt, planWith, subscriber } from '../support/ledger.ts';
import { redisPerFile } from '../support/redis-per-file.ts';
import { openSignupDesk, START, type SignupDesk } from '../support/signup-desk.ts';

const given = redisPerFile();
const WEEKLY: Every = { kind: 'days', days: 7 };
const base = planWith(['one', 'two', 'three']);
const plan = { ...base, about: { ...base.about, paces: [WEEKLY], letters: ['welcome'] as const } };
const { id } = subscriber('ash');

let desk: SignupDesk;
beforeEach(async () => {
  desk = await openSignupDesk(given.server, given.redis, plan);
});
afterEach(() => desk.close());

/** The link of the newest letter to ash. */
async function newestLink(): Promise<string> {
  const order = (await desk.orders('ash')).at(-1);
  if (order === undefined) throw new Error('No letter was ordered.');
  return desk.token('ash', order.at);
}

async function askAndGetLink(changes: Parameters<SignupDesk['ask']>[0] = {}): Promise<string> {
  await desk.ask(changes);
  return newestLink();
}

const later = (ms: number) => (desk.clock.at += ms);
const confirm = (token: string, tools: Partial<ConfirmTools> = {}) =>
  confirmSubscription({ ...desk, ...tools }, GARDEN, token);
const look = (token: string) => findSignup(desk, GARDEN, token);
const leave = () => desk.store.subscriptions.leave(plan, id, 'unsubscribed');

/** What the ledger has of ash. */
async function standing() {
  const [record, place, suppression, signup, welcomes] = await Promise.all([
    desk.store.subscribers.find(id),
    desk.store.subscriptions.findPlace(plan, id),
    desk.store.subscribers.findSuppression(id),
    desk.store.signups.find(GARDEN, id),
    desk.orders('ash', 'welcome'),
  ]);
  return {
    subscriber: record?.subscriber,
    state: record?.subscriptions.map(({ state, pace }) => ({ state, pace })),
    consents: record?.consents.map(({ source }) => source),
    place: place?.place,
    suppression: suppression?.reason,
    isAsked: signup !== undefined,
    welcomes: welcomes.length,
  };
}

const JOINED = {
  subscriber: { id, address: 'ash@example.com', name: 'Ash', language: 'zh-Hant' },
  state: [{ state: 'active', pace: WEEKLY }],
  consents: ['api https://blog.example.com, confirmed'],
  place: 'one',
  suppression: undefined,
  isAsked: false,
  welcomes: 1,
};
const WISHES = { name: 'Ash', pace: '1w', language: 'zh-Hant', source: 'api https://blog.example.com' };

describe('the button', () => {
  test('makes a reader of who asked, as they asked, with the time of their consent', async () => {
    const link = await askAndGetLink(WISHES);
    later(MINUTE_MS);
    expect(await look(link)).toBe('open');
    expect(await confirm(link)).toEqual({ kind: 'confirmed', owner: { series: GARDEN, subscriber: id } });
    expect(await standing()).toEqual(JOINED);
    const consent = (await desk.store.subscribers.find(id))?.consents[0]?.at ?? 0;
    expect(Math.abs(consent - START - MINUTE_MS)).toBeLessThan(5_000);
    expect((await desk.store.subscriptions.findPlace(plan, id))?.dueAt).toBeLessThanOrEqual(
      (await desk.store.now()) + 1_000,
    );
  });

  test('pressed twice changes nothing more', async () => {
    const link = await askAndGetLink(WISHES);
    await confirm(link);
    expect(await confirm(link)).toEqual({ kind: 'already', owner: { series: GARDEN, subscriber: id } });
    expect(await look(link)).toBe('confirmed');
    expect(await standing()).toEqual(JOINED);
  });

  test('pressed twice at the same time makes one reader and one welcome', async () => {
    const link = await askAndGetLink(WISHES);
    const answers = await Promise.all([confirm(link), confirm(link), confirm(link)]);
    expect(answers.every(({ kind }) => kind === 'confirmed' || kind === 'already')).toBe(true);
    expect(await standing()).toEqual(JOINED);
  });

  test('is not pressed by looking', async () => {
    const link = await askAndGetLink(WISHES);
    const before = await given.redis.dbsize();
    const state = await standing();
    for (let nth = 0; nth < 5; nth++) await look(link);
    expect(await standing()).toEqual(state);
    expect(await given.redis.dbsize()).toBe(before);
  });

  test('orders no welcome where the writer wants none', async () => {
    await desk.store.plans.commit({ ...plan, revision: 2, about: base.about });
    await confirm(await askAndGetLink());
    expect(await desk.orders('ash', 'welcome')).toEqual([]);
  });

  test('puts a reader where the join rule says', async () => {
    const releaseAt = START + DAY_MS;
    const issues = plan.issues.map((issue) =>
      issue.id === ('two' as IssueId) ? { ...issue, releaseAt } : issue,
    );
    await desk.store.plans.commit({ ...plan, revision: 2, join: 'next', issues });
    await confirm(await askAndGetLink());
    expect((await standing()).place).toBe('two');
  });
});

describe('a link', () => {
  test.each([
    ['of nothing', () => 'x'],
    ['of another request time', () => desk.token('ash', START + 5)],
    ['of somebody else', () => desk.token('bay', START)],
  ])('%s does nothing', async (_what, make) => {
    await desk.ask(WISHES);
    await desk.store.signups.forget(GARDEN, id);
    expect(['unknown', 'expired']).toContain((await confirm(make())).kind);
    expect((await standing()).state).toBeUndefined();
  });

  test('made with a secret that is gone, or for another series, is not known', async () => {
    const link = await askAndGetLink();
    expect(await confirm(desk.token('ash', START, ['another']))).toEqual({ kind: 'unknown' });
    expect(await confirmSubscription(desk, 'stone' as SeriesId, link)).toEqual({ kind: 'unknown' });
    expect(await findSignup(desk, 'stone' as SeriesId, link)).toBe('unknown');
  });

  test('made with an older secret is good', async () => {
    const link = await askAndGetLink();
    const secrets = ['newer', ...desk.secrets];
    expect(await confirm(link, { secrets })).toMatchObject({ kind: 'confirmed' });
  });

  test('is good for seven days', async () => {
    const link = await askAndGetLink();
    later(7 * DAY_MS - MINUTE_MS);
    expect(await look(link)).toBe('open');
    later(2 * MINUTE_MS);
    expect([await look(link), (await confirm(link)).kind]).toEqual(['expired', 'expired']);
  });

  test('is not kept good by strangers who ask again', async () => {
    const link = await askAndGetLink();
    later(6 * DAY_MS);
    const newer = await askAndGetLink();
    later(2 * DAY_MS);
    expect([await look(link), await look(newer)]).toEqual(['expired', 'open']);
  });

  test('of an older letter works as well, for what was asked last', async () => {
    const link = await askAndGetLink({ name: 'before' });
    later(11 * MINUTE_MS);
    await desk.ask(WISHES);
    expect(await desk.orders('ash')).toHaveLength(2);
    expect(await confirm(link)).toMatchObject({ kind: 'confirmed' });
    expect(await standing()).toEqual(JOINED);
  });

  test('does not bring back who has confirmed and left', async () => {
    const link = await askAndGetLink();
    await confirm(link);
    later(MINUTE_MS);
    await leave();
    expect([await look(link), (await confirm(link)).kind]).toEqual(['expired', 'expired']);
  });

  test('does not bring them back when a stranger asks for them after that; the new letter would', async () => {
    const link = await askAndGetLink();
    await confirm(link);
    later(MINUTE_MS);
    await leave();
    later(11 * MINUTE_MS);
    const newer = await askAndGetLink();
    expect((await confirm(link)).kind).toBe('expired');
    expect((await confirm(newer)).kind).toBe('confirmed');
    expect((await standing()).state).toMatchObject([{ state: 'active' }]);
  });

  test('does not let a stranger’s wishes in to a reader', async () => {
    const link = await askAndGetLink({ name: 'ash' });
    await confirm(link);
    later(11 * MINUTE_MS);
    const newer = await askAndGetLink(WISHES);
    expect((await confirm(link)).kind).toBe('already');
    expect((await confirm(newer)).kind).toBe('already');
    expect((await standing()).subscriber).toMatchObject({ name: 'ash', language: 'en' });
  });
});

describe('who must not be mailed', () => {
  test('is told so, and stays out', async () => {
    const link = await askAndGetLink();
    await desk.store.subscribers.suppress(id, { reason: '550 5.1.1 no such user', at: START });
    expect(await look(link)).toBe('open');
    expect(await confirm(link)).toEqual({ kind: 'suppressed' });
    expect((await standing()).state).toBeUndefined();
  });

  test('but was only erased comes back by confirming anew', async () => {
    await joinAt(desk.store, plan, 'ash', 'one');
    await eraseSubscriber(desk, id);
    later(MINUTE_MS);
    expect((await confirm(await askAndGetLink(WISHES))).kind).toBe('confirmed');
    expect(await standing()).toEqual(JOINED);
  });

  test('and was erased after asking does not come back, and what they asked is forgotten', async () => {
    const link = await askAndGetLink();
    await confirm(link);
    await askAndGetLink();
    later(MINUTE_MS);
    await eraseSubscriber(desk, id);
    expect((await standing()).isAsked).toBe(false);
    later(MINUTE_MS);
    await desk.ask();
    expect([await look(link), (await confirm(link)).kind]).toEqual(['expired', 'expired']);
    expect((await standing()).suppression).toBe('erased');
  });

  test('who has only asked is erased without a trace', async () => {
    await desk.ask();
    expect(await eraseSubscriber(desk, id)).toBe(true);
    expect(await standing()).toMatchObject({ subscriber: undefined, suppression: undefined, isAsked: false });
    expect(await eraseSubscriber(desk, id)).toBe(false);
  });
});

const crash = () => Promise.reject(new Error('The process is gone.'));

describe('a crash', () => {
  const points: readonly [when: string, tools: () => Partial<ConfirmTools>][] = [
    [
      'before the suppression is lifted',
      () => ({ store: { ...desk.store, subscribers: { ...desk.store.subscribers, unsuppress: crash } } }),
    ],
    [
      'before joining',
      () => ({ store: { ...desk.store, subscriptions: { ...desk.store.subscriptions, join: crash } } }),
    ],
    ['before the welcome is ordered', () => ({ queues: { ...desk.queues, addLetter: crash } })],
    [
      'before the sign-up is forgotten',
      () => ({ store: { ...desk.store, signups: { ...desk.store.signups, forget: crash } } }),
    ],
  ];

  test.each(points)('%s: pressing again does the rest', async (_when, tools) => {
    await desk.store.subscribers.suppress(id, { reason: 'erased', at: START - DAY_MS });
    const link = await askAndGetLink(WISHES);
    later(MINUTE_MS);
    await expect(confirm(link, tools())).rejects.toThrow('The process is gone.');
    expect(await look(link)).toBe('open');
    expect((await confirm(link)).kind).toBe('confirmed');
    expect(await standing()).toEqual(JOINED);
    expect((await confirm(link)).kind).toBe('already');
  });
});

test('the first issue is with the mail server as soon as the button is pressed', async () => {
  const testApp = await openTestApp();
  try {
    await testApp.write('garden', 'every: 1d', { '01-one': 'title: One', '02-two': 'title: Two' });
    await testApp.schedule('garden');
    const { app } = testApp;
    const mailHosts = openMailHosts({ mostPerMinute: 0 });
    const tools = { ...app, mailHosts, limits: DEFAULT_SIGNUP_LIMITS };
    const typed = { address: addressOf('ash'), name: '', pace: '', language: 'en' };
    const where = { series: GARDEN, source: 'form', network: '192.0.2.0/24', isTrap: false };
    expect(await requestSubscription(tools, { ...typed, ...where })).toEqual({ kind: 'asked' });
    const owner = { series: GARDEN, subscriber: subscriberIdOf(addressOf('ash'), app.salt) };
    const signup = await app.store.signups.find(owner.series, owner.subscriber);
    const link = confirmToken(keysFor(app.secrets, 'confirm'), owner, signup?.requestedAt ?? 0);
    await testApp.settle();
    expect(testApp.received('ash').filter((title) => title === 'One')).toEqual([]);
    expect((await confirmSubscription(app, GARDEN, link)).kind).toBe('confirmed');
    await testApp.settle();
    expect(testApp.received('ash').filter((title) => title === 'One')).toEqual(['One']);
  } finally {
    await testApp.close();
  }
});
