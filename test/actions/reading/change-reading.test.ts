import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findReading } from '../../../src/actions/reading/find-reading.ts';
import { pauseReading } from '../../../src/actions/reading/pause-reading.ts';
import { readAgain } from '../../../src/actions/reading/read-again.ts';
import { resumeReading } from '../../../src/actions/reading/resume-reading.ts';
import { sendNext } from '../../../src/actions/reading/send-next.ts';
import { setPace } from '../../../src/actions/reading/set-pace.ts';
import { leaveSeries } from '../../../src/actions/leave-series.ts';
import { seriesStatus } from '../../../src/actions/series-status.ts';
import type { Delivery } from '../../../src/domain/delivery.ts';
import { DAY_MS, HOUR_MS } from '../../../src/domain/instant.ts';
import { GARDEN, subscriber } from '../../support/ledger.ts';
import {
  courseWith,
  gap,
  openReadingWorld,
  ownerOf,
  type ReadingWorld,
} from '../../support/reading-world.ts';
import { dumpRedis } from '../../support/redis-dump.ts';
import { redisPerFile } from '../../support/redis-per-file.ts';

const given = redisPerFile();
const ash = ownerOf('ash');
let world: ReadingWorld;
beforeEach(async () => {
  world = await openReadingWorld(given.redis, given.server.socket, courseWith());
  await world.join('ash');
});
afterEach(() => world.close());

const now = () => world.store.now();
const dueIn = async () => {
  const place = await world.store.subscriptions.findPlace(world.plan, ash.subscriber);
  return Math.round(((place?.dueAt ?? NaN) - (await now())) / HOUR_MS) + 0;
};
const at = async (days: number) => (await now()) + days * DAY_MS;
const fields = () => given.redis.hgetall(`pw:{${partition()}}:subscriber:${ash.subscriber}`);
const partition = () =>
  `p${String('abcdefghijklmnopqrstuvwxyz234567'.indexOf(ash.subscriber[0]!) % 16).padStart(2, '0')}`;

async function addsUp(): Promise<void> {
  const status = await seriesStatus(world, GARDEN);
  expect(status?.issues.filter(({ addsUp }) => !addsUp)).toEqual([]);
  expect(status?.attention.filter(({ kind }) => kind.endsWith('-differ'))).toEqual([]);
}

describe('pausing', () => {
  test('nothing comes before the day, and one issue, not several, on it', async () => {
    expect(await world.deliver('ash')).toEqual(['one']);
    expect(await pauseReading(world, ash, await at(10))).toBe('paused');
    expect(await dueIn()).toBe(240);
    world.travel(9 * DAY_MS);
    expect(await world.deliver('ash')).toEqual([]);
    world.travel(DAY_MS);
    expect(await world.deliver('ash')).toEqual(['two']);
    expect(await dueIn()).toBe(24);
  });

  test('a pause shorter than the gap does not shorten the gap', async () => {
    await world.deliver('ash');
    await pauseReading(world, ash, (await now()) + HOUR_MS);
    expect(await dueIn()).toBe(24);
  });

  test('a second pause replaces the first, also by a shorter one', async () => {
    await world.deliver('ash');
    await pauseReading(world, ash, await at(30));
    await pauseReading(world, ash, await at(3));
    expect(await dueIn()).toBe(72);
    await pauseReading(world, ash, (await now()) + HOUR_MS);
    expect(await dueIn()).toBe(24);
  });

  test('takes back a claim that has submitted nothing', async () => {
    const delivery = (await world.claim('ash'))!;
    expect(await pauseReading(world, ash, await at(2))).toBe('paused');
    expect(await world.submit(delivery)).toBe(false);
    expect(await world.settle(delivery, { kind: 'untried' })).toBe(false);
    expect(await dueIn()).toBe(48);
    world.travel(2 * DAY_MS);
    expect(await world.deliver('ash')).toEqual(['one']);
  });

  test('a mail that is going over is settled, and the pause holds for the next', async () => {
    const delivery = (await world.claim('ash'))!;
    await world.submit(delivery);
    await pauseReading(world, ash, await at(5));
    expect(await world.settle(delivery, { kind: 'accepted' })).toBe(true);
    world.travel(4 * DAY_MS);
    expect(await world.deliver('ash')).toEqual([]);
    world.travel(DAY_MS);
    expect(await world.deliver('ash')).toEqual(['two']);
  });

  test('a mail of unknown outcome is counted once, pause or not', async () => {
    await world.submit((await world.claim('ash'))!);
    await pauseReading(world, ash, await at(5));
    world.travel(HOUR_MS);
    expect(await world.deliver('ash')).toEqual([]);
    world.travel(5 * DAY_MS);
    expect(await world.deliver('ash')).toEqual(['one']);
    const status = await seriesStatus(world, GARDEN);
    expect(status?.issues[0]).toMatchObject({ doubts: 1, accepted: 1, addsUp: true });
  });

  test.each([
    ['in the past', -1],
    ['now', 0],
    ['more than a year ahead', 367],
    ['never', Number.NaN],
  ])('until a time %s is refused', async (_, days) => {
    expect(await pauseReading(world, ash, await at(days))).toBe('out-of-range');
    expect(await fields()).not.toHaveProperty('paused:garden');
  });
});

