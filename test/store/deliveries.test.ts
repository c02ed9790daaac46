import { describe, expect, test } from 'vitest';
import type { Delivery } from '../../src/domain/delivery.ts';
import type { Census } from '../../src/store/census.ts';
import { redisPerFile } from '../support/redis-per-file.ts';
import {
  BY_TEST,
  claimOne,
  GARDEN,
  joinAt,
  ledgerWith,
  LIMITS,
  placesOf,
  planWith,
  settlement,
  standOf,
  subscriber,
} from '../support/ledger.ts';

const given = redisPerFile();

const plan = planWith(['one', 'two']);
const stand = standOf(plan, 'one', 'ash');

/** A delivery that has been claimed and may go out. */
async function submitted(store: Awaited<ReturnType<typeof ledgerWith>>['store']): Promise<Delivery> {
  const delivery = await claimOne(store, stand);
  if (delivery === undefined) throw new Error('Nothing to claim.');
  expect(await store.deliveries.submit(stand, [delivery], 10_000)).toEqual([true]);
  return delivery;
}

/** The worker that submitted it is not heard of for two leases. */
async function takenForDead({ store, clock }: Awaited<ReturnType<typeof ledgerWith>>): Promise<void> {
  clock.offsetMs += 10_001;
  expect(await claimOne(store, stand)).toBeUndefined();
  clock.offsetMs += 10_001;
}

describe('claim', () => {
  test('takes a reader who is due, and gives nobody a second claim within the lease', async () => {
    const { store } = await ledgerWith(given.redis, plan, ['ash']);
    const delivery = await claimOne(store, stand);
    expect(delivery).toMatchObject({ issue: 'one', attempt: 1, address: 'ash@example.com', name: 'ash' });
    expect(await claimOne(store, stand)).toBeUndefined();
  });

  test('gives the reader to somebody else when the lease has run out, with another token', async () => {
    const { store, clock } = await ledgerWith(given.redis, plan, ['ash']);
    const first = await claimOne(store, stand);
    clock.offsetMs += 10_001;
    const second = await claimOne(store, stand);
    expect(second?.token).not.toBe(first?.token);
  });

  test('extending keeps the claim', async () => {
    const { store, clock } = await ledgerWith(given.redis, plan, ['ash']);
    const delivery = await claimOne(store, stand);
    clock.offsetMs += 9_000;
    expect(await store.deliveries.extend(stand, [delivery!], 10_000)).toEqual([true]);
    clock.offsetMs += 9_000;
    expect(await claimOne(store, stand)).toBeUndefined();
  });

  test('that reaches Redis late takes nobody', async () => {
    const { store } = await ledgerWith(given.redis, plan, ['ash']);
    const now = await store.now();
    expect(await claimOne(store, stand, { ...LIMITS, askedAt: now - 5_000 })).toBeUndefined();
    expect(await claimOne(store, stand, { ...LIMITS, askedAt: now })).toBeDefined();
  });

  test.each([
    ['paused', planWith(['one'], { state: 'paused' })],
    ['cancelled', planWith(['one'], { state: 'cancelled' })],
    ['not started', planWith(['one'], { startAt: Date.now() + 60_000 })],
    [
      'not released',
      planWith([], { issues: [{ ...planWith(['one']).issues[0]!, releaseAt: Date.now() + 60_000 }] }),
    ],
  ])('takes nobody while the series or issue is %s', async (_, closed) => {
    const { store } = await ledgerWith(given.redis, closed, ['ash']);
    expect(await claimOne(store, standOf(closed, 'one', 'ash'))).toBeUndefined();
  });

  test('refuses another revision of the plan', async () => {
    const { store } = await ledgerWith(given.redis, plan, ['ash']);
    const old = { ...stand, plan: { ...plan, revision: 0 } };
    expect(await store.deliveries.claim(old, LIMITS)).toBe('stale-plan');
  });

  test('ends the subscription of a suppressed reader instead of taking them', async () => {
    const { store } = await ledgerWith(given.redis, plan, ['ash']);
    await store.subscribers.suppress(subscriber('ash').id, { reason: 'complaint', at: 1 });
    expect(await claimOne(store, stand)).toBeUndefined();
    expect(await store.subscribers.find(subscriber('ash').id)).toMatchObject({
      subscriptions: [{ state: 'ended', reason: 'suppressed' }],
    });
  });

  test('takes nobody who is no reader any more, though they stand in a waiting set', async () => {
    const { store } = await ledgerWith(given.redis, plan, ['ash']);
    const key = `pw:{${stand.partition}}:subscriber:${subscriber('ash').id}`;
    await given.redis.hset(key, `series:${GARDEN}`, 'ended 1 unsubscribed');
    expect(await claimOne(store, stand)).toBeUndefined();
    expect(await placesOf(store, plan, ['ash'])).toEqual({ ash: undefined });
  });

  test('passes on whoever has had what comes behind, where an issue was put back', async () => {
    const back = planWith(['zero', 'one', 'two'], { returned: true });
    const { store } = await ledgerWith(given.redis, back, ['ash', 'bay']);
    const key = `pw:{${standOf(back, 'zero', 'ash').partition}}:subscriber:${subscriber('ash').id}`;
    await given.redis.hset(key, `issue:${GARDEN}:one`, 'accepted 1');
    expect(await claimOne(store, standOf(back, 'zero', 'ash'))).toBeUndefined();
    expect(await claimOne(store, standOf(back, 'one', 'ash'))).toBeUndefined();
    expect(await claimOne(store, standOf(back, 'zero', 'bay'))).toBeDefined();
    expect(await placesOf(store, back, ['ash', 'bay'])).toEqual({ ash: 'two', bay: 'zero' });
  });

  test('leaves a reader who paused alone until then', async () => {
    const { store, clock } = await ledgerWith(given.redis, plan, ['ash']);
    await given.redis.hset(
      `pw:{${stand.partition}}:subscriber:${subscriber('ash').id}`,
      `paused:${GARDEN}`,
      Date.now() + 60_000,
    );
    expect(await claimOne(store, stand)).toBeUndefined();
    clock.offsetMs += 60_001;
    expect(await claimOne(store, stand)).toBeDefined();
  });
});

