import { expect, test } from 'vitest';
import { END, START, type SeriesPlan } from '../../src/domain/plan.ts';
import { openStore } from '../../src/store/open-store.ts';
import { redisPerFile } from '../support/redis-per-file.ts';
import {
  BY_TEST,
  claimOne,
  GARDEN,
  joinAt,
  ledgerWith,
  placesOf,
  planWith,
  settlement,
  standOf,
  subscriber,
} from '../support/ledger.ts';

const given = redisPerFile();

const plan = planWith(['one', 'two', 'three']);

test('joining twice leaves a reader where they are', async () => {
  const { store } = await ledgerWith(given.redis, plan, ['ash']);
  expect(await joinAt(store, plan, 'ash', 'two')).toEqual(['known']);
  expect(await placesOf(store, plan, ['ash'])).toEqual({ ash: 'one' });
});

test('a suppressed address does not get in', async () => {
  const { store } = await ledgerWith(given.redis, plan, []);
  await store.subscribers.suppress(subscriber('ash').id, { reason: 'erased', at: 1 });
  expect(await joinAt(store, plan, 'ash', 'one')).toEqual(['suppressed']);
  expect(await placesOf(store, plan, ['ash'])).toEqual({ ash: undefined });
});

test('who comes back goes on after what they have had', async () => {
  const { store } = await ledgerWith(given.redis, plan, ['ash']);
  const stand = standOf(plan, 'one', 'ash');
  const delivery = (await claimOne(store, stand))!;
  await store.deliveries.submit(stand, [delivery], 10_000);
  await store.deliveries.settle(stand, [settlement(delivery, 'accepted', 'two')]);
  expect(await store.subscriptions.leave(plan, subscriber('ash').id, 'unsubscribed')).toBe(true);
  expect(await placesOf(store, plan, ['ash'])).toEqual({ ash: undefined });
  expect(await joinAt(store, plan, 'ash', 'one')).toEqual(['rejoined']);
  expect(await placesOf(store, plan, ['ash'])).toEqual({ ash: 'two' });
});

test('who has had an issue that was taken out since goes on after it, too', async () => {
  const { store } = await ledgerWith(given.redis, plan, []);
  await joinAt(store, plan, 'ash', 'two');
  const stand = standOf(plan, 'two', 'ash');
  const delivery = (await claimOne(store, stand))!;
  await store.deliveries.submit(stand, [delivery], 10_000);
  await store.deliveries.settle(stand, [settlement(delivery, 'accepted', 'three')]);
  const issues = plan.issues.map((issue) =>
    issue.id === 'two' ? { ...issue, retired: true as const } : issue,
  );
  const without = { ...plan, revision: 2, issues };
  await store.plans.commit(without);
  await store.subscriptions.leave(without, subscriber('ash').id, 'unsubscribed');
  await joinAt(store, without, 'ash', 'one');
  expect(await placesOf(store, without, ['ash'])).toEqual({ ash: 'three' });
});

test('who comes back before there is a plan stands at the start, whatever others were put before', async () => {
  const store = openStore(given.redis, { offsetMs: 0 });
  await store.plans.noteEarlyPlaces(GARDEN, ['five' as never]);
  const early = await store.plans.findOrName(GARDEN);
  const join = () => joinAt(store, early as SeriesPlan, 'ash', START);
  await join();
  await store.subscriptions.leave(early, subscriber('ash').id, 'unsubscribed');
  expect(await join()).toEqual(['rejoined']);
  expect(await store.subscriptions.findPlace(early, subscriber('ash').id)).toMatchObject({ place: START });
});

test.each([
  ['one', 'one'],
  ['three', 'three'],
  [END, END],
])('who left before the first issue and comes back at "%s" begins there', async (place, expected) => {
  const { store } = await ledgerWith(given.redis, plan, ['ash']);
  await store.subscriptions.leave(plan, subscriber('ash').id, 'unsubscribed');
  await joinAt(store, plan, 'ash', place);
  expect(await placesOf(store, plan, ['ash'])).toEqual({ ash: expected });
});

test('leaving is done once, and the counts know', async () => {
  const { store } = await ledgerWith(given.redis, plan, ['ash']);
  expect(await store.subscriptions.leave(plan, subscriber('ash').id, 'unsubscribed')).toBe(true);
  expect(await store.subscriptions.leave(plan, subscriber('ash').id, 'unsubscribed')).toBe(false);
  const census = await store.census.take(plan, Date.now());
  if (census === 'stale-plan') throw new Error('stale');
  const totals = census.totals;
  expect(totals).toMatchObject({ joined: 1, ended: 1 });
  expect(totals.issues[0]).toMatchObject({ entered: 1, waiting: 0, left: 1 });
});

test('a join made under another plan is refused, to be computed again', async () => {
  const { store } = await ledgerWith(given.redis, plan, []);
  expect(await joinAt(store, { ...plan, revision: 7 }, 'ash', 'one')).toBe('stale-plan');
});

test('consent is kept with its date and source', async () => {
  const { store } = await ledgerWith(given.redis, plan, []);
  const joining = { subscriber: subscriber('ash'), place: 'one' as never, consentAt: 1_700_000_000_000 };
  await store.subscriptions.join(plan, [joining], { source: 'import readers 2024.csv', mayComeBack: false });
  expect((await store.subscribers.find(subscriber('ash').id))?.consents).toEqual([
    { series: GARDEN, at: 1_700_000_000_000, source: 'import readers 2024.csv' },
  ]);
});

test('a pace and a language said on joining are kept; coming back begins without an old pause or pace', async () => {
  const { store } = await ledgerWith(given.redis, plan, []);
  const ash = { ...subscriber('ash'), language: 'zh-Hant' };
  const weekly = { kind: 'days', days: 7 } as const;
  const joining = { subscriber: ash, place: 'one' as never, pace: weekly };
  await store.subscriptions.join(plan, [joining], BY_TEST);
  const found = () => store.subscribers.find(ash.id);
  expect(await found()).toMatchObject({
    subscriber: { language: 'zh-Hant' },
    subscriptions: [{ pace: weekly }],
  });
  expect(await claimOne(store, standOf(plan, 'one', 'ash'))).toMatchObject({ pace: weekly, round: 0 });

  await store.subscriptions.leave(plan, ash.id, 'unsubscribed');
  await joinAt(store, plan, 'ash', 'one');
  expect((await found())?.subscriber.language).toBe('zh-Hant');
  expect((await found())?.subscriptions[0]).not.toHaveProperty('pace');
});

test('who was refused an issue and comes back to it is one reader of it', async () => {
  const plan = planWith(['one', 'two']);
  const { store } = await ledgerWith(given.redis, plan, ['ash']);
  const { id } = subscriber('ash');
  const refuse = async () => {
    const stand = standOf(plan, 'one', 'ash');
    const delivery = (await claimOne(store, stand))!;
    await store.deliveries.settle(stand, [settlement(delivery, 'dead', 'two')]);
    await store.subscribers.unsuppress(id);
  };
  await refuse();
  await joinAt(store, plan, 'ash', 'one');
  const counts = async () => {
    const census = await store.census.take(plan, await store.now());
    return census === 'stale-plan' ? undefined : census.totals.issues[0];
  };
  expect(await counts()).toMatchObject({ entered: 1, waiting: 1, rejected: 0, sentAgain: { rejected: 1 } });
  await refuse();
  expect(await counts()).toMatchObject({ entered: 1, waiting: 0, rejected: 1, sentAgain: { rejected: 1 } });
});