describe('resuming', () => {
  test('the next issue is due when the gap is over, not before', async () => {
    await world.deliver('ash');
    await pauseReading(world, ash, await at(30));
    expect(await resumeReading(world, ash)).toBe('resumed');
    expect(await dueIn()).toBe(24);
    expect(await fields()).not.toHaveProperty('paused:garden');
  });

  test('after a longer pause it is due now, once', async () => {
    await world.deliver('ash');
    await pauseReading(world, ash, await at(30));
    world.travel(10 * DAY_MS);
    await resumeReading(world, ash);
    await resumeReading(world, ash);
    expect(await world.deliver('ash')).toEqual(['two']);
    expect(await dueIn()).toBe(24);
  });

  test('without a pause it changes nothing', async () => {
    await world.deliver('ash');
    const before = await dumpRedis(given.redis);
    await resumeReading(world, ash);
    expect(await dumpRedis(given.redis)).toEqual(before);
  });

  test('a mail put off by the server keeps its own time', async () => {
    const delivery = (await world.claim('ash'))!;
    await world.submit(delivery);
    await world.settle({ ...delivery, attempt: 9 }, { kind: 'deferred', reason: '451' });
    const wait = await dueIn();
    await pauseReading(world, ash, await at(30));
    await resumeReading(world, ash);
    expect(await dueIn()).toBe(wait);
    expect(wait).toBeGreaterThan(0);
  });
});

