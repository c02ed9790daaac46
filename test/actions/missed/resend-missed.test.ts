import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eraseSubscriber } from '../../../src/actions/erase-subscriber.ts';
import { leaveSeries } from '../../../src/actions/leave-series.ts';
import { listMissed } from '../../../src/actions/missed/list-missed.ts';
import { planResend } from '../../../src/actions/missed/plan-resend.ts';
import { resendMissed, type ResendWish } from '../../../src/actions/missed/resend-missed.ts';
import { countReaders } from '../../../src/actions/count-readers.ts';
import { pauseReading } from '../../../src/actions/reading/pause-reading.ts';
import { readAgain } from '../../../src/actions/reading/read-again.ts';
import { resumeReading } from '../../../src/actions/reading/resume-reading.ts';
import { setPace } from '../../../src/actions/reading/set-pace.ts';
import { resolveHeld } from '../../../src/actions/resolve-held.ts';
import { seriesStatus } from '../../../src/actions/series-status.ts';
import { seriesStoryOf } from '../../../src/actions/why/series-story.ts';
import type { Outcome } from '../../../src/domain/delivery.ts';
import { DAY_MS, HOUR_MS } from '../../../src/domain/instant.ts';
import type { Missed } from '../../../src/domain/missed.ts';
import { END } from '../../../src/domain/plan.ts';
import { readingOf } from '../../../src/domain/reading.ts';
import { partitionOf } from '../../../src/domain/subscriber.ts';
import { partitionKeys } from '../../../src/store/keys.ts';
import { editIssues } from '../../support/edit-issues.ts';
import { BY_TEST, GARDEN, standOf, subscriber } from '../../support/ledger.ts';
import {
  courseWith,
  gap,
  openReadingWorld,
  ownerOf,
  type ReadingWorld,
} from '../../support/reading-world.ts';
import { redisPerFile } from '../../support/redis-per-file.ts';

const given = redisPerFile();
const FULL: Outcome = { kind: 'rejected', suppress: false, reason: 'answer to RCPT TO: 552 5.2.2 Full' };
const GREY: Outcome = { kind: 'deferred', reason: 'answer to RCPT TO: 451 4.7.1 Greylisted' };
const CUT: Outcome = { kind: 'uncertain', reason: 'connection lost at the message: ETIMEDOUT' };
const ash = ownerOf('ash');
const { id } = subscriber('ash');

let world: ReadingWorld;
beforeEach(async () => {
  world = await openReadingWorld(given.redis, given.server.socket, courseWith());
});
afterEach(() => world.close());

async function attempt(outcome: Outcome, name = 'ash'): Promise<string> {
  const delivery = await world.claim(name);
  if (delivery === undefined) throw new Error('Nothing is due.');
  expect(await world.submit(delivery)).toBe(true);
  await world.settle(delivery, outcome);
  return delivery.issue;
}

/** Ash was refused these, has had the rest up to three, and waits for four: due in a day. */
async function refused(...issues: string[]): Promise<void> {
  await world.join('ash');
  for (const issue of ['one', 'two', 'three']) {
    expect(await attempt(issues.includes(issue) ? FULL : { kind: 'accepted' })).toBe(issue);
    if (issue !== 'three') world.travel(DAY_MS);
  }
}

const resend = async (issue: string, wish: ResendWish = {}) => {
  const resent = await resendMissed(world, GARDEN, issue as never, wish);
  return Object.fromEntries(Object.entries(resent).filter(([, n]) => n > 0));
};

async function missed(issue: string): Promise<Missed[]> {
  const all: Missed[] = [];
  for await (const page of listMissed(world, GARDEN, issue as never)) all.push(...page);
  return all;
}

/** A day at a time until nothing comes any more. */
async function restOf(name = 'ash'): Promise<string[]> {
  const sent: string[] = [];
  for (let quiet = 0; quiet < 4;) {
    const today = await world.deliver(name);
    expect(today.length, 'no burst').toBeLessThan(2);
    sent.push(...today);
    quiet = today.length === 0 ? quiet + 1 : 0;
    world.travel(DAY_MS);
  }
  return sent;
}

