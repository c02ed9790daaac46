import { expect, test } from 'vitest';
import { END, START, unplanned, type Move, type SeriesPlan } from '../../src/domain/plan.ts';
import { allPartitions } from '../../src/domain/subscriber.ts';
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

const READERS = ['ash', 'bay', 'cob', 'elm'];

/** `before` with other issues, and the moves that lead there. */
const changed = (
  before: SeriesPlan,
  issues: readonly string[],
  moves: Record<string, string>,
): SeriesPlan => ({
  ...planWith(issues),
  revision: before.revision + 1,
  moves: Object.entries(moves).map(([from, to]) => ({ from, to }) as Move),
});

test('readers who joined before the first schedule begin with it', async () => {
  const { store } = await ledgerWith(given.redis, planWith([], { series: 'other' as never }), []);
  await store.subscriptions.join(
    unplanned(GARDEN),
    [{ subscriber: subscriber('ash'), place: START }],
    BY_TEST,
  );
  const plan = { ...planWith(['one']), moves: [{ from: START, to: 'one' }] as Move[] };
  await store.plans.commit(plan);
  expect(await placesOf(store, plan, ['ash'])).toEqual({ ash: 'one' });
});

test('only the revision after the one in force can be committed', async () => {
  const { store } = await ledgerWith(given.redis, planWith(['one']), []);
  expect(await store.plans.commit({ ...planWith(['one']), revision: 3 })).toBe(false);
  expect(await store.plans.commit({ ...planWith(['one']), revision: 2 })).toBe(true);
  expect(await store.plans.commit({ ...planWith(['two']), revision: 2 })).toBe(false);
});

test('an inserted issue takes over those who wait for the one behind it; sets that follow each other stay apart', async () => {
  const before = planWith(['one', 'two']);
  const { store } = await ledgerWith(given.redis, before, ['ash']);
  await joinAt(store, before, 'bay', 'two');
  await joinAt(store, before, 'cob', END);
  const after = changed(before, ['zero', 'one', 'half', 'two', 'three'], {
    one: 'zero',
    two: 'half',
    [END]: 'three',
  });
  await store.plans.commit(after);
  expect(await placesOf(store, after, READERS)).toEqual({ ash: 'zero', bay: 'half', cob: 'three' });
});

test('moving everybody one place on, in a row, mixes nobody up', async () => {
  const before = planWith(['one', 'two', 'three']);
  const { store } = await ledgerWith(given.redis, before, ['ash']);
  await joinAt(store, before, 'bay', 'two');
  await joinAt(store, before, 'cob', 'three');
  const after = changed(before, ['two', 'three'], { one: 'two', two: 'three', three: END });
  await store.plans.commit(after);
  expect(await placesOf(store, after, READERS)).toEqual({ ash: 'two', bay: 'three', cob: END });
});

test('doing it twice, or by somebody with an older plan, changes nothing more', async () => {
  const before = planWith(['one']);
  const { store } = await ledgerWith(given.redis, before, READERS);
  const after = changed(before, ['zero', 'one'], { one: 'zero' });
  await store.plans.commit(after);
  await joinAt(store, after, 'fig', 'one');
  await store.plans.bringUp(after);
  await store.plans.bringUp(before);
  expect(await placesOf(store, after, [...READERS, 'fig'])).toEqual({
    ash: 'zero',
    bay: 'zero',
    cob: 'zero',
    elm: 'zero',
    fig: 'one',
  });
});

test('a change whose author died halfway is completed by whoever looks next', async () => {
  const before = planWith(['one']);
  const { store } = await ledgerWith(given.redis, before, READERS);
  const after = changed(before, ['zero', 'one'], { one: 'zero' });
  // What is left when the author dies right after the commit point: the document is new, every partition is old.
  await given.redis.set(`pw:plan:${GARDEN}`, JSON.stringify(after));
  expect(await store.census.standings(after)).toBe('stale-plan');
  for (const partition of allPartitions()) await store.plans.bringUp(after, partition);
  expect(await placesOf(store, after, READERS)).toEqual({
    ash: 'zero',
    bay: 'zero',
    cob: 'zero',
    elm: 'zero',
  });
});

test('a copy under way is settled where it was begun, and the reader goes on from there', async () => {
  const before = planWith(['one', 'two']);
  const { store } = await ledgerWith(given.redis, before, ['ash']);
  const stand = standOf(before, 'one', 'ash');
  const delivery = (await claimOne(store, stand))!;
  await store.deliveries.submit(stand, [delivery], 10_000);
  const after = changed(before, ['zero', 'one', 'two'], { one: 'zero' });
  await store.plans.commit(after);
  expect(await placesOf(store, after, ['ash'])).toEqual({ ash: 'one' });
  expect(
    await store.deliveries.settle({ ...stand, plan: after }, [settlement(delivery, 'accepted', 'two')]),
  ).toEqual([true]);
  expect(await placesOf(store, after, ['ash'])).toEqual({ ash: 'two' });
});

test('a claim that had submitted nothing is void after a move', async () => {
  const before = planWith(['one']);
  const { store } = await ledgerWith(given.redis, before, ['ash']);
  const stand = standOf(before, 'one', 'ash');
  const delivery = (await claimOne(store, stand))!;
  const after = changed(before, ['zero', 'one'], { one: 'zero' });
  await store.plans.commit(after);
  expect(await store.deliveries.submit({ ...stand, plan: after }, [delivery], 10_000)).toEqual([false]);
  expect(await placesOf(store, after, ['ash'])).toEqual({ ash: 'zero' });
});

test('the counts follow the readers', async () => {
  const before = planWith(['one', 'two']);
  const { store } = await ledgerWith(given.redis, before, READERS);
  const after = changed(before, ['zero', 'one', 'two'], { one: 'zero' });
  await store.plans.commit(after);
  const census = await store.census.take(after, Date.now());
  if (census === 'stale-plan') throw new Error('stale');
  const { issues } = census.totals;
  expect(issues.map(({ issue, entered, waiting }) => [issue, entered, waiting])).toEqual([
    ['zero', 4, 4],
    ['one', 0, 0],
    ['two', 0, 0],
  ]);
});
