import { afterEach, expect, test } from 'vitest';
import { listFailures } from '../../../src/actions/missed/list-failures.ts';
import { retryDeferred } from '../../../src/actions/missed/retry-deferred.ts';
import { pauseReading } from '../../../src/actions/reading/pause-reading.ts';
import { resumeReading } from '../../../src/actions/reading/resume-reading.ts';
import { setPace } from '../../../src/actions/reading/set-pace.ts';
import { leaveSeries } from '../../../src/actions/leave-series.ts';
import type { Outcome } from '../../../src/domain/delivery.ts';
import type { Failure } from '../../../src/domain/failure.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/instant.ts';
import { GARDEN, subscriber } from '../../support/ledger.ts';
import {
  courseWith,
  gap,
  openReadingWorld,
  ownerOf,
  type ReadingWorld,
} from '../../support/reading-world.ts';
import { disarm, throwAt } from '../../support/mishaps.ts';
import { redisPerFile } from '../../support/redis-per-file.ts';

const given = redisPerFile();
const GREY: Outcome = { kind: 'deferred', reason: 'answer to RCPT TO: 451 4.7.1 Greylisted' };
const CUT: Outcome = { kind: 'uncertain', reason: 'connection lost at the message: ETIMEDOUT' };

let world: ReadingWorld;
afterEach(() => world.close());

async function open(...readers: string[]): Promise<ReadingWorld> {
  world = await openReadingWorld(given.redis, given.server.socket, courseWith());
  for (const name of readers) await world.join(name);
  return world;
}

async function attempt(name: string, outcome: Outcome): Promise<void> {
  const delivery = await world.claim(name);
  if (delivery === undefined) throw new Error(`Nothing is due for ${name}.`);
  await world.submit(delivery);
  await world.settle(delivery, outcome);
}

async function failures(): Promise<Failure[]> {
  const found: Failure[] = [];
  for await (const page of listFailures(world, world.plan, {})) found.push(...page);
  return found;
}

const retry = async () => {
  const retried = await retryDeferred(world, world.plan, {});
  return Object.fromEntries(Object.entries(retried).filter(([, n]) => n > 0));
};
const nameOf = (name: string) => subscriber(name).id;

test('who was put off or is in doubt is listed with words, attempts and the next try', async () => {
  await open('ash', 'bay', 'cal');
  const now = await world.store.now();
  await attempt('ash', GREY);
  await attempt('bay', CUT);
  await attempt('cal', { kind: 'rejected', suppress: false, reason: 'answer to RCPT TO: 552 5.2.2 Full' });
  const all = await failures();
  const of = (name: string) => all.find(({ subscriber }) => subscriber === nameOf(name));
  expect(all).toHaveLength(3);
  expect(of('ash')).toMatchObject({
    series: GARDEN,
    issue: 'one',
    address: 'ash@example.com',
    state: 'deferred',
    words: GREY.kind === 'deferred' && GREY.reason,
    attempts: 1,
    isUnderWay: false,
  });
  expect(of('ash')?.nextAt).toBeGreaterThan(now + 30_000);
  expect(of('bay')).toMatchObject({ state: 'uncertain', attempts: 1 });
  expect(of('cal')).toEqual({
    series: GARDEN,
    issue: 'one',
    subscriber: nameOf('cal'),
    address: 'cal@example.com',
    state: 'rejected',
    since: expect.closeTo(now, -4),
    words: 'answer to RCPT TO: 552 5.2.2 Full',
    isUnderWay: false,
  });
});

test('held deliveries are listed, and those who were erased are not', async () => {
  await open('ash', 'bay');
  const held = (await world.claim('ash'))!;
  const stand = { plan: world.plan, issue: world.plan.issues[0]!, partition: '' };
  await world.submit(held);
  const { partitionOf } = await import('../../../src/domain/subscriber.ts');
  await world.store.deliveries.settle({ ...stand, partition: partitionOf(held.subscriber) }, [
    { delivery: held, kind: 'held', next: 'one' as never, dueAt: 0, reason: 'cut', pace: '' },
  ]);
  await attempt('bay', { kind: 'rejected', suppress: false, reason: 'no' });
  expect((await failures()).map(({ state }) => state).toSorted()).toEqual(['held', 'rejected']);
  await world.store.subscribers.erase(nameOf('bay'));
  expect(await failures()).toMatchObject([{ state: 'held', words: 'cut', attempts: 1 }]);
});

