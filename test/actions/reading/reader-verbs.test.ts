import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changeProfile } from '../../../src/actions/reading/change-profile.ts';
import { exportData } from '../../../src/actions/reading/export-data.ts';
import { findOwner } from '../../../src/actions/reading/find-owner.ts';
import { findReading } from '../../../src/actions/reading/find-reading.ts';
import { leaveAll } from '../../../src/actions/reading/leave-all.ts';
import { pauseReading } from '../../../src/actions/reading/pause-reading.ts';
import { readAgain } from '../../../src/actions/reading/read-again.ts';
import { requestData } from '../../../src/actions/reading/request-data.ts';
import { setPace } from '../../../src/actions/reading/set-pace.ts';
import { unsubscribe } from '../../../src/actions/reading/unsubscribe.ts';
import { dispatchDue } from '../../../src/actions/dispatch-due.ts';
import { eraseSubscriber } from '../../../src/actions/erase-subscriber.ts';
import { leaveSeries } from '../../../src/actions/leave-series.ts';
import { DAY_MS } from '../../../src/domain/instant.ts';
import { END } from '../../../src/domain/plan.ts';
import type { SeriesId } from '../../../src/domain/series.ts';
import { keysFor, subscriptionToken } from '../../../src/domain/token.ts';
import { BY_TEST, GARDEN, planWith, standOf, subscriber } from '../../support/ledger.ts';
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

async function deliverAll(name = 'ash'): Promise<void> {
  for (let days = 0; days < 5; days++) {
    await world.deliver(name);
    world.travel(DAY_MS);
  }
}

describe('unsubscribing', () => {
  test('ends the subscription, queued mail included, with one letter of goodbye', async () => {
    const delivery = (await world.claim('ash'))!;
    expect(await unsubscribe(world, ash)).toBe(true);
    expect(await world.submit(delivery)).toBe(false);
    expect(await unsubscribe(world, ash)).toBe(false);
    expect(await world.letters()).toMatchObject([{ kind: 'goodbye', ...ash }]);
    expect(await findReading(world, ash)).toMatchObject({ state: 'ended' });
  });

  test('is without a letter where the writer wants none, and for who was erased', async () => {
    await world.change({ about: { ...world.plan.about, letters: [] } });
    expect(await unsubscribe(world, ash)).toBe(true);
    await world.join('bay');
    await eraseSubscriber(world, ownerOf('bay').subscriber);
    expect(await unsubscribe(world, ownerOf('bay'))).toBe(false);
    expect(await world.letters()).toEqual([]);
  });

  test('of everything ends all series once, those not scheduled yet as well', async () => {
    const fern = { ...planWith(['fern']), series: 'ferns' as SeriesId };
    await world.store.plans.commit(fern);
    const joining = { subscriber: subscriber('ash'), place: 'fern' as never };
    await world.store.subscriptions.join(fern, [joining], BY_TEST);
    const early = await world.store.plans.findOrName('early' as SeriesId);
    await world.store.subscriptions.join(early, [{ ...joining, place: '@start' }], BY_TEST);
    expect(await leaveAll(world, ash.subscriber)).toBe(3);
    expect(await leaveAll(world, ash.subscriber)).toBe(0);
    expect((await world.letters()).map(({ series }) => series)).toEqual([GARDEN]);
  });
});

const token = (purpose: 'reader' | 'unsubscribe', secret: string) =>
  subscriptionToken(keysFor([secret], purpose), ash);

describe('whose link it is', () => {
  const secrets = ['new secret, long enough to be one', 'old secret, long enough to be one'];
  const find = (purpose: 'reader' | 'unsubscribe', text: string) =>
    findOwner({ store: world.store, secrets }, purpose, text);

  test('is known from a token of any of our secrets, for its purpose only', async () => {
    for (const secret of secrets) expect(await find('reader', token('reader', secret))).toEqual(ash);
    expect(await find('unsubscribe', token('reader', secrets[0]!))).toBeUndefined();
    expect(await find('reader', token('reader', 'a secret of somebody else’s'))).toBeUndefined();
    expect(await find('reader', 'nonsense')).toBeUndefined();
  });

  test('is known after leaving, and after being erased', async () => {
    await leaveSeries(world, GARDEN, ash.subscriber);
    expect(await find('unsubscribe', token('unsubscribe', secrets[0]!))).toEqual(ash);
    await eraseSubscriber(world, ash.subscriber);
    expect(await find('unsubscribe', token('unsubscribe', secrets[0]!))).toEqual(ash);
    expect(await findReading(world, ash)).toBeUndefined();
  });

  test('and how far they are is found without a trace', async () => {
    const before = await dumpRedis(given.redis);
    await find('reader', token('reader', secrets[0]!));
    await findReading(world, ash);
    await exportData(world, ash.subscriber);
    expect(await dumpRedis(given.redis)).toEqual(before);
  });
});

