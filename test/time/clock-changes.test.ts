import { describe, expect, test } from 'vitest';
import { dueAfter, type Cadence } from '../../src/domain/cadence.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/instant.ts';
import { intoWindow, isInsideWindow } from '../../src/domain/send-window.ts';
import type { SendWindow } from '../../src/domain/time-of-day.ts';
import type { Weekday } from '../../src/domain/time-zone.ts';
import { drawPart } from '../support/drawn-part.ts';
import { openTestApp } from '../support/app.ts';
import { clockChanges, wallMinute } from '../support/naive-calendar.ts';
import { WatchedClock } from '../support/watched-clock.ts';

const YEARS = Array.from({ length: 16 }, (_, index) => 2020 + index);

/** How many times at least each zone's clocks change in 2020–2035: an older Node's time zone data may know more. */
const ZONES = [
  ['Europe/Berlin', 32],
  ['Europe/London', 32],
  ['Europe/Dublin', 32],
  ['America/New_York', 32],
  ['America/Santiago', 32],
  // By half an hour.
  ['Australia/Lord_Howe', 32],
  // To and from 12:45 ahead of UTC.
  ['Pacific/Chatham', 32],
  // Around Ramadan, the other way round than elsewhere.
  ['Africa/Casablanca', 34],
  // Until 2022.
  ['Asia/Tehran', 6],
  ['America/Sao_Paulo', 0],
  ['Asia/Taipei', 0],
] as const;

const changesIn = (timezone: string): number[] => YEARS.flatMap((year) => clockChanges(year, timezone));

/** A clock change, and the times of day that the clocks skip or show twice: `from` is the earlier one. */
interface Change {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly clock: WatchedClock;
}

const WATCHED_MS = 6 * DAY_MS;

function changeAt(at: number, timezone: string): Change {
  const before = wallMinute(at - MINUTE_MS, timezone) + 1;
  const after = wallMinute(at, timezone);
  const clock = new WatchedClock(timezone, at - WATCHED_MS, at + WATCHED_MS);
  return { at, from: Math.min(before, after), to: Math.max(before, after), clock };
}

const ofDay = (minute: number): number => ((minute % 1440) + 1440) % 1440;

/** In and around what is skipped or shown twice, and far away. */
function timesAround({ from, to }: Change): number[] {
  const middle = Math.floor((from + to) / 2);
  return [from - 1, from, middle, to - 1, to, from + 12 * 60].map(ofDay);
}

function windowsAround({ from, to }: Change): SendWindow[] {
  const middle = Math.floor((from + to) / 2);
  const spans = [
    [from, to],
    [from - 90, middle],
    [middle, to + 90],
    [from + 5, to - 5],
    [to + 60, from - 60],
  ] as const;
  return spans.map(([opens, closes]) => ({ from: ofDay(opens), to: ofDay(closes) }));
}

const withTimes = (change: Change) => (window: SendWindow) =>
  timesAround(change)
    .filter((_, index) => index % 2 === 0)
    .map((at) => [window, at] as const);

const delayOf = (n: number): number => ((n * 37) % 180) * MINUTE_MS;

/** When a reader is due, each issue accepted up to three hours after it was. */
function duesFrom(first: number, cadence: Cadence, until: number): number[] {
  const dues: number[] = [];
  for (let due = dueAfter(first + MINUTE_MS, cadence), n = 0; due < until; n++) {
    dues.push(due);
    due = dueAfter(due + delayOf(n), cadence);
  }
  return dues;
}

const iso = (instants: readonly number[]): string[] => instants.map((ms) => new Date(ms).toISOString());

const part = drawPart();

