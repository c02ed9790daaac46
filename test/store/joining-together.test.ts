import { expect, test } from 'vitest';
import { END, START, type Place } from '../../src/domain/plan.ts';
import { partitionOf, type SubscriberId } from '../../src/domain/subscriber.ts';
import { subscriberKey, waitingKey } from '../../src/store/keys.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Joining, JoinResult } from '../../src/store/subscriptions.ts';
import { BY_TEST, GARDEN, planWith, subscriber } from '../support/ledger.ts';
import { dumpRedis } from '../support/redis-dump.ts';
import { redisPerFile } from '../support/redis-per-file.ts';

const given = redisPerFile();

const plan = planWith(['one', 'two', 'three']);
const ONLY_WITH_CONSENT = { source: 'import readers.csv', mayComeBack: false };
const LATER = 4_000_000_000_000;
const PLACES = [START, 'one', 'two', END] as Place[];

const READERS = Array.from({ length: 20_000 }, (_, n) => subscriber(`reader${n}`)).filter(
  ({ id }) => partitionOf(id) === 'p00',
);

/** In what a reader is when the file comes, and what it says of them, every choice meets every other. */
const JOININGS: readonly Joining[] = READERS.map((reader, n) => ({
  subscriber: n % 11 === 0 ? { ...reader, language: 'zh-Hant' } : reader,
  place: PLACES[n % 4] ?? START,
  dueAt: LATER + (n % 5),
  consentAt: n % 4 < 2 ? LATER : 1_700_000_000_000,
  pace: n % 13 === 0 ? { kind: 'days', days: 7 } : undefined,
}));

const again = ({ subscriber, ...rest }: Joining, name: string): Joining => ({
  ...rest,
  subscriber: { ...subscriber, name },
});

/** Some people stand in it twice: close together, and far from each other. */
const FILE: readonly Joining[] = [
  ...JOININGS.slice(0, 40).flatMap((joining) => [joining, again(joining, 'Ash')]),
  ...JOININGS.slice(40),
  ...JOININGS.slice(20, 60).map((joining) => again(joining, '')),
  ...JOININGS.slice(30, 70).map((joining) => again(joining, 'Fern')),
];

async function ledger() {
  await given.redis.flushall();
  const store = openStore(given.redis, { offsetMs: 0 });
  await store.plans.commit(plan);
  const here = JOININGS.filter((_, n) => n % 3 === 0);
  await store.subscriptions.join(plan, here, BY_TEST);
  for (const [n, { subscriber }] of here.entries()) {
    const key = subscriberKey('p00', subscriber.id);
    if (n % 2 === 0) await store.subscriptions.leave(plan, subscriber.id, 'unsubscribed');
    if (n % 4 === 0) await given.redis.hset(key, `paused:${GARDEN}`, LATER, `due:${GARDEN}`, LATER + 7);
    if (n % 5 === 0) await store.subscribers.suppress(subscriber.id, { reason: 'erased', at: 1 });
    if (n % 6 === 0) await given.redis.hset(key, `issue:${GARDEN}:one`, 'accepted 1');
  }
  return store;
}

const withoutNow = (text: string): string => text.replaceAll(/\b1[78]\d{11}\b/g, 'now');

test('to join together comes to the same as one after the other', async () => {
  const one = await ledger();
  const alone: JoinResult[] = [];
  for (const joining of FILE) {
    const answer = await one.subscriptions.join(plan, [joining], ONLY_WITH_CONSENT);
    if (answer !== 'stale-plan') alone.push(...answer);
  }
  const expected = [...(await dumpRedis(given.redis))].map(([key, value]) => [key, withoutNow(value)]);
  expect(new Set(alone)).toEqual(new Set(['added', 'known', 'rejoined', 'left', 'suppressed']));

  const all = await ledger();
  expect(await all.subscriptions.join(plan, FILE, ONLY_WITH_CONSENT)).toEqual(alone);
  const found = [...(await dumpRedis(given.redis))].map(([key, value]) => [key, withoutNow(value)]);
  expect(found).toEqual(expected);
});

test('more people than one command of Redis takes get in in one step', async () => {
  const store = openStore(given.redis, { offsetMs: 0 });
  await store.plans.commit(plan);
  const joinings = Array.from({ length: 9_000 }, (_, n): Joining => {
    const id = `a${n}` as SubscriberId;
    return { subscriber: { ...subscriber(`reader${n}`), id }, place: START };
  });
  const answers = await store.subscriptions.join(plan, joinings, ONLY_WITH_CONSENT);
  expect(new Set(answers)).toEqual(new Set(['added']));
  const census = await store.census.take(plan, await store.now());
  expect(census).toMatchObject({ totals: { joined: 9_000 } });
  expect(await given.redis.zcard(waitingKey('p00', GARDEN, START))).toBe(9_000);
});

test('at maxmemory nobody is put in by half', async () => {
  const store = await ledger();
  const before = await dumpRedis(given.redis);
  await given.redis.config('SET', 'maxmemory', 1);
  for (const joining of JOININGS.slice(0, 30)) {
    const answer = await store.subscriptions.join(plan, [joining], ONLY_WITH_CONSENT).catch(String);
    expect(['known', 'left', 'suppressed', expect.stringContaining('OOM')]).toContainEqual(
      Array.isArray(answer) ? answer[0] : answer,
    );
  }
  await given.redis.config('SET', 'maxmemory', 0);
  expect(await dumpRedis(given.redis)).toEqual(before);
});