describe('how a reading stands', () => {
  test('is what the ledger says', async () => {
    await world.deliver('ash');
    await setPace(world, ash, gap('12h'));
    const until = (await world.store.now()) + 3 * DAY_MS;
    await pauseReading(world, ash, until);
    const reading = await findReading(world, ash);
    expect(reading).toMatchObject({ state: 'active', name: 'ash', pausedUntil: until, pace: gap('12h') });
    expect(reading?.next).toEqual({
      issue: 'two',
      number: 2,
      dueAt: until,
      isReleased: true,
      isUnderWay: false,
    });
    expect(reading?.issues.map(({ state }) => state)).toEqual(['had', 'next', 'ahead', 'ahead', 'ahead']);
    expect(JSON.stringify(reading)).not.toContain('ash@');
  });

  test.each<[string, () => Promise<unknown>, boolean]>([
    ['claimed', () => world.claim('ash'), true],
    ['going over', async () => world.submit((await world.claim('ash'))!), true],
    [
      'put off by the server',
      async () => {
        const delivery = (await world.claim('ash'))!;
        await world.submit(delivery);
        await world.settle(delivery, { kind: 'deferred', reason: '451' });
      },
      true,
    ],
    ['given back', async () => world.settle((await world.claim('ash'))!, { kind: 'untried' }), false],
    [
      'claimed by a worker that died',
      async () => {
        await world.claim('ash');
        world.travel(60_000);
      },
      false,
    ],
    [
      'held for the operator',
      async () => {
        await world.submit((await world.claim('ash'))!);
        world.travel(60_000);
        const limits = { limit: 1, leaseMs: 10_000, onUncertain: 'hold' } as const;
        await world.store.deliveries.claim(standOf(world.plan, 'one', 'ash'), limits);
      },
      true,
    ],
  ])('a mail that is %s', async (_, arrange, isUnderWay) => {
    await arrange();
    expect((await findReading(world, ash))?.next).toMatchObject({ issue: 'one', isUnderWay });
  });

  test('nobody knows of a series before its first schedule, or of who was never in it', async () => {
    expect(await findReading(world, { ...ash, series: 'early' as SeriesId })).toBeUndefined();
    expect(await findReading(world, ownerOf('elm'))).toBeUndefined();
  });
});

describe('name and language', () => {
  test.each([
    [{ name: '  Ash Tree ' }, 'changed', { name: 'Ash Tree' }],
    [{ name: '小樹', language: 'zh-Hant' }, 'changed', { name: '小樹', language: 'zh-Hant' }],
    [{ name: '' }, 'changed', { name: '' }],
    [{ name: 'A\u202etree' }, { invalid: 'name' }, { name: 'ash' }],
    [{ name: 'A\r\nBcc: elm@example.com' }, { invalid: 'name' }, { name: 'ash' }],
    [{ name: 'x'.repeat(201) }, { invalid: 'name' }, { name: 'ash' }],
    [{ name: 'Ash', language: 'tlh' }, { invalid: 'language' }, { name: 'ash' }],
  ])('%j is %j', async (change, answer, expected) => {
    expect(await changeProfile(world, ash.subscriber, change)).toEqual(answer);
    expect((await world.store.subscribers.find(ash.subscriber))?.subscriber).toMatchObject(expected);
  });

  test('a language is given back by choosing none', async () => {
    await changeProfile(world, ash.subscriber, { language: 'zh-Hans' });
    await changeProfile(world, ash.subscriber, { language: '' });
    expect((await world.store.subscribers.find(ash.subscriber))?.subscriber).not.toHaveProperty('language');
  });

  test('nobody comes back from being erased by it', async () => {
    await eraseSubscriber(world, ash.subscriber);
    expect(await changeProfile(world, ash.subscriber, { name: 'Ash' })).toBe('unknown');
    expect(await requestData(world, ash)).toBe('unknown');
    expect(await given.redis.keys('*subscriber:*')).toEqual([]);
  });
});

