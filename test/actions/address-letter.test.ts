import { describe, expect, test } from 'vitest';
import { addressLetter, type LetterInHand } from '../../src/actions/address-letter.ts';
import { DAY_MS, HOUR_MS } from '../../src/domain/instant.ts';
import { OPTIONAL_LETTERS, type LetterKind, type OptionalLetter } from '../../src/domain/letter.ts';
import type { SeriesPlan } from '../../src/domain/plan.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import type { Store } from '../../src/store/open-store.ts';
import { partitionOf } from '../../src/domain/subscriber.ts';
import { subscriberKey } from '../../src/store/keys.ts';
import { GARDEN, joinAt, ledgerWith, planWith, subscriber } from '../support/ledger.ts';
import { redisPerFile } from '../support/redis-per-file.ts';

const given = redisPerFile();
const ash = subscriber('ash');

function gardenWith(letters: readonly OptionalLetter[], more: Partial<SeriesPlan> = {}): SeriesPlan {
  const plan = planWith(['soil', 'seeds'], more);
  return { ...plan, about: { ...plan.about, letters } };
}

/** What the ledger has of ash, by its name in the tables below. */
const STATES = {
  'is a stranger': async () => undefined,
  'has asked': (store: Store) => ask(store),
  'is in': (store: Store, plan: SeriesPlan) => joinAt(store, plan, 'ash', 'soil'),
  'is in and has asked': async (store: Store, plan: SeriesPlan) => {
    await joinAt(store, plan, 'ash', 'soil');
    await ask(store);
  },
  'is at the end': (store: Store, plan: SeriesPlan) => joinAt(store, plan, 'ash', '@end'),
  'has left': async (store: Store, plan: SeriesPlan) => {
    await joinAt(store, plan, 'ash', 'soil');
    await store.subscriptions.leave(plan, ash.id, 'unsubscribed');
  },
  'has left and asked again': async (store: Store, plan: SeriesPlan) => {
    await joinAt(store, plan, 'ash', 'soil');
    await store.subscriptions.leave(plan, ash.id, 'unsubscribed');
    await ask(store);
  },
} satisfies Record<string, (store: Store, plan: SeriesPlan) => Promise<unknown>>;

type State = keyof typeof STATES;

const ask = async (store: Store, language = 'en'): Promise<void> =>
  store.signups.keep({
    series: GARDEN,
    subscriber: ash.id,
    address: ash.address,
    name: 'Free money',
    language,
    requestedAt: await store.now(),
    source: 'form',
  });

interface Scene {
  readonly plan?: SeriesPlan;
  readonly suppressed?: string;
  /** ms between the order and the writing. */
  readonly ago?: number;
  readonly others?: readonly SeriesPlan[];
}

async function letterFor(
  kind: LetterKind,
  state: State,
  { plan = gardenWith(OPTIONAL_LETTERS), suppressed, ago = 0, others = [] }: Scene = {},
): Promise<LetterInHand | undefined> {
  const { store } = await ledgerWith(given.redis, plan, []);
  for (const other of others) await store.plans.commit(other);
  await STATES[state](store, plan);
  const now = await store.now();
  if (suppressed !== undefined) await store.subscribers.suppress(ash.id, { reason: suppressed, at: now });
  return addressLetter(store, { kind, series: GARDEN, subscriber: ash.id, at: now - ago });
}

test.each<[LetterKind, State, LetterKind | undefined]>([
  ['confirm', 'is a stranger', undefined],
  ['confirm', 'has asked', 'confirm'],
  ['confirm', 'is in', undefined],
  ['confirm', 'is in and has asked', 'known'],
  ['confirm', 'has left', undefined],
  ['confirm', 'has left and asked again', 'confirm'],
  ['known', 'is a stranger', undefined],
  ['known', 'has asked', undefined],
  ['known', 'is in', 'known'],
  ['known', 'has left', undefined],
  ['welcome', 'is a stranger', undefined],
  ['welcome', 'is in', 'welcome'],
  ['welcome', 'has left', undefined],
  ['goodbye', 'is a stranger', undefined],
  ['goodbye', 'is in', undefined],
  ['goodbye', 'has left', 'goodbye'],
  ['finished', 'is a stranger', undefined],
  ['finished', 'is in', undefined],
  ['finished', 'is at the end', 'finished'],
  ['finished', 'has left', undefined],
  ['data', 'is a stranger', undefined],
  ['data', 'has asked', undefined],
  ['data', 'is in', 'data'],
  ['data', 'has left', 'data'],
])('the letter %s to somebody who %s is %s', async (kind, state, expected) => {
  expect((await letterFor(kind, state))?.order.kind).toBe(expected);
});

