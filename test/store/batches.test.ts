import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Delivery } from '../../src/domain/delivery.ts';
import { STALE_PLAN } from '../../src/domain/stale-plan.ts';
import { partitionOf } from '../../src/domain/subscriber.ts';
import { partitionKeys, subscriberKey } from '../../src/store/keys.ts';
import {
  GARDEN,
  ledgerWith,
  LIMITS,
  placesOf,
  planWith,
  settlement,
  standOf,
  subscriber,
} from '../support/ledger.ts';
import { redisPerFile } from '../support/redis-per-file.ts';

const given = redisPerFile();

const plan = planWith(['one', 'two']);
const stand = standOf(plan, 'one', 'reader-0');
const keys = partitionKeys(stand.partition, GARDEN);

/** Readers of one partition. */
const NAMES = Array.from({ length: 400 }, (_, n) => `reader-${n}`)
  .filter((name) => partitionOf(subscriber(name).id) === stand.partition)
  .slice(0, 8);

async function claimed() {
  const { store } = await ledgerWith(given.redis, plan, NAMES);
  const deliveries = await store.deliveries.claim(stand, LIMITS);
  if (deliveries === STALE_PLAN) throw new Error('The plan is stale.');
  expect(deliveries).toHaveLength(NAMES.length);
  const byName = new Map(deliveries.map((delivery) => [delivery.name, delivery]));
  const all = NAMES.map((name) => byName.get(name) as Delivery);
  return { store, all };
}

test('a token that a copy of the ledger has given out is never given out by the ledger', async () => {
  const tokens: string[] = [];
  // What the copy has learned is forgotten when the ledger is back.
  for (let ledger = 0; ledger < 3; ledger++) {
    await given.redis.flushdb();
    await sleep(5);
    tokens.push(...(await claimed()).all.map(({ token }) => token));
  }
  expect(new Set(tokens).size).toBe(3 * NAMES.length);
});

describe('a batch that is submitted', () => {
  test('may go out whole', async () => {
    const { store, all } = await claimed();
    expect(await store.deliveries.submit(stand, all, 10_000)).toEqual(all.map(() => true));
    expect(await store.deliveries.unsettled(GARDEN)).toBe(all.length);
  });

  test('does not put back who stands elsewhere by now, and the others go out', async () => {
    const { store, all } = await claimed();
    const [, moved, , left] = all as [Delivery, Delivery, Delivery, Delivery];
    await given.redis.zrem(`${keys.waiting}one`, moved.subscriber);
    await store.subscriptions.leave(plan, left.subscriber, 'unsubscribed');
    expect(await store.deliveries.submit(stand, all, 10_000)).toEqual(
      all.map((delivery) => delivery !== moved && delivery !== left),
    );
    expect(await given.redis.zscore(`${keys.waiting}one`, moved.subscriber)).toBeNull();
    expect(await given.redis.hget(keys.claims, moved.subscriber)).toContain('"claimed"');
    expect(await store.deliveries.unsettled(GARDEN)).toBe(all.length - 2);
  });
});

describe('a batch that is settled', () => {
  test('is told apart: outcomes of all kinds in any order, a stale token and a reader who left among them', async () => {
    const { store, all } = await claimed();
    await store.deliveries.submit(stand, all, 10_000);
    const [a, b, c, d, e, f, g, h] = all;
    await store.subscriptions.leave(plan, g!.subscriber, 'unsubscribed');
    const settled = await store.deliveries.settle(stand, [
      settlement(a!, 'accepted', 'two', 5_000),
      { ...settlement(b!, 'deferred', 'one', 60_000), reason: 'answer to RCPT TO: 451 4.7.1 later' },
      { ...settlement(c!, 'deferred', 'one', 70_000), reason: 'answer to RCPT TO: 451 4.7.1 later' },
      settlement(d!, 'accepted', 'two', 5_000),
      settlement({ ...e!, token: '0' }, 'accepted', 'two', 5_000),
      { ...settlement(f!, 'rejected', 'two', 5_000), reason: 'answer to RCPT TO: 550 5.7.1 no' },
      settlement(g!, 'accepted', 'two', 5_000),
      settlement(h!, 'accepted', 'two', 6_000),
    ]);
    expect(settled).toEqual([true, true, true, true, false, true, false, true]);

    expect(await placesOf(store, plan, NAMES)).toEqual(
      Object.fromEntries(
        NAMES.map((name, n) => [name, ['two', 'one', 'one', 'two', 'one', 'two', undefined, 'two'][n]]),
      ),
    );
    const dueOf = (place: string, { subscriber: id }: Delivery) =>
      given.redis.zscore(`${keys.waiting}${place}`, id);
    expect(await Promise.all([a, d, f, h].map((one) => dueOf('two', one!)))).toEqual([
      '5000',
      '5000',
      '5000',
      '6000',
    ]);
    expect(await Promise.all([b, c].map((one) => dueOf('one', one!)))).toEqual(['60000', '70000']);
    expect(await store.replies.of(GARDEN)).toEqual([
      { issue: 'one', kind: 'deferred', reply: '451 4.7.1', domain: 'example.com', count: 2 },
      { issue: 'one', kind: 'rejected', reply: '550 5.7.1', domain: 'example.com', count: 1 },
    ]);
    const counts = await given.redis.hgetall(keys.counts);
    expect(counts).toMatchObject({ 'one:accepted': '3', 'one:deferred': '2', 'one:rejected': '1' });
    // Nobody has a second copy of what is on record, also not who left.
    expect(await given.redis.hlen(keys.claims)).toBe(3);
  });

  test('keeps the words of every server, whatever is in them', async () => {
    const { store, all } = await claimed();
    const words = [
      '451 "later" \\ \u0000 \t / \r\n',
      '452 信箱已滿 📮',
      `450 half of a character: ${'📮'.slice(0, 1)}`,
      `450 ${'so '.repeat(2_000)}busy`,
    ];
    const settled = await store.deliveries.settle(
      stand,
      words.map((reason, n) => ({ ...settlement(all[n]!, 'deferred', 'one', 60_000), reason })),
    );
    expect(settled).toEqual(words.map(() => true));
    const records = await given.redis.hmget(
      keys.claims,
      ...words.map((_, n) => (all[n] as Delivery).subscriber),
    );
    expect(records.map((record) => (JSON.parse(record ?? '{}') as { reply?: string }).reply)).toEqual(
      words.map((said) => said.toWellFormed()),
    );
  });

  test('leaves out who has chosen another pace meanwhile, and nobody else', async () => {
    const { store, all } = await claimed();
    await store.deliveries.submit(stand, all, 10_000);
    const repaced = all[3] as Delivery;
    await given.redis.hset(subscriberKey(stand.partition, repaced.subscriber), 'pace:garden', '2d');
    const settled = await store.deliveries.settle(
      stand,
      all.map((delivery) => settlement(delivery, 'accepted', 'two')),
    );
    expect(settled).toEqual(all.map((one) => (one === repaced ? { newPace: '2d' } : true)));
    const places = await placesOf(store, plan, NAMES);
    expect(Object.entries(places).filter(([, place]) => place !== 'two')).toEqual([[repaced.name, 'one']]);
  });
});
