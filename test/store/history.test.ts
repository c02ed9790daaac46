import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isRefusal } from '../../src/domain/refusal.ts';
import type { IssueId } from '../../src/domain/issue.ts';
import type { SeriesPlan } from '../../src/domain/plan.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { partitionOf } from '../../src/domain/subscriber.ts';
import { openInstallation } from '../../src/store/installation.ts';
import { ledgerKeys, META, partitionKeys, subscriberKey } from '../../src/store/keys.ts';
import type { Store } from '../../src/store/open-store.ts';
import { claimOne, ledgerWith, planWith, settlement, standOf, subscriber } from '../support/ledger.ts';
import { packedHistory } from '../support/packed-history.ts';
import { redisPerFile } from '../support/redis-per-file.ts';

const given = redisPerFile();
const { id } = subscriber('ash');
const partition = partitionOf(id);
const key = subscriberKey(partition, id);
const { codes } = ledgerKeys(partition);
const HOUR_MS = 3_600_000;

const names = (howMany: number): string[] =>
  Array.from({ length: howMany }, (_, index) => `第-${index + 1}-期`);
const next = (plan: SeriesPlan, issue: string) =>
  plan.issues[plan.issues.findIndex((one) => one.id === issue) + 1]?.id ?? '@end';

/** Ash gets these issues, an hour apart; returns when, as Redis' clock had it about then. */
async function send(
  { store, clock }: { store: Store; clock: { offsetMs: number } },
  plan: SeriesPlan,
  issues: readonly string[],
): Promise<number[]> {
  const times: number[] = [];
  for (const issue of issues) {
    clock.offsetMs += HOUR_MS;
    const stand = standOf(plan, issue, 'ash');
    const delivery = await claimOne(store, stand);
    if (delivery === undefined) throw new Error(`Nothing to claim of ${issue}.`);
    await store.deliveries.submit(stand, [delivery], 10_000);
    times.push(await store.now());
    const outcome = { ...settlement(delivery, 'accepted', next(plan, issue)), reason: `queued as ${issue}` };
    expect(await store.deliveries.settle(stand, [outcome])).toEqual([true]);
  }
  return times;
}

const historyOf = async (store: Store) => (await store.subscribers.find(id))?.history ?? [];

async function independently() {
  const had = packedHistory(await given.redis.hgetallBuffer(key), await given.redis.hgetall(codes));
  return [...had].map(([name, { at, words }]) => ({ name, at, words }));
}

test('a long history is told whole: to the second, the newest to the millisecond and with the server’s words', async () => {
  const issues = names(150);
  const plan = planWith(issues);
  const ledger = await ledgerWith(given.redis, plan, ['ash']);
  const times = await send(ledger, plan, issues);

  const told = await historyOf(ledger.store);
  expect(told.map(({ issue, outcome }) => `${outcome} ${issue}`)).toEqual(
    issues.map((one) => `accepted ${one}`),
  );
  for (const [index, { at }] of told.slice(0, -1).entries()) {
    expect(at % 1_000).toBe(0);
    expect(at - times[index]!).toBeGreaterThan(-1_000);
    expect(at - times[index]!).toBeLessThan(60_000);
  }
  expect(told.at(-1)!.at).toBeGreaterThanOrEqual(times.at(-1)!);
  expect(told.map(({ reason }) => reason)).toEqual([
    ...Array<undefined>(149).fill(undefined),
    'queued as 第-150-期',
  ]);
  expect(await independently()).toEqual(
    told.map(({ series, issue, at, reason = '' }) => ({ name: `${series}:${issue}`, at, words: reason })),
  );
}, 60_000);

test('it stays a small hash for Redis, with a fifth of what a field for each issue would take', async () => {
  const plan = planWith(names(21).map((name) => `an-issue-with-a-name-as-long-as-a-title-${name}`));
  const ledger = await ledgerWith(given.redis, plan, ['ash']);
  const issues = plan.issues.map(({ id: issue }) => issue);
  await send(ledger, plan, issues.slice(0, 1));
  const before = Number(await given.redis.memory('USAGE', key));
  await send(ledger, plan, issues.slice(1));
  expect(await given.redis.object('ENCODING', key)).toBe('listpack');
  for (const value of Object.values(await given.redis.hgetallBuffer(key)))
    expect(value.length).toBeLessThanOrEqual(64);
  // Twenty entries of six bytes, and what Redis rounds up.
  expect(Number(await given.redis.memory('USAGE', key)) - before).toBeLessThan(20 * 6 + 80);
});

test('words of a server that would make the hash large are cut between two characters', async () => {
  const plan = planWith(['one']);
  const { store } = await ledgerWith(given.redis, plan, ['ash']);
  const stand = standOf(plan, 'one', 'ash');
  const delivery = (await claimOne(store, stand))!;
  await store.deliveries.settle(stand, [
    { ...settlement(delivery, 'accepted', '@end'), reason: '雪'.repeat(30) },
  ]);
  expect((await historyOf(store))[0]?.reason).toBe('雪'.repeat(18));
  expect(await given.redis.object('ENCODING', key)).toBe('listpack');
});