describe('submit', () => {
  test('says no to a token that is not the latest', async () => {
    const { store, clock } = await ledgerWith(given.redis, plan, ['ash']);
    const stale = await claimOne(store, stand);
    clock.offsetMs += 10_001;
    await claimOne(store, stand);
    expect(await store.deliveries.submit(stand, [stale!], 10_000)).toEqual([false]);
  });

  test('says no when the reader left, or the series was paused, after the claim', async () => {
    const { store } = await ledgerWith(given.redis, plan, ['ash', 'bay']);
    const ash = await claimOne(store, stand);
    await store.subscriptions.leave(plan, subscriber('ash').id, 'unsubscribed');
    expect(await store.deliveries.submit(stand, [ash!], 10_000)).toEqual([false]);

    const atBob = standOf(plan, 'one', 'bay');
    const bay = await claimOne(store, atBob);
    await store.plans.commit({ ...plan, revision: 2, state: 'paused' });
    expect(await store.deliveries.submit(atBob, [bay!], 10_000)).toEqual([false]);
  });
});

describe('a claim that submits', () => {
  const SUBMITS = { ...LIMITS, submits: true };
  const reworded = {
    ...plan,
    revision: 2,
    issues: plan.issues.map((issue) => ({ ...issue, rendered: `new-${issue.id}` })),
  };
  const rewordedStand = standOf(reworded, 'one', 'ash');

  test('leaves its mail in doubt when its worker dies', async () => {
    const ledger = await ledgerWith(given.redis, plan, ['ash']);
    const { store } = ledger;
    const first = await claimOne(store, stand, SUBMITS);
    expect(await store.deliveries.unsettled(GARDEN)).toBe(1);
    await takenForDead(ledger);
    const { token: _, ...repeat } = (await claimOne(store, stand, SUBMITS))!;
    expect(first).toMatchObject(repeat);
    const { totals } = (await store.census.take(plan, await store.now())) as Census;
    expect(totals.issues[0]).toMatchObject({ doubts: 1, doubted: 1 });
    expect(await store.deliveries.settle(stand, [settlement(first!, 'accepted', 'two')])).toEqual([false]);
  });

  test.each([
    ['with its claim has not been tried, and goes out as the issue is by then', true, 'new-one'],
    ['by itself has, and keeps its bytes', false, plan.issues[0]!.rendered],
  ])('what was submitted %s when it is given back', async (_case, submits, rendered) => {
    const { store } = await ledgerWith(given.redis, plan, ['ash']);
    const first = submits ? (await claimOne(store, stand, SUBMITS))! : await submitted(store);
    expect(await store.deliveries.settle(stand, [settlement(first, 'released', 'one')])).toEqual([true]);
    await store.plans.commit(reworded);
    expect(await claimOne(store, rewordedStand)).toMatchObject({ attempt: 1, rendered });
  });

  test('of a mail that was tried before keeps its bytes, whatever becomes of it', async () => {
    const { store } = await ledgerWith(given.redis, plan, ['ash']);
    const first = (await claimOne(store, stand, SUBMITS))!;
    await store.deliveries.settle(stand, [settlement(first, 'deferred', 'one')]);
    const second = (await claimOne(store, stand, SUBMITS))!;
    await store.deliveries.settle(stand, [settlement(second, 'released', 'one')]);
    await store.plans.commit(reworded);
    expect(await claimOne(store, rewordedStand, SUBMITS)).toMatchObject({
      attempt: 2,
      rendered: first.rendered,
      datedAt: first.datedAt,
    });
  });
});