const standing = () => world.store.subscriptions.findPlace(world.plan, id);

const edit = (...ids: string[]) => editIssues(world, ids);

/** The ledger's own sums, and what they must be by who is on a detour. */
afterEach(async () => {
  const status = await seriesStatus(world, GARDEN);
  assert.deepEqual(
    status?.issues.filter(({ addsUp }) => !addsUp),
    [],
  );
  assert.deepEqual(
    status?.attention.filter(({ kind }) => kind.endsWith('-differ')),
    [],
  );
  const keys = partitionKeys(partitionOf(id), GARDEN);
  const counts = await given.redis.hgetall(keys.counts);
  const sums: Record<string, number> = {};
  const add = (field: string) => (sums[field] = (sums[field] ?? 0) + 1);
  for (const json of await given.redis.hvals(keys.detours)) {
    const way = JSON.parse(json) as string[];
    way.forEach((place, index) =>
      add(`${place}:${index === 0 ? 'onDetour' : index === way.length - 1 ? 'detourEnd' : 'detourAhead'}`),
    );
  }
  const kept = Object.entries(counts).filter(([field, n]) => /:(?:onD|d)etour/.test(field) && n !== '0');
  assert.deepEqual(Object.fromEntries(kept.map(([field, n]) => [field, Number(n)])), sums);
});

describe('an issue that was refused', () => {
  test('comes after the gap, and they go on where they were', async () => {
    await refused('one');
    expect(await missed('one')).toMatchObject([
      { why: 'rejected', words: FULL.kind === 'rejected' && FULL.reason },
    ]);
    expect(await resend('one')).toEqual({ coming: 1 });
    expect(await world.deliver('ash')).toEqual([]);
    world.travel(DAY_MS - 1_000);
    expect(await world.deliver('ash')).toEqual([]);
    world.travel(1_000);
    expect(await restOf()).toEqual(['one', 'four', 'five']);
    expect(await missed('one')).toEqual([]);
  });

  test('comes at once to who had nothing lately', async () => {
    await refused('two');
    world.travel(9 * DAY_MS);
    await resend('two');
    expect(await restOf()).toEqual(['two', 'four', 'five']);
  });

  test('is asked for once: the second time nothing changes', async () => {
    await refused('one');
    await resend('one');
    const keys = await given.redis.keys('pw:{*');
    const dump = () => Promise.all(keys.map((key) => given.redis.dump(key)));
    const before = await dump();
    expect(await resend('one')).toEqual({});
    expect(await missed('one')).toMatchObject([{ why: 'waiting' }]);
    expect(await dump()).toEqual(before);
  });

  test('counts as waiting again, and in no audience twice', async () => {
    await refused('one');
    const sizes = async () => (await seriesStatus(world, GARDEN))?.issues.map(({ audience }) => audience);
    const one = async () => (await seriesStatus(world, GARDEN))?.issues[0];
    expect(await one()).toMatchObject({ rejected: 1, waiting: 0, state: 'complete' });
    await resend('one');
    expect(await one()).toMatchObject({ rejected: 0, waiting: 1, sentAgain: { rejected: 1 } });
    const { apart } = partitionKeys(partitionOf(id), GARDEN);
    expect(await given.redis.zcard(`${apart}rejected:one`)).toBe(0);
    expect(await sizes()).toEqual([1, 1, 1, 1, 1]);
    const readers = await countReaders(world.store, GARDEN);
    expect([readers.get('one' as never), readers.get('four' as never)]).toEqual([0, 1]);
    world.travel(DAY_MS);
    await attempt({ kind: 'accepted' });
    expect(await one()).toMatchObject({ rejected: 0, accepted: 1, waiting: 0 });
    expect(await sizes()).toEqual([1, 1, 1, 1, 1]);
  });

  test('and refused again is missed again', async () => {
    await refused('one');
    await resend('one');
    world.travel(DAY_MS);
    await attempt(FULL);
    expect(await missed('one')).toMatchObject([{ why: 'rejected' }]);
    expect(await resend('one')).toEqual({ coming: 1 });
    expect(await restOf()).toEqual(['one', 'four', 'five']);
  });

  test('with others comes in the order of the series, whatever the order in which they are asked for', async () => {
    await refused('one', 'two');
    expect(await resend('two')).toEqual({ coming: 1 });
    expect(await resend('one')).toEqual({ coming: 1 });
    expect((await seriesStatus(world, GARDEN))?.issues.map(({ audience }) => audience)).toEqual([
      1, 1, 1, 1, 1,
    ]);
    expect(await restOf()).toEqual(['one', 'two', 'four', 'five']);
  });

  test('after another that is on its way already is put behind it, though that is being sent', async () => {
    await refused('one', 'two');
    await resend('one');
    world.travel(DAY_MS);
    const delivery = (await world.claim('ash'))!;
    await world.submit(delivery);
    expect(await resend('two')).toEqual({ coming: 1 });
    await world.settle(delivery, { kind: 'accepted' });
    world.travel(DAY_MS);
    expect(await restOf()).toEqual(['two', 'four', 'five']);
  });

  test('goes to who has had everything else, and they have finished once', async () => {
    await refused('one');
    await restOf();
    expect((await standing())?.place).toBe(END);
    await resend('one');
    expect(await restOf()).toEqual(['one']);
    expect((await standing())?.place).toBe(END);
    expect(await world.store.finished.list(GARDEN, 10)).toHaveLength(1);
  });

  test('finishes nobody who was refused the last one, until they have it', async () => {
    await refused('one');
    world.travel(DAY_MS);
    await attempt({ kind: 'accepted' });
    world.travel(DAY_MS);
    expect(await attempt(FULL)).toBe('five');
    await resend('one');
    expect(await restOf()).toEqual(['one']);
    expect(await world.store.finished.list(GARDEN, 10)).toEqual([]);
    await resend('five');
    expect(await restOf()).toEqual(['five']);
    expect(await world.store.finished.list(GARDEN, 10)).toHaveLength(1);
  });

  test('comes though the series has issues that were taken out and put back', async () => {
    await refused('one');
    await edit('one', 'three', 'four', 'five');
    await edit('one', 'two', 'three', 'four', 'five');
    expect(world.plan.returned).toBe(true);
    await resend('one');
    expect(await restOf()).toEqual(['one', 'four', 'five']);
  });
});