test('they are tried now, once: doing it twice changes nothing', async () => {
  await open('ash', 'bay');
  await attempt('ash', GREY);
  world.travel(MINUTE_MS * 2);
  await attempt('ash', GREY);
  expect(await world.claim('ash')).toBeUndefined();
  expect(await retry()).toEqual({ due: 1 });
  const before = await given.redis.hgetall(`pw:{p00}:claims:${GARDEN}`);
  expect(await retry()).toEqual({ 'due-already': 1 });
  expect(await given.redis.hgetall(`pw:{p00}:claims:${GARDEN}`)).toEqual(before);
  expect(await world.claim('ash')).toMatchObject({ issue: 'one', attempt: 3 });
});

test('who is in doubt comes with the same bytes', async () => {
  await open('ash');
  await attempt('ash', CUT);
  world.travel(MINUTE_MS);
  await attempt('ash', CUT);
  expect(await world.claim('ash')).toBeUndefined();
  expect(await retry()).toEqual({ due: 1 });
  const [first] = await failures();
  expect(await world.claim('ash')).toMatchObject({ attempt: 3 });
  expect(first?.state).toBe('uncertain');
});

test.each<readonly [string, () => Promise<unknown>, Record<string, number>]>([
  [
    'is being tried',
    async () => {
      world.travel(HOUR_MS);
      await world.claim('ash');
    },
    { 'under-way': 1 },
  ],
  ['has a break', () => pauseReading(world, ownerOf('ash'), Date.now() + 9 * DAY_MS), { resting: 1 }],
  ['has left', () => leaveSeries(world, GARDEN, nameOf('ash')), {}],
])('who %s is left alone', async (_, happens, answers) => {
  await open('ash');
  await attempt('ash', GREY);
  await happens();
  const at = await world.store.subscriptions.findPlace(world.plan, nameOf('ash'));
  expect(await retry()).toEqual(answers);
  expect(await world.store.subscriptions.findPlace(world.plan, nameOf('ash'))).toEqual(at);
});

test('a gap that a reader has made longer meanwhile is kept', async () => {
  await open('ash');
  await world.deliver('ash');
  world.travel(DAY_MS);
  await attempt('ash', GREY);
  const owner = ownerOf('ash');
  await pauseReading(world, owner, (await world.store.now()) + HOUR_MS);
  await setPace(world, owner, gap('72h'));
  await resumeReading(world, owner);
  expect(await retry()).toEqual({ waiting: 1 });
  expect(await world.claim('ash')).toBeUndefined();
});

test('a break that begins after it, and ends, does not bring the old time back', async () => {
  await open('ash');
  await attempt('ash', GREY);
  await retry();
  await pauseReading(world, ownerOf('ash'), (await world.store.now()) + HOUR_MS);
  await resumeReading(world, ownerOf('ash'));
  expect(await world.claim('ash')).toMatchObject({ attempt: 2 });
});

test('cut off in the middle, it is done by doing it again', async () => {
  const readers = ['ash', 'bay', 'cal', 'dot', 'eve', 'fin'];
  await open(...readers);
  for (const name of readers) await attempt(name, GREY);
  throwAt('retry.batch', 2);
  await expect(retry()).rejects.toThrow('retry.batch');
  disarm();
  const { due = 0, 'due-already': already = 0 } = await retry();
  expect([due > 0, already > 0, due + already]).toEqual([true, true, readers.length]);
});

test('a series that is paused stays so', async () => {
  await open('ash');
  await attempt('ash', GREY);
  await world.change({ state: 'paused' });
  expect(await retry()).toEqual({ due: 1 });
  expect(await world.claim('ash')).toBeUndefined();
});