describe('a pace of one’s own', () => {
  test.each([
    ['slower', '72h', 72],
    ['faster', '12h', 12],
  ])('%s counts from the last issue', async (_, pace, hours) => {
    await world.deliver('ash');
    world.travel(HOUR_MS);
    expect(await setPace(world, ash, gap(pace))).toBe('set');
    expect(await dueIn()).toBe(hours - 1);
    world.travel((hours - 1) * HOUR_MS);
    expect(await world.deliver('ash')).toEqual(['two']);
    expect(await dueIn()).toBe(hours);
    await setPace(world, ash, undefined);
    expect(await dueIn()).toBe(24);
  });

  test('one whose gap is over already makes the next issue due now, one of them', async () => {
    await world.deliver('ash');
    world.travel(20 * HOUR_MS);
    await setPace(world, ash, gap('12h'));
    expect(await dueIn()).toBe(0);
    expect(await world.deliver('ash')).toEqual(['two']);
    expect(await dueIn()).toBe(12);
  });

  test('what the writer does not offer is refused; the series’ own gap is no choice of one’s own', async () => {
    expect(await setPace(world, ash, gap('2d'))).toBe('not-offered');
    expect(await setPace(world, ash, gap('24h'))).toBe('set');
    expect(await fields()).not.toHaveProperty('pace:garden');
  });

  test('chosen while a mail goes over, it counts from that mail', async () => {
    const delivery = (await world.claim('ash'))!;
    await world.submit(delivery);
    await setPace(world, ash, gap('72h'));
    expect(await world.settle(delivery, { kind: 'accepted' })).toBe(true);
    expect(await dueIn()).toBe(72);
    await addsUp();
  });

  test.each<[string, (delivery: Delivery) => Promise<unknown>]>([
    ['claimed', () => Promise.resolve()],
    ['going over', (delivery) => world.submit(delivery)],
    [
      'put off by the server',
      async (delivery) => {
        await world.submit(delivery);
        await world.settle({ ...delivery, attempt: 9 }, { kind: 'deferred', reason: '451' });
      },
    ],
  ])('chosen while a mail is %s, it does not move that mail', async (_, arrange) => {
    await world.deliver('ash');
    world.travel(DAY_MS);
    await arrange((await world.claim('ash'))!);
    const before = await world.store.subscriptions.findPlace(world.plan, ash.subscriber);
    await setPace(world, ash, gap('72h'));
    expect(await world.store.subscriptions.findPlace(world.plan, ash.subscriber)).toEqual(before);
  });

  test('is kept through a pause', async () => {
    await world.deliver('ash');
    await pauseReading(world, ash, await at(1));
    await setPace(world, ash, gap('72h'));
    expect(await dueIn()).toBe(72);
    await resumeReading(world, ash);
    expect(await dueIn()).toBe(72);
  });

  test('before the first issue it delays nothing', async () => {
    await setPace(world, ash, gap('72h'));
    expect(await world.deliver('ash')).toEqual(['one']);
  });
});

describe('the next issue now', () => {
  test('comes before the gap is over, and the one after it by the gap', async () => {
    await world.deliver('ash');
    expect(await sendNext(world, ash)).toBe('coming');
    expect(await world.deliver('ash')).toEqual(['two']);
    expect(await dueIn()).toBe(24);
  });

  test('ends the reader’s own pause', async () => {
    await world.deliver('ash');
    await pauseReading(world, ash, await at(30));
    expect(await sendNext(world, ash)).toBe('coming');
    expect(await world.deliver('ash')).toEqual(['two']);
    expect((await findReading(world, ash))?.pausedUntil).toBeUndefined();
  });

  test('asked for twice is one issue, and counts once', async () => {
    await world.deliver('ash');
    await Promise.all([sendNext(world, ash), sendNext(world, ash), sendNext(world, ash)]);
    expect(await world.deliver('ash')).toEqual(['two']);
    const counters = await given.redis.keys('*:asked:next:*');
    expect(await given.redis.get(counters[0]!)).toBe('1');
    expect(await given.redis.pttl(counters[0]!)).toBeGreaterThan(0);
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ['the series is paused', () => world.change({ state: 'paused' }), 'not-running'],
    ['the series has not begun', async () => world.change({ startAt: await at(1) }), 'not-running'],
    ['all has been had', () => deliverAll(), 'nothing-ahead'],
    ['a mail is going over', async () => world.submit((await world.claim('ash'))!), 'under-way'],
    ['one is claimed', () => world.claim('ash'), 'under-way'],
    ['the reader has left', () => leaveSeries(world, GARDEN, ash.subscriber), 'ended'],
    ['nobody is known', () => world.store.subscribers.erase(ash.subscriber), 'ended'],
    [
      'the address is suppressed',
      () => world.store.subscribers.suppress(ash.subscriber, { reason: 'complaint', at: 1 }),
      'ended',
    ],
  ])('is refused when %s', async (_, arrange, answer) => {
    await world.deliver('ash');
    world.travel(DAY_MS);
    await arrange();
    expect(await sendNext(world, ash)).toBe(answer);
  });

  test('is refused before its release', async () => {
    const [one, two, ...rest] = world.plan.issues;
    await world.change({ issues: [one!, { ...two!, releaseAt: await at(2) }, ...rest] });
    await world.deliver('ash');
    expect(await sendNext(world, ash)).toBe('not-released');
    world.travel(2 * DAY_MS);
    expect(await sendNext(world, ash)).toBe('coming');
  });

  test('is refused while the server has put the mail off', async () => {
    const delivery = (await world.claim('ash'))!;
    await world.submit(delivery);
    await world.settle(delivery, { kind: 'deferred', reason: '451' });
    expect(await sendNext(world, ash)).toBe('under-way');
  });

  test('ten times a day and no more', async () => {
    const ids = Array.from({ length: 14 }, (_, index) => `issue-${index}`);
    const issues = ids.map((id) => ({ ...world.plan.issues[0]!, id: id as never }));
    await world.change({ issues, moves: [{ from: 'one' as never, to: 'issue-0' as never }] });
    await world.deliver('ash');
    const answers: string[] = [];
    for (let times = 0; times < 11; times++) {
      answers.push(await sendNext(world, ash));
      await world.deliver('ash');
    }
    expect(answers).toEqual([...Array.from({ length: 10 }, () => 'coming'), 'too-often']);
    world.travel(DAY_MS);
    await world.deliver('ash');
    expect(await sendNext(world, ash)).toBe('coming');
  });
});