describe('is left alone', () => {
  test('who waits for a copy of an issue that was taken out', async () => {
    await refused('one');
    world.travel(DAY_MS);
    const delivery = (await world.claim('ash'))!;
    await world.submit(delivery);
    await edit('one', 'two', 'three', 'five');
    await world.settle(delivery, GREY);
    expect(await resend('one')).toEqual({ 'under-way': 1 });
    world.travel(HOUR_MS);
    expect(await attempt({ kind: 'accepted' })).toBe('four');
    expect(await resend('one')).toEqual({ coming: 1 });
    world.travel(DAY_MS);
    expect(await restOf()).toEqual(['one', 'five']);
  });

  test('who is being sent another issue, until that is settled', async () => {
    await refused('one');
    world.travel(DAY_MS);
    const delivery = (await world.claim('ash'))!;
    expect(await resend('one')).toEqual({ 'under-way': 1 });
    await world.submit(delivery);
    expect(await resend('one')).toEqual({ 'under-way': 1 });
    await world.settle(delivery, { kind: 'accepted' });
    expect(await resend('one')).toEqual({ coming: 1 });
    world.travel(DAY_MS);
    expect(await restOf()).toEqual(['one', 'five']);
  });

  test('who may have had another issue', async () => {
    await refused('one');
    world.travel(DAY_MS);
    await attempt(CUT);
    expect(await resend('one')).toEqual({ 'under-way': 1 });
  });

  test('who may have had this one before it was refused', async () => {
    await world.join('ash');
    await attempt(CUT);
    world.travel(DAY_MS);
    await attempt(FULL);
    expect(await missed('one')).toMatchObject([{ why: 'rejected', obstacle: 'in-doubt' }]);
    expect(await resend('one')).toEqual({});
  });

  test('whose address is dead, until the suppression is lifted and they are added', async () => {
    await world.join('ash');
    await attempt({ kind: 'rejected', suppress: true, reason: 'answer to RCPT TO: 550 5.1.1 unknown' });
    expect(await missed('one')).toMatchObject([{ why: 'rejected', obstacle: 'suppressed' }]);
    const plan = await planResend(world, GARDEN, 'one' as never, {});
    expect([plan.toResend, Object.fromEntries(plan.obstacles)]).toEqual([0, { suppressed: 1 }]);
    expect(await resend('one')).toEqual({});
    await world.store.subscribers.unsuppress(id);
    expect(await missed('one')).toMatchObject([{ why: 'rejected', obstacle: 'left' }]);
    await world.join('ash');
    expect(await missed('one')).toMatchObject([{ why: 'waiting' }]);
    expect(await restOf()).toEqual(['one', 'two', 'three', 'four', 'five']);
  });

  test('who began later, unless asked for', async () => {
    await world.store.subscriptions.join(
      world.plan,
      [{ subscriber: subscriber('ash'), place: END }],
      BY_TEST,
    );
    expect(await missed('two')).toMatchObject([{ why: 'began-later' }]);
    expect(await resend('two')).toEqual({});
    expect(await resend('two', { reasons: ['began-later'] })).toEqual({ coming: 1 });
    expect(await resend('four', { reasons: ['began-later'] })).toEqual({ coming: 1 });
    expect((await seriesStatus(world, GARDEN))?.issues.map(({ audience }) => audience)).toEqual([
      0, 1, 0, 1, 0,
    ]);
    expect(await restOf()).toEqual(['two', 'four']);
  });

  test('whose domain or reply is not meant', async () => {
    await refused('one');
    expect(await resend('one', { domain: 'example.org' })).toEqual({});
    expect(await resend('one', { code: '4xx' })).toEqual({});
    expect(await resend('one', { code: '5.2.x', domain: 'example.com' })).toEqual({ coming: 1 });
  });

  test('who has left', async () => {
    await refused('one');
    await leaveSeries(world, GARDEN, id);
    expect(await missed('four')).toMatchObject([{ why: 'left', obstacle: 'left' }]);
    expect(await missed('one')).toMatchObject([{ why: 'rejected', obstacle: 'left' }]);
    expect(await resend('one')).toEqual({});
  });
});