describe('settle', () => {
  test('moves an accepted reader to the next issue, once', async () => {
    const { store } = await ledgerWith(given.redis, plan, ['ash']);
    const delivery = await submitted(store);
    const dueAt = Date.now() + 60_000;
    expect(await store.deliveries.settle(stand, [settlement(delivery, 'accepted', 'two', dueAt)])).toEqual([
      true,
    ]);
    expect(await store.deliveries.settle(stand, [settlement(delivery, 'accepted', 'two', dueAt)])).toEqual([
      false,
    ]);
    expect(await store.subscriptions.findPlace(plan, delivery.subscriber)).toEqual({ place: 'two', dueAt });
  });

  test('a stale token settles nothing', async () => {
    const ledger = await ledgerWith(given.redis, plan, ['ash']);
    const { store } = ledger;
    const stale = await submitted(store);
    await takenForDead(ledger);
    expect(await claimOne(store, stand)).toBeDefined();
    expect(await store.deliveries.settle(stand, [settlement(stale, 'accepted', 'two')])).toEqual([false]);
    expect(await placesOf(store, plan, ['ash'])).toEqual({ ash: 'one' });
  });

  test('a deferred delivery keeps its date and counts its attempts', async () => {
    const { store, clock } = await ledgerWith(given.redis, plan, ['ash']);
    const first = await submitted(store);
    await store.deliveries.settle(stand, [settlement(first, 'deferred', 'one', Date.now() + 60_000)]);
    expect(await claimOne(store, stand)).toBeUndefined();
    clock.offsetMs += 60_001;
    expect(await claimOne(store, stand)).toMatchObject({
      attempt: 2,
      datedAt: first.datedAt,
      firstTriedAt: first.firstTriedAt,
    });
  });

  test('a token ends with its settlement: a renewal, a second settlement or a submit that comes late changes nothing', async () => {
    const { store } = await ledgerWith(given.redis, plan, ['ash']);
    const delivery = await submitted(store);
    const dueAt = Date.now() + 3_600_000;
    const deferred = settlement(delivery, 'deferred', 'one', dueAt);
    expect(await store.deliveries.settle(stand, [deferred])).toEqual([true]);
    expect(await store.deliveries.extend(stand, [delivery], 10_000)).toEqual([false]);
    expect(await store.deliveries.settle(stand, [{ ...deferred, dueAt: 1 }])).toEqual([false]);
    expect(await store.deliveries.submit(stand, [delivery], 10_000)).toEqual([false]);
    expect(await store.subscriptions.findPlace(plan, delivery.subscriber)).toEqual({ place: 'one', dueAt });
  });

  test('says which pace the reader has chosen meanwhile, and does nothing until it is computed with that', async () => {
    const { store } = await ledgerWith(given.redis, plan, ['ash']);
    const delivery = await submitted(store);
    await given.redis.hset(`pw:{${stand.partition}}:subscriber:${delivery.subscriber}`, 'pace:garden', '1w');
    const daily = settlement(delivery, 'accepted', 'two', 1);
    expect(await store.deliveries.settle(stand, [daily])).toEqual([{ newPace: '1w' }]);
    expect(await store.subscriptions.findPlace(plan, delivery.subscriber)).toMatchObject({ place: 'one' });
    const weekly = { ...daily, pace: '1w', dueAt: 7 };
    expect(await store.deliveries.settle(stand, [weekly])).toEqual([true]);
    expect(await store.subscriptions.findPlace(plan, delivery.subscriber)).toEqual({
      place: 'two',
      dueAt: 7,
    });
  });

  test('a dead address is suppressed and its subscription ends', async () => {
    const { store } = await ledgerWith(given.redis, plan, ['ash']);
    const delivery = await submitted(store);
    await store.deliveries.settle(stand, [settlement(delivery, 'dead', 'two')]);
    expect(await store.subscribers.findSuppression(delivery.subscriber)).toMatchObject({ reason: 'because' });
    expect(await placesOf(store, plan, ['ash'])).toEqual({ ash: undefined });
  });

  test('another revision of the plan is refused, and the step can be computed again', async () => {
    const { store } = await ledgerWith(given.redis, plan, ['ash']);
    const delivery = await submitted(store);
    await store.plans.commit({ ...plan, revision: 2 });
    expect(await store.deliveries.settle(stand, [settlement(delivery, 'accepted', 'two')])).toBe(
      'stale-plan',
    );
    const again = { ...stand, plan: { ...plan, revision: 2 } };
    expect(await store.deliveries.settle(again, [settlement(delivery, 'accepted', 'two')])).toEqual([true]);
  });

  test('works at maxmemory, where a new claim does not', async () => {
    const { store } = await ledgerWith(given.redis, plan, ['ash', 'bay']);
    const delivery = await submitted(store);
    await given.redis.config('SET', 'maxmemory', '1');
    try {
      expect(await store.deliveries.settle(stand, [settlement(delivery, 'accepted', 'two')])).toEqual([true]);
      await expect(claimOne(store, standOf(plan, 'one', 'bay'))).rejects.toThrow('OOM');
    } finally {
      await given.redis.config('SET', 'maxmemory', '0');
    }
  });
});

