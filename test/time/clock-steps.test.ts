import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { seriesStatus } from '../../src/actions/series-status.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/domain/instant.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { subscriberIdOf } from '../../src/domain/subscriber.ts';
import { addressOf, openTestApp, type TestApp } from '../support/app.ts';
import { beginSteppedSend, GAP_MS, TITLES, type Arrival, type SteppedSend } from './stepped-send.ts';

const READERS = Array.from({ length: 16 }, (_, index) => `reader-${index}`);
const STEPS = [HOUR_MS, -HOUR_MS, DAY_MS, -DAY_MS];

let seed = 0;
/** The same numbers for the same seed (mulberry32). */
function random(): number {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
}

const shuffled = (steps: readonly number[]): number[] =>
  steps
    .map((step) => [random(), step] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, step]) => step);

/**
 * The gaps of one reader. A clock that goes back while a mail is on its way shortens what it shows and not what went by; one that goes
 * forward between the server's answer and the record is seen by one of the two: a gap was kept if any of the three says so.
 */
async function gapsOf({ t }: SteppedSend, reader: string, mails: readonly Arrival[]): Promise<number[]> {
  const id = subscriberIdOf(addressOf(reader), t.app.salt);
  const recorded = ((await t.app.store.subscribers.find(id))?.history ?? []).map(({ at }) => at);
  return mails.slice(1).map((mail, index) => {
    const before = mails[index];
    const byRecord = (recorded[index + 1] ?? 0) - (recorded[index] ?? 0);
    return Math.max(mail.ledgerAt - (before?.ledgerAt ?? 0), mail.realAt - (before?.realAt ?? 0), byRecord);
  });
}

test.each([1])(
  'the clock set by hours and days in the middle of sending: each issue once, in order, with the gap (seed %s)',
  async (givenSeed) => {
    seed = givenSeed;
    const send = await beginSteppedSend(READERS, () => 60 + random() * 200);
    try {
      await send.t.settle();
      for (const step of shuffled(STEPS)) {
        send.t.clock.offsetMs += GAP_MS;
        await sleep(50 + random() * 300);
        send.step(step);
        await send.t.settle();
      }
      // The clock was set back by a day at most: whoever waits, waits no longer than that.
      for (let days = 0; days < TITLES.length; days++) await send.t.travel(GAP_MS);
      const arrivals = send.arrivals();
      expect(arrivals).toHaveLength(READERS.length * TITLES.length);
      for (const reader of READERS) {
        const mails = arrivals.filter((mail) => mail.reader === reader);
        expect(mails.map(({ title }) => title)).toEqual(TITLES);
        for (const gap of await gapsOf(send, reader, mails))
          expect(gap).toBeGreaterThanOrEqual(GAP_MS - SECOND_MS);
      }
      const status = await seriesStatus(send.t.app, 'daily' as SeriesId);
      expect(
        status?.issues.map(({ accepted, uncertain, addsUp }) => ({ accepted, uncertain, addsUp })),
      ).toEqual(TITLES.map(() => ({ accepted: READERS.length, uncertain: 0, addsUp: true })));
    } finally {
      await send.close();
    }
  },
  120_000,
);

test.concurrent.each([
  ['forward by a day', DAY_MS],
  ['back by a day', -DAY_MS],
])(
  'set %s while a slow server has every mail in its hands, the clock doubles none',
  async (_name, ms) => {
    const readers = ['ash', 'elm', 'oak'];
    const send = await beginSteppedSend(readers, () => 1_000);
    try {
      await send.untilArrivals(readers.length);
      send.step(ms);
      await send.t.settle();
      // With the clock a day on, the next issue was due as soon as the first was on record.
      const first = send.arrivals().filter(({ title }) => title === 'One');
      expect(first.map(({ reader }) => reader).toSorted()).toEqual(readers);
      expect((await seriesStatus(send.t.app, 'daily' as SeriesId))?.issues[0]).toMatchObject({
        accepted: readers.length,
        uncertain: 0,
      });
    } finally {
      await send.close();
    }
  },
  60_000,
);

test('a clock set back makes a reader wait as long as it was set back, and no longer', async () => {
  const send = await beginSteppedSend(['ash'], () => 1);
  try {
    await send.untilArrivals(1);
    await send.t.settle();
    send.step(-DAY_MS);
    await send.t.travel(GAP_MS + DAY_MS - MINUTE_MS);
    expect(send.arrivals()).toHaveLength(1);
    await send.t.travel(2 * MINUTE_MS);
    expect(send.arrivals()).toHaveLength(2);
  } finally {
    await send.close();
  }
}, 60_000);

describe('with the clock on its way there and back', () => {
  let t: TestApp;
  afterEach(() => t.close());
  const MONDAY = new Date('2027-03-01T00:00:00Z');
  const at = (hours: number) => new Date(MONDAY.getTime() + hours * HOUR_MS).toISOString();

  test('a series begins and its issues are released when the clock says so, and what was taken back stays sent', async () => {
    t = await openTestApp({ from: MONDAY });
    await t.write('serial', 'every: 0', {
      '1-one': `title: One\ndate: ${at(3)}`,
      '2-two': `title: Two\ndate: ${at(30)}`,
    });
    await t.schedule('serial', { startAt: MONDAY.getTime() + 6 * HOUR_MS });
    await t.join('serial', 'ash');
    await t.travel(5 * HOUR_MS);
    await t.travel(-HOUR_MS);
    await t.travel(HOUR_MS + 59 * MINUTE_MS);
    expect(t.received('ash')).toEqual([]);
    await t.travel(2 * MINUTE_MS);
    expect(t.received('ash')).toEqual(['One']);

    // Before the series began: who has had an issue keeps it, who comes now waits for the start once more.
    await t.travel(-DAY_MS);
    await t.join('serial', 'elm');
    await t.settle();
    expect(t.received('elm')).toEqual([]);
    await t.travel(DAY_MS);
    expect([t.received('ash'), t.received('elm')]).toEqual([['One'], ['One']]);
    await t.travel(DAY_MS);
    await t.travel(-DAY_MS);
    await t.travel(DAY_MS);
    expect([t.received('ash'), t.received('elm')]).toEqual([
      ['One', 'Two'],
      ['One', 'Two'],
    ]);
  }, 60_000);

  test('a window is kept, and a deferred reader waits until the clock has caught up', async () => {
    let refusals = 0;
    t = await openTestApp({
      from: new Date('2027-03-01T10:00:00Z'),
      script: (moment) => (moment.at === 'rcpt' && refusals++ === 0 ? '451 4.2.0 Later' : undefined),
    });
    await t.write('letters', 'every: 0\nwindow: 08:00-20:00\ntimezone: UTC', { '01-one': 'title: One' });
    await t.schedule('letters');
    await t.travelDays(2);
    await t.join('letters', 'ash');
    await t.settle();
    expect(t.smtp.transactions).toHaveLength(0);
    await t.travel(-HOUR_MS);
    await t.travel(HOUR_MS - MINUTE_MS);
    expect(t.smtp.transactions).toHaveLength(0);
    await t.travel(3 * MINUTE_MS);
    expect(t.received('ash')).toEqual(['One']);
    expect(refusals).toBe(2);
  }, 60_000);
});
