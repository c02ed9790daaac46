import { describe, expect, test } from 'vitest';
import type { RateBucket } from '../../src/domain/sending-limits.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { openRateStore } from '../../src/store/rates.ts';
import { mostInAnyWindow } from '../support/windows.ts';
import { redisPerFile } from '../support/redis-per-file.ts';
import { standingClock } from '../support/standing-clock.ts';

const given = redisPerFile();

const START = Date.UTC(2026, 2, 1, 12);
const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];
const garden = 'garden' as SeriesId;
const course = 'course' as SeriesId;

const bucketOf = (most: number, periodMs: number, name = 'all'): RateBucket => ({
  name,
  isAll: name === 'all',
  limits: [{ most, periodMs, says: `${most} in ${periodMs}` }],
});

function desk() {
  const clock = standingClock(START);
  const store = openRateStore(given.redis, clock);
  const takes: number[] = [];
  return {
    clock,
    store,
    takes,
    /** Asks for `n` at a time, for `ms`. */
    askEvery: async (stepMs: number, ms: number, n: number, bucket: RateBucket) => {
      const until = clock.at + ms;
      for (; clock.at < until; clock.at += stepMs) {
        const [answer] = await store.take(garden, [{ bucket, n }]);
        for (let i = 0; i < (answer?.may ?? 0); i++) takes.push(clock.at - START);
      }
    },
  };
}

describe('what may leave', () => {
  test.each([
    ['10 a second', 10, SECOND, 20 * SECOND, 50, 100],
    ['3 a second, asked for rarely', 3, SECOND, 60 * SECOND, 700, 5],
    ['120 a minute', 120, MINUTE, 3 * MINUTE, 333, 7],
  ])('%s: never more than rate × (T + 1 s) + 2 in any T', async (_what, most, periodMs, ms, stepMs, n) => {
    const { takes, askEvery } = desk();
    await askEvery(stepMs, ms, n, bucketOf(most, periodMs));
    const perMs = most / periodMs;
    for (const windowMs of [1, 100, SECOND, 5 * SECOND, 17_300])
      expect(mostInAnyWindow(takes, windowMs)).toBeLessThanOrEqual(perMs * (windowMs + SECOND) + 2.001);
    // And nearly all of it.
    expect(takes.length).toBeGreaterThan(0.9 * perMs * ms);
  });

  test.each([
    ['hour', 40, HOUR, 5 * HOUR, 7 * MINUTE],
    ['day', 100, DAY, 4 * DAY, 37 * MINUTE],
  ])(
    'in no %s more than its most, less what is kept for letters',
    async (_what, most, periodMs, ms, stepMs) => {
      const { takes, askEvery } = desk();
      await askEvery(stepMs, ms, 9, bucketOf(most, periodMs));
      expect(mostInAnyWindow(takes, periodMs)).toBe(most - Math.ceil(most / 20));
      expect(takes.length).toBeGreaterThan(0.9 * (ms / periodMs) * (most - Math.ceil(most / 20)));
    },
  );

  test('a day of warming up has its most, and the next one more', async () => {
    const { clock, store } = desk();
    const limits = [{ startDay: START / DAY - 0.5, first: 100, growth: 1.5, says: 'warm' }];
    const bucket = { name: 'all', isAll: true, limits };
    const sent: number[] = [];
    for (const day of [-1, 0, 1, 2]) {
      clock.at = START + day * DAY;
      let n = 0;
      for (let asks = 0; asks < 40; asks++) n += (await store.take(garden, [{ bucket, n: 10 }]))[0]?.may ?? 0;
      sent.push(n);
    }
    expect(sent).toEqual([95, 95, 142, 213]);
  });

  test('a letter has what is kept for it', async () => {
    const { store, askEvery, takes } = desk();
    await askEvery(10, 2 * SECOND, 50, bucketOf(10, SECOND));
    expect(takes.length).toBeGreaterThan(20);
    expect(await store.takeForLetter([{ bucket: bucketOf(10, SECOND), n: 1 }])).toMatchObject([{ may: 1 }]);
    const more = [];
    for (let i = 0; i < 3; i++)
      more.push(...(await store.takeForLetter([{ bucket: bucketOf(10, SECOND), n: 1 }])));
    expect(more.at(-1)).toMatchObject({ may: 0 });
  });

  test('a mail counts against its domain and against all', async () => {
    const { store } = desk();
    const [all, gmail] = [bucketOf(10, SECOND), bucketOf(2, SECOND, 'domain:gmail')];
    const answers = await store.take(garden, [
      { bucket: all, n: 4 },
      { bucket: gmail, n: 20 },
    ]);
    // Of four a domain may have at first, one is kept for letters.
    expect(answers.map(({ may }) => may)).toEqual([4, 3]);
    expect((await store.take(garden, [{ bucket: all, n: 20 }]))[0]?.may).toBe(4);
  });

  test('time that goes back gives nothing twice at once', async () => {
    const { clock, store } = desk();
    const ask = async () => (await store.take(garden, [{ bucket: bucketOf(10, SECOND), n: 50 }]))[0]?.may;
    expect(await ask()).toBe(11);
    clock.at -= HOUR;
    expect(await ask()).toBe(0);
    clock.at += SECOND;
    // Between two asks a millisecond passes, or none.
    expect([9, 10, 11]).toContain(await ask());
  });
});