test('who has a break gets it after that, and whoever leaves meanwhile keeps the gap', async () => {
  await refused('one');
  const until = (await world.store.now()) + 5 * DAY_MS;
  await pauseReading(world, ash, until);
  expect(await resend('one')).toEqual({ coming: 1 });
  expect(await standing()).toMatchObject({ place: 'one', dueAt: until });
  await leaveSeries(world, GARDEN, id);
  await world.join('ash');
  world.travel(DAY_MS - HOUR_MS);
  expect(await world.deliver('ash')).toEqual([]);
  world.travel(HOUR_MS);
  expect(await world.deliver('ash')).toEqual(['four']);
});

test('who was put off with another issue gets the missed one first, not before the server’s time', async () => {
  await refused('one');
  world.travel(DAY_MS);
  expect(await attempt(GREY)).toBe('four');
  const { dueAt = 0 } = (await standing()) ?? {};
  expect(await resend('one')).toEqual({ coming: 1 });
  expect((await standing())?.dueAt).toBeCloseTo(dueAt, -2);
  expect((await seriesStatus(world, GARDEN))?.issues[3]).toMatchObject({
    issue: 'four',
    waiting: 1,
    deferred: 0,
  });
  world.travel(HOUR_MS);
  expect(await restOf()).toEqual(['one', 'four', 'five']);
});

async function onTheWay(...issues: string[]): Promise<void> {
  await refused('one', ...issues);
  for (const issue of ['one', ...issues]) assert.deepEqual(await resend(issue), { coming: 1 });
}

