import { expect, test } from 'vitest';
import { redisPerFile } from '../support/redis-per-file.ts';
import {
  BY_TEST,
  claimOne,
  GARDEN,
  joinAt,
  ledgerWith,
  LIMITS,
  planWith,
  settlement,
  standOf,
  subscriber,
} from '../support/ledger.ts';

const given = redisPerFile();
const plan = planWith(['one', 'two']);
const stand = standOf(plan, 'one', 'ash');
const { id } = subscriber('ash');

/** A ledger with one reader whose first issue has been claimed and submitted. */
async function sending() {
  const ledger = await ledgerWith(given.redis, plan, ['ash']);
  const delivery = await claimOne(ledger.store, stand);
  if (delivery === undefined) throw new Error('Nothing to claim.');
  await ledger.store.deliveries.submit(stand, [delivery], 10_000);
  return { ...ledger, delivery };
}

test('who leaves with a copy in doubt and comes back gets the same bytes again', async () => {
  const { store, clock, delivery } = await sending();
  await store.deliveries.settle(stand, [settlement(delivery, 'uncertain', 'one', Date.now())]);
  await store.subscriptions.leave(plan, id, 'unsubscribed');
  clock.offsetMs += 60_000;
  await joinAt(store, plan, 'ash', 'one');
  expect(await claimOne(store, stand)).toMatchObject({ datedAt: delivery.datedAt });
});

test('who leaves while a copy is held and comes back goes on after it: no second copy', async () => {
  const { store, clock, delivery } = await sending();
  clock.offsetMs += 10_001;
  await claimOne(store, stand);
  clock.offsetMs += 10_001;
  await claimOne(store, stand, { ...LIMITS, onUncertain: 'hold' });
  expect(await store.held.list(GARDEN)).toEqual([{ subscriber: delivery.subscriber, issue: 'one' }]);
  await store.subscriptions.leave(plan, id, 'unsubscribed');
  expect(
    await store.subscriptions.join(plan, [{ subscriber: subscriber('ash'), place: 'one' as never }], BY_TEST),
  ).toEqual(['rejoined']);
  expect(await store.subscriptions.findPlace(plan, id)).toMatchObject({ place: 'two' });
});

test('a held copy that is to go out again does so for who has left and come back meanwhile, too', async () => {
  const { store, delivery } = await sending();
  await store.deliveries.settle(stand, [settlement(delivery, 'held', 'one')]);
  await store.held.resolve(plan, id, { kind: 'again' });
  await store.subscriptions.leave(plan, id, 'unsubscribed');
  await joinAt(store, plan, 'ash', 'one');
  expect(await claimOne(store, stand)).toMatchObject({ datedAt: delivery.datedAt });
});

test('a claim whose lease has run out does not send during a break', async () => {
  const { store, clock } = await ledgerWith(given.redis, plan, ['ash']);
  const late = await claimOne(store, stand);
  clock.offsetMs += 10_001;
  await store.reading.change(plan, id, { kind: 'pause', until: Date.now() + 3_600_000 }, undefined);
  expect(await store.deliveries.submit(stand, [late!], 10_000)).toEqual([false]);
});

test('a claim whose lease has run out neither sends before a slower pace allows, nor keeps it from being taken back', async () => {
  const { store, clock, delivery } = await sending();
  await store.deliveries.settle(stand, [settlement(delivery, 'accepted', 'two')]);
  const lastHad = (await store.subscribers.find(id))!.history[0]!.at;
  const late = await claimOne(store, standOf(plan, 'two', 'ash'));
  clock.offsetMs += 10_001;
  const pace = { kind: 'elapsed', ms: 3_600_000 } as const;
  await store.reading.change(plan, id, { kind: 'pace', pace }, { lastHad, dueAt: lastHad + pace.ms });
  expect(await store.deliveries.submit(standOf(plan, 'two', 'ash'), [late!], 10_000)).toEqual([false]);
  await store.reading.change(plan, id, { kind: 'pace' }, { lastHad, dueAt: lastHad });
  expect(await claimOne(store, standOf(plan, 'two', 'ash'))).toBeDefined();
});

test('what a reader who has left was getting keeps nobody from changing the order', async () => {
  const { store } = await sending();
  expect(await store.deliveries.unsettled(GARDEN)).toBe(1);
  await store.subscriptions.leave(plan, id, 'unsubscribed');
  expect(await store.deliveries.unsettled(GARDEN)).toBe(0);
});

test('a break that hides nothing is not for who leaves and comes back', async () => {
  const { store } = await ledgerWith(given.redis, plan, ['ash']);
  await store.reading.change(plan, id, { kind: 'pause', until: Date.now() + 3_600_000 }, undefined);
  await store.subscriptions.leave(plan, id, 'unsubscribed');
  await joinAt(store, plan, 'ash', 'one');
  expect(await claimOne(store, stand)).toBeDefined();
});

test('the gap after a mail that was going over when the break began is, though they leave', async () => {
  const { store, delivery } = await sending();
  await store.reading.change(plan, id, { kind: 'pause', until: Date.now() + 3_600_000 }, undefined);
  const dueAt = Date.now() + 7_200_000;
  await store.deliveries.settle(stand, [settlement(delivery, 'accepted', 'two', dueAt)]);
  await store.subscriptions.leave(plan, id, 'unsubscribed');
  await joinAt(store, plan, 'ash', 'one');
  expect(await store.subscriptions.findPlace(plan, id)).toEqual({ place: 'two', dueAt });
});
