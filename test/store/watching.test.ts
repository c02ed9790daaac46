import { describe, expect, test } from 'vitest';
import { eraseSubscriber } from '../../src/actions/erase-subscriber.ts';
import { SendMeter } from '../../src/actions/send-meter.ts';
import type { Delivery } from '../../src/domain/delivery.ts';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import type { IssueId } from '../../src/domain/issue.ts';
import type { Sample } from '../../src/domain/overview.ts';
import { partitionKeys } from '../../src/store/keys.ts';
import type { Store } from '../../src/store/open-store.ts';
import { openSendTimeStore } from '../../src/store/send-times.ts';
import { openTimelineStore } from '../../src/store/timeline.ts';
import { openWorkerPresence } from '../../src/store/worker-presence.ts';
import {
  BY_TEST,
  claimOne,
  GARDEN,
  ledgerWith,
  planWith,
  settlement,
  standOf,
  subscriber,
} from '../support/ledger.ts';
import { redisPerFile } from '../support/redis-per-file.ts';

const given = redisPerFile();
const NOON = Date.UTC(2026, 2, 1, 12);

const sample = (at: number) => ({ at }) as Sample;
const day = (name: string, joined: number) => ({ day: name, joined, left: 0, bounced: 0 });
const seen = (id: string, seenAt: number) => ({ id, startedAt: NOON, seenAt, connections: 5 });
const to = (address: string) => ({ series: GARDEN, issue: 'one', address }) as Delivery;

describe('the timeline', () => {
  test('keeps the last hour', async () => {
    const timeline = openTimelineStore(given.redis);
    for (let i = 0; i < 400; i++) await timeline.record(sample(NOON + i * 10_000), day('2026-03-01', i));
    const samples = await timeline.lastHour();
    expect(samples).toHaveLength(360);
    expect(samples.at(-1)?.at).toBe(NOON + 399 * 10_000);
    expect(await timeline.days()).toEqual([day('2026-03-01', 399)]);
  });

  test('passes over a sample that comes with another one, and not one after the clock was set back', async () => {
    const timeline = openTimelineStore(given.redis);
    for (const at of [0, 1_000, 10_000, -3_600_000])
      await timeline.record(sample(NOON + at), day('2026-03-01', 1));
    expect((await timeline.lastHour()).map(({ at }) => at - NOON)).toEqual([0, 10_000, -3_600_000]);
  });

  test('has the days in order', async () => {
    const timeline = openTimelineStore(given.redis);
    await timeline.record(sample(NOON), day('2026-03-02', 2));
    await timeline.record(sample(NOON + 10_000), day('2026-03-01', 1));
    expect((await timeline.days()).map(({ joined }) => joined)).toEqual([1, 2]);
  });
});

test('a worker is there until it says goodbye, or has said nothing for 45 seconds', async () => {
  const workers = openWorkerPresence(given.redis);
  await workers.note(seen('a:1', NOON));
  await workers.note(seen('b:2', NOON + 40_000));
  await workers.note(seen('c:3', NOON + 40_000));
  await workers.forget('c:3');
  expect((await workers.list(NOON + 45_000)).map(({ id }) => id)).toEqual(['a:1', 'b:2']);
  expect((await workers.list(NOON + 45_001)).map(({ id }) => id)).toEqual(['b:2']);
});

test('a worker that ended without a word is not there for longer because the clock was set back', async () => {
  const workers = openWorkerPresence(given.redis);
  await workers.note(seen('a:1', NOON + 3_600_000));
  await workers.note(seen('b:2', NOON));
  expect((await workers.list(NOON)).map(({ id }) => id)).toEqual(['b:2']);
});