async function deliverAll(): Promise<string[]> {
  const sent: string[] = [];
  for (let days = 0; days < 7; days++) {
    sent.push(...(await world.deliver('ash')));
    world.travel(DAY_MS);
  }
  return sent;
}

describe('reading again', () => {
  test('goes on from that issue in order, as other messages, and the counts stay true', async () => {
    expect(await deliverAll()).toHaveLength(5);
    expect(await readAgain(world, ash, 'three' as never)).toBe('moved');
    await addsUp();
    const delivery = (await world.claim('ash'))!;
    expect(delivery).toMatchObject({ issue: 'three', round: 1 });
    await world.submit(delivery);
    await world.settle(delivery, { kind: 'accepted' });
    world.travel(DAY_MS);
    expect(await deliverAll()).toEqual(['four', 'five']);
    await addsUp();
    const status = await seriesStatus(world, GARDEN);
    expect(status?.issues.map(({ accepted, audience }) => [accepted, audience])).toEqual([
      [1, 1],
      [1, 1],
      [2, 2],
      [2, 2],
      [2, 2],
    ]);
    expect(status?.issues.every(({ state }) => state === 'complete')).toBe(true);
  });

  test('keeps the gap after the last issue', async () => {
    await world.deliver('ash');
    world.travel(DAY_MS);
    await world.deliver('ash');
    world.travel(HOUR_MS);
    await readAgain(world, ash, 'one' as never);
    expect(await dueIn()).toBe(23);
    await readAgain(world, ash, 'one' as never);
    expect((await fields())['round:garden']).toBe('1');
    world.travel(23 * HOUR_MS);
    expect(await world.deliver('ash')).toEqual(['one']);
  });

  test('what was had before stays on record', async () => {
    await deliverAll();
    await readAgain(world, ash, 'four' as never);
    const record = await world.store.subscribers.find(ash.subscriber);
    expect(record?.history.map(({ issue }) => issue).toSorted()).toEqual(['one', 'three', 'two']);
    expect(record?.before.map(({ issue, outcome }) => [issue, outcome]).toSorted()).toEqual([
      ['five', 'accepted'],
      ['four', 'accepted'],
    ]);
  });

  test('leaving in the middle of it and coming back goes on in the middle of it', async () => {
    await deliverAll();
    await readAgain(world, ash, 'two' as never);
    await world.deliver('ash');
    await leaveSeries(world, GARDEN, ash.subscriber);
    expect(await world.join('ash')).toBe('rejoined');
    expect(await world.deliver('ash')).toEqual([]);
    world.travel(DAY_MS);
    const delivery = await world.claim('ash');
    expect(delivery).toMatchObject({ issue: 'three', round: 1 });
  });

  test('who came late may read what they have missed', async () => {
    await world.change({ join: 'next', startAt: 1 });
    await world.join('bay');
    expect(await world.deliver('bay')).toEqual([]);
    expect(await readAgain(world, ownerOf('bay'), 'two' as never)).toBe('moved');
    expect(await world.deliver('bay')).toEqual(['two']);
    await addsUp();
  });

  test.each<[string, string, () => Promise<unknown>, string]>([
    ['an issue ahead', 'four', () => Promise.resolve(), 'no-such-issue'],
    ['an issue there is not', 'six', () => Promise.resolve(), 'no-such-issue'],
    ['a place that is none', '@end', () => Promise.resolve(), 'no-such-issue'],
    [
      'an issue while another is going over',
      'one',
      async () => world.submit((await world.claim('ash'))!),
      'under-way',
    ],
    ['an issue after having left', 'one', () => leaveSeries(world, GARDEN, ash.subscriber), 'ended'],
    [
      'an issue whose release was put off',
      'one',
      async () => {
        const [one, ...rest] = world.plan.issues;
        await world.change({ issues: [{ ...one!, releaseAt: await at(9) }, ...rest] });
      },
      'not-released',
    ],
    [
      'an issue that was taken out',
      'one',
      async () => {
        const [one, ...rest] = world.plan.issues;
        await world.change({ issues: [{ ...one!, retired: true }, ...rest] });
      },
      'no-such-issue',
    ],
  ])('%s is refused', async (_, issue, arrange, answer) => {
    await world.deliver('ash');
    world.travel(DAY_MS);
    await arrange();
    expect(await readAgain(world, ash, issue as never)).toBe(answer);
    expect(await fields()).not.toHaveProperty('round:garden');
  });

  test('three times a day and no more', async () => {
    await deliverAll();
    const answers: string[] = [];
    for (const issue of ['five', 'four', 'three', 'two'])
      answers.push(await readAgain(world, ash, issue as never));
    expect(answers).toEqual(['moved', 'moved', 'moved', 'too-often']);
  });

  test('does not lift a pause', async () => {
    await world.deliver('ash');
    world.travel(DAY_MS);
    await world.deliver('ash');
    await pauseReading(world, ash, await at(5));
    expect(await readAgain(world, ash, 'one' as never)).toBe('moved');
    expect(await dueIn()).toBe(120);
  });
});