test('whoever stands before an issue they have had gets no second copy, whichever of many it is', async () => {
  const issues = names(47);
  const plan = planWith([...issues, 'new']);
  const ledger = await ledgerWith(given.redis, plan, ['ash']);
  await send(ledger, plan, issues);
  const { waiting } = partitionKeys(partition, plan.series);
  for (const issue of issues) {
    await given.redis.zadd(`${waiting}${issue}`, 0, id);
    expect(await claimOne(ledger.store, standOf(plan, issue, 'ash'))).toBeUndefined();
    await given.redis.zrem(`${waiting}${next(plan, issue)}`, id);
  }
  await given.redis.zadd(`${waiting}new`, 0, id);
  expect(await claimOne(ledger.store, standOf(plan, 'new', 'ash'))).toMatchObject({ issue: 'new' });
}, 60_000);

test('an issue whose number is in the bytes of another entry’s time is not taken for had', async () => {
  const plan = planWith(['one', 'two', 'three']);
  const ledger = await ledgerWith(given.redis, plan, ['ash']);
  await send(ledger, plan, ['one', 'two']);
  const number = (await given.redis.hgetBuffer(key, 'h+'))!.readUInt16BE(2);
  await given.redis.hset(codes, { 'garden:three': number, [`#${number}`]: 'garden:three' });
  await send(ledger, plan, ['three']);
  expect((await historyOf(ledger.store)).map(({ issue }) => issue)).toEqual(['one', 'two', 'three']);
});

test.each([1, 2, 5, 11, 12, 13, 22, 25])(
  'reading again from issue %i puts aside what comes from there on, and keeps what comes before',
  async (from) => {
    const issues = names(25);
    const plan = planWith(issues);
    const ledger = await ledgerWith(given.redis, plan, ['ash']);
    const { store, clock } = ledger;
    await send(ledger, plan, issues);
    const before = await historyOf(store);
    clock.offsetMs += HOUR_MS;
    const issue = issues[from - 1] as IssueId;
    const gap = { lastHad: before.at(-1)!.at, dueAt: 0 };
    expect(await store.reading.change(plan, id, { kind: 'again', issue }, gap)).toBe('done');

    const after = await store.subscribers.find(id);
    expect(after?.history).toEqual(before.slice(0, from - 1));
    expect(after?.before.toSorted((a, b) => a.at - b.at)).toEqual(before.slice(from - 1));
    await send(ledger, plan, issues.slice(from - 1));
    expect((await historyOf(store)).map((one) => one.issue)).toEqual(issues);
    // What was put aside does not come back, and the newest acceptance is known by its millisecond.
    const again = { lastHad: (await historyOf(store)).at(-1)!.at, dueAt: 0 };
    expect(await store.reading.change(plan, id, { kind: 'next' }, again)).toBe('nothing-ahead');
  },
);

test('two series of a reader are told apart', async () => {
  const garden = planWith(['one', 'two']);
  const pond = planWith(['one', 'two'], { series: 'pond' as SeriesId });
  const ledger = await ledgerWith(given.redis, garden, ['ash']);
  await send(ledger, garden, ['one']);
  await ledgerWith(given.redis, pond, ['ash']);
  await send(ledger, pond, ['one']);
  await send(ledger, garden, ['two']);
  expect((await historyOf(ledger.store)).map(({ series, issue }) => `${series} ${issue}`)).toEqual([
    'garden one',
    'pond one',
    'garden two',
  ]);
  const found = await ledger.store.reading.find(pond, id, await ledger.store.now());
  expect(found).toMatchObject({ subscription: { series: 'pond', place: 'two' } });
  // A wish in one series is judged by what was last had in that one.
  const lastHad = (await historyOf(ledger.store)).find(({ series }) => series === 'pond')!.at;
  expect(await ledger.store.reading.change(pond, id, { kind: 'resume' }, { lastHad, dueAt: 0 })).toBe('done');
});

test('a partition that has numbered as many issues as two bytes can keeps a field for each further one', async () => {
  const plan = planWith(['one', 'two', 'three']);
  const ledger = await ledgerWith(given.redis, plan, ['ash']);
  await given.redis.hset(codes, 'last', 65_534);
  await send(ledger, plan, ['one', 'two']);
  expect((await historyOf(ledger.store)).map(({ issue, reason }) => `${issue}: ${reason}`)).toEqual([
    'one: queued as one',
    'two: queued as two',
  ]);
  await given.redis.zadd(`${partitionKeys(partition, plan.series).waiting}two`, 0, id);
  expect(await claimOne(ledger.store, standOf(plan, 'two', 'ash'))).toBeUndefined();
});