test.each<[string, LetterKind, State, Scene]>([
  [
    'a series that is unknown',
    'confirm',
    'has asked',
    { plan: planWith(['soil'], { series: 'x' as SeriesId }) },
  ],
  ['a series that was cancelled', 'confirm', 'has asked', { plan: gardenWith([], { state: 'cancelled' }) }],
  ['an address that bounced', 'confirm', 'has asked', { suppressed: 'address rejected' }],
  ['an address that complained', 'data', 'is in', { suppressed: 'complaint' }],
  ['an address that bounced after leaving', 'goodbye', 'has left', { suppressed: 'address rejected' }],
  ['a link of last week', 'confirm', 'has asked', { ago: 7 * DAY_MS }],
  ['a link of yesterday', 'data', 'is in', { ago: DAY_MS }],
  ['what the writer does not send', 'welcome', 'is in', { plan: gardenWith(['goodbye']) }],
  ['what the writer does not send any more', 'goodbye', 'has left', { plan: gardenWith([]) }],
  ['an end that the writer does not tell', 'finished', 'is at the end', { plan: gardenWith(['welcome']) }],
])('nothing is written for %s', async (_, kind, state, scene) => {
  expect(await letterFor(kind, state, scene)).toBeUndefined();
});

test.each<[string, LetterKind, State, Scene]>([
  ['somebody who was erased and asks again', 'confirm', 'has asked', { suppressed: 'erased' }],
  ['a paused series', 'confirm', 'has asked', { plan: gardenWith([], { state: 'paused' }) }],
  ['a link that is still good', 'confirm', 'has asked', { ago: 7 * DAY_MS - HOUR_MS }],
  ['data of 23 hours ago', 'data', 'is in', { ago: 23 * HOUR_MS }],
  ['a goodbye after a long outage', 'goodbye', 'has left', { ago: 30 * DAY_MS }],
])('a letter is written for %s', async (_, kind, state, scene) => {
  expect((await letterFor(kind, state, scene))?.order.kind).toBe(kind);
});

describe('what a stranger typed', () => {
  test.each<[LetterKind, State]>([
    ['confirm', 'has asked'],
    ['confirm', 'is in and has asked'],
    ['confirm', 'has left and asked again'],
  ])('does not stand in the answer to %s of somebody who %s', async (kind, state) => {
    expect((await letterFor(kind, state))?.to).toEqual({ name: '', address: ash.address });
  });

  test("does not take the place of the reader's own name", async () => {
    expect((await letterFor('welcome', 'is in and has asked'))?.to.name).toBe('ash');
  });
});

test.each<[string, string | undefined, string | undefined, string]>([
  ['the reader has chosen', 'zh-TW', 'en', 'zh-Hant'],
  ['the page had', undefined, 'zh-CN', 'zh-Hans'],
  ['the series has', undefined, undefined, 'en'],
])('the language is the one that %s', async (_, chosen, ofPage, expected) => {
  const plan = gardenWith(OPTIONAL_LETTERS);
  const { store } = await ledgerWith(given.redis, plan, ['ash']);
  if (chosen !== undefined) {
    await given.redis.hset(subscriberKey(partitionOf(ash.id), ash.id), 'language', chosen);
  }
  if (ofPage !== undefined) await ask(store, ofPage);
  const kind = ofPage === undefined ? 'welcome' : 'confirm';
  const order = { kind, series: GARDEN, subscriber: ash.id, at: await store.now() } as const;
  expect((await addressLetter(store, order))?.locale).toBe(expected);
});

const other = (series: string, more: Partial<SeriesPlan> = {}): SeriesPlan =>
  planWith([], { series: series as SeriesId, ...more });

test('the last letter names up to three series that the reader has never been in', async () => {
  const others = ['tea', 'bread', 'mist', 'rain', 'moss'].map((series) => other(series));
  const letter = await letterFor('finished', 'is at the end', {
    others: [...others, other('ants', { state: 'cancelled' })],
  });
  expect(letter?.others.map(({ series }) => series)).toEqual(['bread', 'mist', 'moss']);

  const { store } = await ledgerWith(given.redis, planWith([]), []);
  await store.subscriptions.join(other('bread'), [{ subscriber: ash, place: '@end' }], {
    source: 'test',
    mayComeBack: true,
  });
  const order = { kind: 'finished', series: GARDEN, subscriber: ash.id, at: await store.now() } as const;
  const again = await addressLetter(store, order);
  expect(again?.others.map(({ series }) => series)).toEqual(['mist', 'moss', 'rain']);
});