describe('leaving', () => {
  test('and coming back brings no old pause or pace, and does not shorten the gap', async () => {
    await world.deliver('ash');
    await setPace(world, ash, gap('72h'));
    await pauseReading(world, ash, await at(300));
    await leaveSeries(world, GARDEN, ash.subscriber);
    await world.join('ash');
    expect(await dueIn()).toBe(72);
    expect((await world.store.subscribers.find(ash.subscriber))?.subscriptions[0]).not.toHaveProperty(
      'pausedUntil',
    );
    expect((await world.store.subscribers.find(ash.subscriber))?.subscriptions[0]).not.toHaveProperty('pace');
  });
});

test('a plan that changes at the same moment is looked at again', async () => {
  await world.deliver('ash');
  const [paused] = await Promise.all([
    at(5).then((until) => pauseReading(world, ash, until)),
    world.change({ title: 'Another' }),
  ]);
  expect(paused).toBe('paused');
  const behind = { ...world.plan, revision: world.plan.revision + 1, moves: [] };
  // Its author dies before it reaches the partitions.
  await given.redis.set('pw:plan:garden', JSON.stringify(behind));
  expect(await resumeReading(world, ash)).toBe('resumed');
  expect(await dueIn()).toBe(24);
});

test('a wish computed from an issue before the last is computed again', async () => {
  await world.deliver('ash');
  const stale = await world.store.reading.change(
    world.plan,
    ash.subscriber,
    { kind: 'resume' },
    { lastHad: 1, dueAt: 1 },
  );
  expect(stale).toBe('stale-plan');
  expect(
    await world.store.reading.change(world.plan, subscriber('elm').id, { kind: 'resume' }, undefined),
  ).toBe('ended');
});