test('an erased reader leaves nothing of what they have had', async () => {
  const plan = planWith(['one']);
  const { store } = await ledgerWith(given.redis, plan, ['ash']);
  const stand = standOf(plan, 'one', 'ash');
  const delivery = (await claimOne(store, stand))!;
  await store.subscribers.erase(id);
  await store.deliveries.settle(stand, [settlement(delivery, 'accepted', '@end')]);
  expect(await given.redis.exists(key)).toBe(0);
});

/** The ledger as the version before had it: a field for each issue. */
async function ageLedger(howMany: number): Promise<void> {
  // In no order: a hash may have any. The first is too long for a small one.
  const fields = names(howMany)
    .map((issue, index) => [
      `issue:garden:${issue}`,
      `accepted ${1_700_000_000_123 + index * HOUR_MS} Ok: queued as ${index === 0 ? 'x'.repeat(60) : index}`,
    ])
    .toReversed()
    .flat();
  await given.redis.hset(key, [...fields, 'issue:garden:refused', 'rejected 1600000000000 full']);
  await given.redis.hset(META, 'schema', '1');
}

async function inDataFolder<T>(run: (dataFolder: string) => Promise<T>): Promise<T> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'partwork-history-'));
  try {
    return await run(dataFolder);
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
}

test('a ledger of the version before is packed when it is opened, by several at once, and says the same', async () => {
  await inDataFolder(async (dataFolder) => {
    const open = () => openInstallation(given.redis, { dataFolder, secrets: ['a secret'] });
    await open();
    const { store } = await ledgerWith(given.redis, planWith(['one']), ['ash']);
    await ageLedger(150);
    expect(await given.redis.object('ENCODING', key)).toBe('hashtable');
    const before = (await store.subscribers.find(id))!;
    expect(before.history).toHaveLength(151);

    expect((await Promise.all([open(), open(), open()])).some(isRefusal)).toBe(false);
    const after = (await store.subscribers.find(id))!;
    const told = before.history.map((entry, index) => {
      if (entry.outcome === 'rejected' || index === 150) return entry;
      const { series, issue, outcome, at } = entry;
      return { series, issue, outcome, at: Math.floor(at / 1_000) * 1_000 };
    });
    expect(after).toEqual({ ...before, history: told });
    expect(await given.redis.object('ENCODING', key)).toBe('listpack');
    expect(await given.redis.hmget(META, 'schema', 'upgrading')).toEqual(['2', null]);
  });
}, 30_000);

test('an upgrade that was broken off is ended by whoever opens the ledger next; another’s ledger is left alone', async () => {
  await inDataFolder(async (dataFolder) => {
    const open = () => openInstallation(given.redis, { dataFolder, secrets: ['a secret'] });
    await open();
    const { store } = await ledgerWith(given.redis, planWith(['one']), ['ash']);
    await ageLedger(3);
    await given.redis.hset(META, { schema: '2', upgrading: '1' });
    expect(isRefusal(await open())).toBe(false);
    expect(await given.redis.hkeys(key)).not.toContain('issue:garden:第-1-期');
    expect(await historyOf(store)).toHaveLength(4);

    await given.redis.hset(META, { schema: '1', instance: 'other' });
    expect(isRefusal(await open())).toBe(true);
    expect(await given.redis.hget(META, 'schema')).toBe('1');
  });
});

const SOURCES: readonly (readonly [what: string, source: string, stored: RegExp])[] = [
  ['of many readers', `import ${'a-long-name-of-a-file-'.repeat(4)}.csv`, /^\d+ #1$/],
  ['that is short', 'x', /^\d+ x$/],
  ['with an address in it', 'import ann@example.com.csv', /^\d+ import ann@example\.com\.csv$/],
  ['that looks like a number of ours', '#7', /^\d+ #1$/],
];

test.each(SOURCES)('where readers come from, %s, is told as it was given', async (_, source, stored) => {
  const plan = planWith(['one']);
  const { store } = await ledgerWith(given.redis, plan, []);
  const joining = { subscriber: subscriber('ash'), place: 'one' as IssueId };
  await store.subscriptions.join(plan, [joining], { source, mayComeBack: true });
  expect((await store.subscribers.find(id))?.consents).toMatchObject([{ source }]);
  expect(await given.redis.hget(key, 'consent:garden')).toMatch(stored);
  expect(await given.redis.object('ENCODING', key)).toBe('listpack');
});

test('whoever invents sources fills no room but their own', async () => {
  const plan = planWith(['one']);
  const { store } = await ledgerWith(given.redis, plan, []);
  const { sources } = ledgerKeys(partition);
  await given.redis.hset(sources, Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`f${n}`, n])));
  const joining = { subscriber: subscriber('ash'), place: 'one' as IssueId };
  await store.subscriptions.join(plan, [joining], { source: 'one more', mayComeBack: true });
  expect(await given.redis.hlen(sources)).toBe(2_000);
  expect((await store.subscribers.find(id))?.consents).toMatchObject([{ source: 'one more' }]);
});