describe.each(ZONES)(`%s (${part.name})`, (timezone, count) => {
  const changesAt = changesIn(timezone);
  /** Two of the six parts: a third of sixteen years' changes, another one each run. */
  const changes = changesAt
    .filter((_, index) => part.isIn(index, 0) || part.isIn(index, 3))
    .map((at) => changeAt(at, timezone));

  test(`the clocks change ${count} times or more, all of them seen`, () => {
    expect(changesAt.length).toBeGreaterThanOrEqual(count);
    expect(changesAt.filter((at) => at % (15 * MINUTE_MS) !== 0)).toEqual([]);
  });

  test('a daily series keeps its hour over every change: each day once, the times the clock says', () => {
    for (const change of changes) {
      for (const at of timesAround(change)) {
        const [first = 0, ...moments] = change.clock.momentsOf(at);
        const last = moments.at(-1) ?? 0;
        const cadence: Cadence = { every: { kind: 'days', days: 1 }, at, timezone };
        expect(iso(duesFrom(first, cadence, last + 1))).toEqual(iso(moments));
      }
    }
  });

  test('so do weekdays', () => {
    const weekdays: Weekday[] = [1, 3, 6, 7];
    for (const change of changes) {
      for (const at of timesAround(change)) {
        const wanted = change.clock.momentsOf(at, (day) => weekdays.some((one) => one === day));
        const [first = 0, ...moments] = wanted;
        const cadence: Cadence = { every: { kind: 'weekdays', weekdays }, at, timezone };
        expect(iso(duesFrom(first, cadence, (moments.at(-1) ?? 0) + 1))).toEqual(iso(moments));
      }
    }
  });

  test('a window is open when the clock on the wall says so, and opens when it first does', () => {
    const wrong: string[] = [];
    for (const change of changes) {
      for (const window of windowsAround(change)) {
        let opening = Infinity;
        for (let now = change.at + DAY_MS; now >= change.at - DAY_MS; now -= MINUTE_MS) {
          const isOpen = isWithin(window, change.clock.minuteAt(now));
          if (isOpen) opening = now;
          if (isInsideWindow(now, { timezone, window }) !== isOpen) wrong.push(`open ${iso([now]).join()}`);
          const isKnown = opening < Infinity && now % (30 * MINUTE_MS) === 0;
          if (isKnown && intoWindow(now, { timezone, window }) !== opening) wrong.push(iso([now]).join());
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('a daily series in a window comes at its hour, or when the window opens after it, and never twice', () => {
    for (const change of changes) {
      for (const [window, at] of windowsAround(change).flatMap(withTimes(change))) {
        const moments = change.clock.momentsOf(at).slice(0, -2);
        const answers = moments.map((moment) =>
          change.clock.firstTime(moment, (minute) => isWithin(window, minute)),
        );
        const first = answers[0] ?? 0;
        const cadence: Cadence = { every: { kind: 'days', days: 1 }, at, timezone, window };
        const dues = duesFrom(first, cadence, (answers.at(-1) ?? 0) + 1);
        const expected = dues.map((_, n) => {
          const accepted = n === 0 ? first + MINUTE_MS : (dues[n - 1] ?? 0) + delayOf(n - 1);
          return answers.find((answer) => answer >= accepted + 12 * HOUR_MS) ?? 0;
        });
        expect(iso(dues)).toEqual(iso(expected));
        // Only a window that the clocks skip as a whole has no answer of its own that day.
        expect(dues.length).toBeGreaterThanOrEqual(answers.length - 3);
        expect(gaps(dues).filter((ms) => ms < 12 * HOUR_MS)).toEqual([]);
      }
    }
  });

  test('sixteen years of days without one missed or doubled, at an hour that is skipped and shown twice', () => {
    const [change] = changes;
    for (const at of change === undefined ? [150, 480] : timesAround(change)) {
      const cadence: Cadence = { every: { kind: 'days', days: 1 }, at, timezone };
      const dues = duesFrom(Date.UTC(2020, 0, 2), cadence, Date.UTC(2036, 0));
      const days = dues.map((due) => Math.floor(wallMinute(due, timezone) / 1440));
      expect(days.filter((day, index) => index > 0 && day !== (days[index - 1] ?? 0) + 1)).toEqual([]);
      expect(days.length).toBeGreaterThan(16 * 365);
      const odd = dues.filter((due) => ofDay(wallMinute(due, timezone)) !== at);
      // Only what is skipped comes at another time, at most once a change.
      expect(odd.length).toBeLessThanOrEqual(Math.ceil(changesAt.length / 2));
      expect(gaps(dues).filter((ms) => ms < 22 * HOUR_MS || ms > 26 * HOUR_MS)).toEqual([]);
    }
  });
});

const gaps = (instants: readonly number[]): number[] =>
  instants.slice(1).map((instant, index) => instant - (instants[index] ?? 0));

const isWithin = ({ from, to }: SendWindow, minute: number): boolean =>
  from < to ? minute >= from && minute < to : minute >= from || minute < to;

/** In the order in which they come. */
const NIGHTS = [
  ['America/New_York', '2027-03-14T07:00:00Z', '02:30'],
  ['Australia/Lord_Howe', '2027-10-02T15:30:00Z', '02:15'],
  ['America/New_York', '2027-11-07T06:00:00Z', '01:30'],
] as const;

test('a reader of a daily series gets an issue at its hour of every day, also where the clocks change', async () => {
  const [[, first]] = NIGHTS;
  const t = await openTestApp({ from: new Date(Date.parse(first) - 10 * DAY_MS) });
  try {
    for (const [timezone, changesAt, at] of NIGHTS) {
      const change = Date.parse(changesAt);
      const [hours = 0, minutes = 0] = at.split(':').map(Number);
      const clock = new WatchedClock(timezone, change - 4 * DAY_MS, change + 4 * DAY_MS);
      const [begins = 0, ...moments] = clock.momentsOf(hours * 60 + minutes).slice(1, 6);
      const name = `daily-at-${at.replace(':', '-')}`;
      const posts = ['1-one', '2-two', '3-three', '4-four', '5-five'].map((post) => [post, `title: ${post}`]);
      await t.write(name, `every: 1d\nat: "${at}"\ntimezone: ${timezone}`, Object.fromEntries(posts));
      await t.travel(begins + 5 * MINUTE_MS - (await t.app.store.now()));
      await t.schedule(name);
      await t.join(name, name);
      await t.settle();
      const had = () => [name, t.received(name).length];
      expect(had()).toEqual([name, 1]);
      for (const [index, moment] of moments.entries()) {
        await t.travel(moment - MINUTE_MS - (await t.app.store.now()));
        expect(had()).toEqual([name, index + 1]);
        await t.travel(2 * MINUTE_MS);
        expect(had()).toEqual([name, index + 2]);
      }
    }
  } finally {
    await t.close();
  }
});