test('send times of several workers add up, the slowest domain first', async () => {
  const store = openSendTimeStore(given.redis);
  for (let i = 0; i < 2; i++) {
    const meter = new SendMeter();
    meter.note(to('ash@example.com'), 20);
    meter.note(to('elm@slow.example'), 90_000);
    await store.add(meter.take()!);
  }
  const { buckets, count, seconds } = await store.all();
  expect({ count, seconds: Math.round(seconds * 100) / 100 }).toEqual({ count: 4, seconds: 180.04 });
  expect([buckets[2], buckets.at(-1)]).toEqual([2, 2]);
  expect(await store.slowest(GARDEN, 'one' as Delivery['issue'])).toEqual([
    { domain: 'slow.example', count: 2, seconds: 180 },
    { domain: 'example.com', count: 2, seconds: expect.closeTo(0.04) as number },
  ]);
});

describe('answers', () => {
  const plan = planWith(['one']);
  const later = 'answer to RCPT TO: 451 4.7.1 later';
  const greylisted = { issue: 'one', kind: 'deferred', reply: '451 4.7.1' };

  /** A reader's first mail is put off. */
  async function putOff(store: Store, name: string, domain: string): Promise<void> {
    const reader = { ...subscriber(name), address: `${name}@${domain}` as EmailAddress };
    await store.subscriptions.join(plan, [{ subscriber: reader, place: 'one' as IssueId }], BY_TEST);
    const stand = standOf(plan, 'one', name);
    const delivery = (await claimOne(store, stand))!;
    await store.deliveries.settle(stand, [
      { ...settlement(delivery, 'deferred', 'one', Date.now() + 60_000), reason: later },
    ]);
  }

  test('are counted by what they say and by domain', async () => {
    const { store } = await ledgerWith(given.redis, plan, []);
    await putOff(store, 'ash', 'example.com');
    await putOff(store, 'bay', 'example.com');
    await putOff(store, 'elm', 'example.net');
    expect(await store.replies.of(GARDEN)).toEqual([
      { ...greylisted, domain: 'example.com', count: 2 },
      { ...greylisted, domain: 'example.net', count: 1 },
    ]);
  });

  test('of more domains than anybody looks at are counted together', async () => {
    const { store } = await ledgerWith(given.redis, plan, []);
    const key = partitionKeys(standOf(plan, 'one', 'ash').partition, GARDEN).replies;
    for (let i = 0; i < 400; i++) await given.redis.hset(key, `one\tdeferred\t450\td${i}.example`, 1);
    await putOff(store, 'ash', 'example.com');
    expect(await store.replies.of(GARDEN)).toContainEqual({ ...greylisted, domain: '*', count: 1 });
  });

  test('of an erased reader at a domain of their own leave no domain', async () => {
    const { store } = await ledgerWith(given.redis, plan, []);
    await putOff(store, 'ash', 'ash.example');
    const meter = new SendMeter();
    meter.note(to('ash@ash.example'), 20);
    for (let i = 0; i < 40; i++) meter.note(to('bay@example.com'), 20);
    await store.sendTimes.add(meter.take()!);
    await eraseSubscriber({ store }, subscriber('ash').id);
    expect(await store.replies.of(GARDEN)).toEqual([{ ...greylisted, domain: '*', count: 1 }]);
    const domains = await store.sendTimes.slowest(GARDEN, 'one' as IssueId);
    expect(Object.fromEntries(domains.map(({ domain, count }) => [domain, count]))).toEqual({
      '*': 1,
      'example.com': 40,
    });
  });

  test('of a server that invents codes are counted together, too', async () => {
    const { store } = await ledgerWith(given.redis, plan, []);
    const key = partitionKeys(standOf(plan, 'one', 'ash').partition, GARDEN).replies;
    for (let i = 0; i < 800; i++) await given.redis.hset(key, `one\tdeferred\t4${i}\texample.com`, 1);
    await putOff(store, 'ash', 'example.com');
    const other = { ...greylisted, reply: 'other', domain: '*', count: 1 };
    expect(await store.replies.of(GARDEN)).toContainEqual(other);
  });
});