/** Both series want all there is, one of them `lightly`: `n` at a time. */
async function share(ms: number, wants: Readonly<Record<string, number>>) {
  const { clock, store } = desk();
  const bucket = bucketOf(20, SECOND);
  const got: Record<string, number> = { garden: 0, course: 0 };
  for (const until = START + ms; clock.at < until; clock.at += 100) {
    for (const [series, n] of Object.entries(wants)) {
      const { may } = await store.room(series as SeriesId, { bucket, n: 250 });
      const claimed = Math.min(may, n);
      got[series] = (got[series] ?? 0) + claimed;
      if (may > claimed) await store.giveBack(series as SeriesId, { bucket, n: may - claimed }, claimed > 0);
    }
  }
  return got;
}

describe('who is claimed', () => {
  test('two series that want all there is have half each', async () => {
    const { garden = 0, course = 0 } = await share(20 * SECOND, { garden: 250, course: 250 });
    expect(garden + course).toBeGreaterThan(380);
    expect(Math.abs(garden - course)).toBeLessThan(40);
  });

  test('one whose readers come one at a time, a partition each, has its half', async () => {
    const { garden = 0, course = 0 } = await share(20 * SECOND, { garden: 250, course: 1 });
    expect(course).toBeGreaterThan(150);
    expect(garden + course).toBeGreaterThan(380);
  });

  test('alone, a series has all; beside one that wants little, the rest', async () => {
    expect((await share(20 * SECOND, { garden: 250 })).garden).toBeGreaterThan(380);
    const beside = await share(20 * SECOND, { garden: 250, course: 0 });
    expect(beside.garden).toBeGreaterThan(380);
  });

  test('one that has asked in vain for readers who were not there, and then has many, has its half as well', async () => {
    const { clock, store } = desk();
    const bucket = bucketOf(20, SECOND);
    const got = { garden: 0, course: 0 };
    for (let i = 0; clock.at < START + MINUTE; i++, clock.at += 200) {
      got.garden += (await store.room(garden, { bucket, n: 250 })).may;
      if (i % 20 > 0) continue;
      const { may } = await store.room(course, { bucket, n: 250 });
      await store.giveBack(course, { bucket, n: may }, false);
    }
    expect(got.garden).toBeGreaterThan(1_000);
    const until = clock.at + 10 * SECOND;
    for (; clock.at < until; clock.at += 200) {
      got.course += (await store.room(course, { bucket, n: 250 })).may;
      await store.room(garden, { bucket, n: 250 });
    }
    expect(got.course).toBeGreaterThan(70);
  });

  test('one that has asked for nothing does not make up for it', async () => {
    const { clock, store } = desk();
    const bucket = bucketOf(20, SECOND);
    for (; clock.at < START + MINUTE; clock.at += 200) await store.room(garden, { bucket, n: 250 });
    const got = { garden: 0, course: 0 };
    for (; clock.at < START + MINUTE + 10 * SECOND; clock.at += 200) {
      got.course += (await store.room(course, { bucket, n: 250 })).may;
      got.garden += (await store.room(garden, { bucket, n: 250 })).may;
    }
    expect(got.garden).toBeGreaterThan(70);
    expect(got.course).toBeGreaterThan(70);
  });
});

describe('who is put off', () => {
  const gmail = bucketOf(10, SECOND, 'domain:gmail');

  test('has a time of their own, as far from the next one as the limit says', async () => {
    const { store, clock } = desk();
    const [first] = await store.screen(garden, [{ bucket: gmail, n: 110 }]);
    expect(first).toMatchObject({ may: 10, stepMs: 100 });
    const [second] = await store.screen(garden, [{ bucket: gmail, n: 100 }]);
    // Behind the hundred that were put off before.
    expect(second?.may).toBe(0);
    expect(Math.abs((second?.waitMs ?? 0) - (first?.waitMs ?? 0) - 10_000)).toBeLessThan(100);
    expect([...(await store.limited(clock.at + 5)).values()]).toMatchObject([{ by: '10 in 1000' }]);
    expect((await store.limited(clock.at + HOUR)).size).toBe(0);
  });

  test('waits half an hour at most', async () => {
    const { store } = desk();
    for (let i = 0; i < 100; i++) {
      const [answer] = await store.screen(garden, [{ bucket: gmail, n: 250 }]);
      expect((answer?.waitMs ?? 0) + 249 * (answer?.stepMs ?? 0)).toBeLessThanOrEqual(30 * MINUTE);
    }
  });
});

test('buckets go away by themselves', async () => {
  const { store } = desk();
  await store.take(garden, [{ bucket: bucketOf(10, SECOND), n: 5 }]);
  await store.screen(garden, [{ bucket: bucketOf(10, SECOND, 'domain:gmail'), n: 50 }]);
  for (const key of await given.redis.keys('*')) expect(await given.redis.pttl(key)).toBeGreaterThan(0);
});