describe('a delivery that was submitted and never settled', () => {
  test('goes out once more with the same date, name and rendering, and is recorded as uncertain', async () => {
    const ledger = await ledgerWith(given.redis, plan, ['ash']);
    const { store } = ledger;
    const first = await submitted(store);
    await store.subscriptions.join(
      plan,
      [{ subscriber: { ...subscriber('ash'), name: 'Ash L.' }, place: 'one' as never }],
      BY_TEST,
    );
    await takenForDead(ledger);
    const edited = { ...stand, issue: { ...stand.issue, rendered: 'hash-of-an-edit' } };
    const again = await claimOne(store, edited);
    expect(again).toMatchObject({ datedAt: first.datedAt, name: 'ash', rendered: 'hash-of-one' });
    const census = await store.census.take(plan, Date.now());
    if (census === 'stale-plan') throw new Error('stale');
    expect(census.totals.issues[0]).toMatchObject({ doubts: 1, accepted: 0 });
  });

  test('is left to a worker that could not renew for a lease, and is no longer anybody else’s once it renews or settles', async () => {
    const { store, clock } = await ledgerWith(given.redis, plan, ['ash']);
    const delivery = await submitted(store);
    for (const _ of ['Redis was away', 'its clock was set forward']) {
      clock.offsetMs += 10_001;
      expect(await claimOne(store, stand)).toBeUndefined();
      expect(await store.deliveries.extend(stand, [delivery], 10_000)).toEqual([true]);
    }
    expect(await store.deliveries.settle(stand, [settlement(delivery, 'accepted', 'two')])).toEqual([true]);
    const census = await store.census.take(plan, Date.now());
    if (census === 'stale-plan') throw new Error('stale');
    expect(census.totals.issues[0]).toMatchObject({ doubts: 0, accepted: 1 });
  });

  test('keeps its bytes through a claim that ends before it is submitted again', async () => {
    const ledger = await ledgerWith(given.redis, plan, ['ash']);
    const { store, clock } = ledger;
    const first = await submitted(store);
    await takenForDead(ledger);
    await claimOne(store, stand);
    clock.offsetMs += 10_001;
    expect(await claimOne(store, stand)).toMatchObject({ datedAt: first.datedAt });
  });

  test('is held for the operator under `hold`, and goes on as the operator decides', async () => {
    const ledger = await ledgerWith(given.redis, plan, ['ash']);
    const { store } = ledger;
    const first = await submitted(store);
    await takenForDead(ledger);
    expect(await claimOne(store, stand, { ...LIMITS, onUncertain: 'hold' })).toBeUndefined();
    expect(await store.held.list(GARDEN)).toEqual([{ subscriber: first.subscriber, issue: 'one' }]);

    await store.held.resolve(plan, first.subscriber, { kind: 'again' });
    expect(await claimOne(store, stand)).toMatchObject({ datedAt: first.datedAt });
    expect(await store.held.list(GARDEN)).toEqual([]);
  });
});