describe('while it is on its way', () => {
  test.each<readonly [string, string[], string[]]>([
    [
      'an issue is put in where they go on',
      ['one', 'two', 'three', 'new', 'four', 'five'],
      ['one', 'new', 'four', 'five'],
    ],
    [
      'an issue is put in ahead of that',
      ['one', 'two', 'new', 'three', 'four', 'five'],
      ['one', 'four', 'five'],
    ],
    [
      'an issue is put in ahead of all',
      ['new', 'one', 'two', 'three', 'four', 'five'],
      ['one', 'four', 'five'],
    ],
    ['an issue is added', ['one', 'two', 'three', 'four', 'five', 'new'], ['one', 'four', 'five', 'new']],
    ['it is taken out', ['two', 'three', 'four', 'five'], ['four', 'five']],
    ['where they go on is taken out', ['one', 'two', 'three', 'five'], ['one', 'five']],
    ['both are taken out', ['two', 'three', 'five'], ['five']],
    ['what they have had is taken out', ['one', 'two', 'four', 'five'], ['one', 'four', 'five']],
    ['all that follows is taken out', ['one', 'two', 'three'], ['one']],
  ])('%s', async (_, ids, comes) => {
    await onTheWay();
    await edit(...ids);
    expect(await restOf()).toEqual(comes);
  });

  test('two are, and change places in a pause: they come in the new order', async () => {
    await onTheWay('two');
    await edit('two', 'one', 'three', 'four', 'five');
    expect(await restOf()).toEqual(['two', 'one', 'four', 'five']);
  });

  test('two are, and the first is taken out', async () => {
    await onTheWay('two');
    await edit('two', 'three', 'four', 'five');
    expect(await restOf()).toEqual(['two', 'four', 'five']);
  });

  test('it is taken out amid its copy, which is settled, and they go on', async () => {
    await onTheWay();
    world.travel(DAY_MS);
    const delivery = (await world.claim('ash'))!;
    await world.submit(delivery);
    await edit('two', 'three', 'new', 'four', 'five');
    expect(await world.settle(delivery, { kind: 'accepted' })).toBe(true);
    world.travel(HOUR_MS);
    expect(await world.deliver('ash')).toEqual([]);
    world.travel(DAY_MS);
    expect(await restOf()).toEqual(['new', 'four', 'five']);
  });

  test('it is taken out amid its copy, which is put off, and put back at the end: there it comes', async () => {
    await onTheWay();
    world.travel(DAY_MS);
    const delivery = (await world.claim('ash'))!;
    await world.submit(delivery);
    await edit('two', 'three', 'four', 'five');
    await world.settle(delivery, GREY);
    await edit('two', 'three', 'four', 'five', 'one');
    world.travel(HOUR_MS);
    expect(await restOf()).toEqual(['four', 'five', 'one']);
  });

  test('the reader’s page and story tell what comes', async () => {
    await refused('one', 'two');
    await resend('two');
    const now = await world.store.now();
    const reader = await world.store.reading.find(world.plan, id, now);
    if (typeof reader !== 'object') throw new Error('Nobody there.');
    const { history } = reader.record;
    const facts = { owner: ash, name: '', subscription: reader.subscription, history };
    const { issues, next } = readingOf(world.plan, facts, now);
    expect(issues.map(({ state }) => state)).toEqual(['missed', 'next', 'had', 'ahead', 'ahead']);
    expect(next?.issue).toBe('two');
    const sending = { isWorking: true };
    const story = seriesStoryOf({ plan: world.plan, reader, sending, now });
    expect(story.missed).toEqual([]);
    expect(story.next?.issue).toMatchObject({ id: 'two' });
  });

  test('another issue is put in where others wait for it, and they have been put off', async () => {
    await onTheWay();
    world.travel(DAY_MS);
    await attempt(GREY);
    await edit('new', 'one', 'two', 'three', 'four', 'five');
    expect((await seriesStatus(world, GARDEN))?.issues[1]).toMatchObject({ issue: 'one', deferred: 1 });
    world.travel(HOUR_MS);
    expect(await restOf()).toEqual(['one', 'four', 'five']);
  });

  test('nothing comes during a break; when it is over the issue sent again comes first, then the rest', async () => {
    await onTheWay();
    await pauseReading(world, ash, (await world.store.now()) + 5 * DAY_MS);
    world.travel(4 * DAY_MS);
    expect(await world.deliver('ash')).toEqual([]);
    await resumeReading(world, ash);
    expect(await restOf()).toEqual(['one', 'four', 'five']);
  });

  test('a longer pace makes it later', async () => {
    await onTheWay();
    await setPace(world, ash, gap('72h'));
    world.travel(2 * DAY_MS);
    expect(await world.deliver('ash')).toEqual([]);
    world.travel(DAY_MS);
    expect(await world.deliver('ash')).toEqual(['one']);
    world.travel(2 * DAY_MS);
    expect(await world.deliver('ash')).toEqual([]);
  });

  test('who leaves and comes back goes on behind what they had', async () => {
    await onTheWay();
    await leaveSeries(world, GARDEN, id);
    await world.join('ash');
    expect(await restOf()).toEqual(['four', 'five']);
    expect(await missed('one')).toMatchObject([{ why: 'began-later' }]);
  });

  test('who is erased leaves nothing', async () => {
    await onTheWay();
    await eraseSubscriber(world, id);
    expect(await given.redis.exists(partitionKeys(partitionOf(id), GARDEN).detours)).toBe(0);
  });

  test.each<readonly [string, () => Promise<unknown>]>([
    ['a complaint', () => world.store.subscribers.suppress(id, { reason: 'complaint', at: 1 })],
    ['a dead address', () => attempt({ kind: 'rejected', suppress: true, reason: 'dead' })],
  ])('%s ends it with the subscription', async (_, happens) => {
    await onTheWay();
    world.travel(DAY_MS);
    await happens();
    expect(await world.deliver('ash')).toEqual([]);
    expect(await standing()).toBeUndefined();
    expect(await given.redis.exists(partitionKeys(partitionOf(id), GARDEN).detours)).toBe(0);
  });

  test('a cut line brings the same bytes once more, and they go on', async () => {
    await onTheWay();
    world.travel(DAY_MS);
    const delivery = (await world.claim('ash'))!;
    await world.submit(delivery);
    await world.settle(delivery, CUT);
    world.travel(HOUR_MS);
    const repeat = (await world.claim('ash'))!;
    expect(repeat).toMatchObject({ issue: 'one', datedAt: delivery.datedAt, attempt: 2 });
    await world.submit(repeat);
    await world.settle(repeat, { kind: 'accepted' });
    world.travel(DAY_MS);
    expect(await restOf()).toEqual(['four', 'five']);
  });

  test.each(['accepted', 'again'] as const)('it is held, and the operator decides: %s', async (decision) => {
    await onTheWay('three');
    world.travel(DAY_MS);
    const delivery = (await world.claim('ash'))!;
    await world.submit(delivery);
    await world.store.deliveries.settle(standOf(world.plan, 'one', 'ash'), [
      { delivery, kind: 'held', next: 'two' as never, dueAt: 0, reason: 'cut', pace: '' },
    ]);
    expect(await missed('one')).toMatchObject([{ why: 'held', obstacle: 'in-doubt' }]);
    await edit('new', 'one', 'two', 'three', 'four', 'five');
    expect((await seriesStatus(world, GARDEN))?.issues.map(({ audience }) => audience)).toEqual([
      0, 1, 1, 1, 1, 1,
    ]);
    await resolveHeld(world, GARDEN, decision);
    expect((await standing())?.place).toBe(decision === 'again' ? 'one' : 'three');
    world.travel(DAY_MS);
    expect(await restOf()).toEqual([...(decision === 'again' ? ['one'] : []), 'three', 'four', 'five']);
  });

  test('it is held when it is taken out, and the operator takes it for accepted', async () => {
    await onTheWay();
    world.travel(DAY_MS);
    const delivery = (await world.claim('ash'))!;
    await world.submit(delivery);
    await world.store.deliveries.settle(standOf(world.plan, 'one', 'ash'), [
      { delivery, kind: 'held', next: 'two' as never, dueAt: 0, reason: 'cut', pace: '' },
    ]);
    await edit('two', 'three', 'four', 'five');
    expect((await seriesStatus(world, GARDEN))?.issues.map(({ audience }) => audience)).toEqual([
      1, 1, 1, 1, 1,
    ]);
    await resolveHeld(world, GARDEN, 'accepted');
    world.travel(DAY_MS);
    expect(await restOf()).toEqual(['four', 'five']);
  });

  test.each<readonly [string, string[] | undefined, string[]]>([
    ['one', undefined, ['one', 'two', 'three', 'four', 'five']],
    ['two', ['one', 'two'], ['one', 'two', 'three', 'four', 'five']],
    ['three', ['one', 'three'], ['one', 'three', 'four', 'five']],
  ])('the reader asks to read again from %s', async (issue, detour, comes) => {
    await onTheWay();
    expect(await readAgain(world, ash, issue as never)).toBe('moved');
    expect((await standing())?.detour).toEqual(detour);
    expect(await restOf()).toEqual(comes);
  });

  test('a reader cannot ask for what is ahead of where they go on', async () => {
    await onTheWay();
    expect(await readAgain(world, ash, 'five' as never)).not.toBe('moved');
  });
});