describe('one’s own data', () => {
  test('the way to it is sent by letter, three times a day at most', async () => {
    const answers: string[] = [];
    for (let times = 0; times < 4; times++) {
      answers.push(await requestData(world, ash));
      world.travel(1_000);
    }
    expect(answers).toEqual(['ordered', 'ordered', 'ordered', 'too-often']);
    expect(await world.letters()).toHaveLength(3);
    expect((await world.letters())[0]).toMatchObject({ kind: 'data', ...ash });
    world.travel(DAY_MS);
    expect(await requestData(world, ash)).toBe('ordered');
  });

  test('is all there is, in plain words', async () => {
    await deliverAll();
    await setPace(world, ash, gap('12h'));
    await readAgain(world, ash, 'five' as never);
    await pauseReading(world, ash, (await world.store.now()) + DAY_MS);
    await changeProfile(world, ash.subscriber, { language: 'zh-Hant' });
    const data = await exportData(world, ash.subscriber);
    expect(data).toMatchObject({
      address: 'ash@example.com',
      name: 'ash',
      language: 'zh-Hant',
      subscriptions: [
        {
          series: GARDEN,
          title: 'A garden',
          state: 'active',
          consent: { source: 'test' },
          pace: '12h',
          timesBegunAgain: 1,
          pausedUntil: expect.any(String) as string,
          finishedAt: expect.any(String) as string,
          next: 'five',
        },
      ],
      requests: [],
    });
    const issues = data?.subscriptions[0]?.issues ?? [];
    expect(issues.map(({ issue, isEarlierReading = false }) => [issue, isEarlierReading])).toEqual([
      ['one', false],
      ['two', false],
      ['three', false],
      ['four', false],
      ['five', true],
    ]);
    expect(issues[0]?.at).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(JSON.parse(JSON.stringify(data))).toEqual(data);
    // What is kept in the person's hash one day and not in this list must be added to the export. `due:` is `notBefore` by another name.
    const [key = ''] = await given.redis.keys('*subscriber:*');
    const known =
      /^(address|name|language|h(\+|\d*)|(series|consent|pace|round|due|paused|finished|issue|before|uncertain):.*)$/;
    expect((await given.redis.hkeys(key)).filter((field) => !known.test(field))).toEqual([]);
  });

  test('of nobody is nothing', async () => {
    expect(await exportData(world, subscriber('elm').id)).toBeUndefined();
    await eraseSubscriber(world, ash.subscriber);
    expect(await exportData(world, ash.subscriber)).toBeUndefined();
  });
});

const finishers = () => world.store.finished.list(GARDEN, 100);

describe('who has finished', () => {
  test('gets one letter, dated when the last issue was accepted', async () => {
    await deliverAll();
    const [first] = await finishers();
    expect(first).toMatchObject({ subscriber: ash.subscriber });
    await dispatchDue(world, GARDEN);
    await dispatchDue(world, GARDEN);
    expect(await world.letters()).toEqual([{ kind: 'finished', ...ash, at: first?.at }]);
    expect(await finishers()).toEqual([]);
  });

  test('and gets no second one for issues added later, or for reading again', async () => {
    await deliverAll();
    await dispatchDue(world, GARDEN);
    const issues = [...world.plan.issues, { ...world.plan.issues[0]!, id: 'six' as never }];
    await world.change({ issues, moves: [{ from: END, to: 'six' as never }] });
    expect(await world.deliver('ash')).toEqual(['six']);
    await readAgain(world, ash, 'six' as never);
    world.travel(DAY_MS);
    expect(await world.deliver('ash')).toEqual(['six']);
    expect(await finishers()).toEqual([]);
  });

  test('ordered again after a crash, it is the same job', async () => {
    await deliverAll();
    const [first] = await finishers();
    await world.queues.addLetter({ kind: 'finished', ...ash, at: first!.at });
    await dispatchDue(world, GARDEN);
    expect(await world.letters()).toHaveLength(1);
  });

  test('many at once are fifty a look', async () => {
    const names = Array.from({ length: 70 }, (_, index) => `reader-${index}`);
    await world.change({ issues: world.plan.issues.slice(0, 1), moves: [] });
    for (const name of names) {
      await world.join(name);
      await world.deliver(name);
    }
    await dispatchDue(world, GARDEN);
    expect(await world.letters()).toHaveLength(50);
    await dispatchDue(world, GARDEN);
    expect(await world.letters()).toHaveLength(70);
  });

  test('but has left since, gets none; nor does anybody where the writer wants none', async () => {
    await deliverAll();
    await leaveSeries(world, GARDEN, ash.subscriber);
    expect(await finishers()).toEqual([]);
    await world.change({ about: { ...world.plan.about, letters: ['goodbye'] } });
    await world.join('bay');
    await deliverAll('bay');
    expect(await finishers()).toEqual([]);
  });
});