const back = ({ store }: Awaited<ReturnType<typeof ledgerWith>>) => joinAt(store, plan, 'ash', 'one');
const left = ({ store }: Awaited<ReturnType<typeof ledgerWith>>) =>
  store.subscriptions.leave(plan, subscriber('ash').id, 'unsubscribed');

describe('of a reader who left while a mail went over', () => {
  test.each(['deferred', 'rejected', 'released'] as const)('%s leaves nothing behind', async (kind) => {
    const ledger = await ledgerWith(given.redis, plan, ['ash']);
    const { store } = ledger;
    const first = await submitted(store);
    await left(ledger);
    expect(await store.deliveries.settle(stand, [settlement(first, kind, 'two')])).toEqual([false]);
    await back(ledger);
    ledger.clock.offsetMs += 10_001;
    const second = await claimOne(store, stand);
    expect(second?.datedAt).toBeGreaterThan(first.datedAt);
  });

  test('a doubt keeps the bytes for the copy that coming back brings, and is counted', async () => {
    const ledger = await ledgerWith(given.redis, plan, ['ash']);
    const { store } = ledger;
    const first = await submitted(store);
    await left(ledger);
    await store.deliveries.settle(stand, [settlement(first, 'uncertain', 'one')]);
    await back(ledger);
    ledger.clock.offsetMs += 10_001;
    expect(await claimOne(store, stand)).toMatchObject({ datedAt: first.datedAt, rendered: first.rendered });
    expect((await store.subscribers.find(first.subscriber))?.history).toEqual([]);
    expect(
      await given.redis.hget(
        `pw:{${stand.partition}}:subscriber:${first.subscriber}`,
        'uncertain:garden:one',
      ),
    ).toBe('1');
  });

  test('so does one that was recorded before they left', async () => {
    const ledger = await ledgerWith(given.redis, plan, ['ash']);
    const { store } = ledger;
    const first = await submitted(store);
    await store.deliveries.settle(stand, [settlement(first, 'uncertain', 'one')]);
    await left(ledger);
    await back(ledger);
    ledger.clock.offsetMs += 10_001;
    expect(await claimOne(store, stand)).toMatchObject({ datedAt: first.datedAt });
  });

  test('a copy that is held is passed over when they come back', async () => {
    const ledger = await ledgerWith(given.redis, plan, ['ash']);
    const { store } = ledger;
    const first = await submitted(store);
    await left(ledger);
    await store.deliveries.settle(stand, [settlement(first, 'held', 'one')]);
    await back(ledger);
    expect(await placesOf(store, plan, ['ash'])).toEqual({ ash: 'two' });
  });

  test('none is unsettled, though its worker was killed, until they come back', async () => {
    const ledger = await ledgerWith(given.redis, plan, ['ash']);
    const { store } = ledger;
    await submitted(store);
    expect(await store.deliveries.unsettled(GARDEN)).toBe(1);
    await left(ledger);
    expect(await store.deliveries.unsettled(GARDEN)).toBe(0);
    await back(ledger);
    expect(await store.deliveries.unsettled(GARDEN)).toBe(1);
  });
});