test('a step computed from what is not so any more is taken anew', async () => {
  await refused('one');
  const stale = { ...world.plan, revision: world.plan.revision - 1 };
  const order = { subscriber: id, place: 'four' as never, became: 'rejected' as const };
  const lastHad =
    (await world.store.subscribers.find(id))?.history.find(({ issue }) => issue === 'three')?.at ?? 0;
  const gapEnd = { lastHad, dueAt: lastHad + DAY_MS };
  expect(await world.store.resends.resend(stale, 'one' as never, [{ ...order, gap: gapEnd }])).toBe(
    'stale-plan',
  );
  const ask = async (more: object) =>
    (await world.store.resends.resend(world.plan, 'one' as never, [{ ...order, gap: gapEnd, ...more }]))[0];
  expect(await ask({ place: 'five' })).toBe('changed');
  expect(await ask({ became: '' })).toBe('changed');
  expect(await ask({ gap: { lastHad: lastHad - 1, dueAt: 0 } })).toBe('changed');
  expect(await ask({ pace: gap('72h') })).toBe('changed');
  expect(await ask({})).toBe('coming');
});

test.each<readonly [string, () => Promise<unknown>]>([
  ['coming', () => refused('one')],
  ['ended', () => refused('one').then(() => leaveSeries(world, GARDEN, id))],
  [
    'suppressed',
    () => refused('one').then(() => world.store.subscribers.suppress(id, { reason: 'complaint', at: 1 })),
  ],
  ['had', () => refused('two')],
  [
    'in-doubt',
    async () => {
      await refused('one');
      world.travel(DAY_MS);
      const delivery = (await world.claim('ash'))!;
      await world.submit(delivery);
      await world.store.deliveries.settle(standOf(world.plan, 'four', 'ash'), [
        { delivery, kind: 'held', next: 'five' as never, dueAt: 0, reason: 'cut', pace: '' },
      ]);
    },
  ],
  [
    'in-doubt',
    async () => {
      await world.join('ash');
      await attempt(CUT);
      world.travel(DAY_MS);
      await attempt(FULL);
    },
  ],
  [
    'coming-already',
    async () => {
      await refused('one');
      await resend('one');
    },
  ],
])('the ledger itself says: %s', async (answer, happens) => {
  await happens();
  const history = (await world.store.subscribers.find(id))?.history ?? [];
  const lastHad = Math.max(...history.filter(({ outcome }) => outcome === 'accepted').map(({ at }) => at));
  const became = history.find(({ issue }) => issue === 'one')?.outcome === 'rejected' ? 'rejected' : '';
  const place = (await standing())?.place ?? ('four' as never);
  const order = { subscriber: id, place, became, gap: { lastHad, dueAt: lastHad + DAY_MS } } as const;
  expect(await world.store.resends.resend(world.plan, 'one' as never, [order])).toEqual([answer]);
});

test('what is ahead of a reader is not sent again', async () => {
  await world.join('ash');
  const order = { subscriber: id, place: 'one' as never, became: '' } as const;
  expect(await world.store.resends.resend(world.plan, 'two' as never, [order])).toEqual(['coming-already']);
});
