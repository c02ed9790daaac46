import { describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../src/domain/instant.ts';
import type { Sample } from '../../src/domain/overview.ts';
import { acceptedToday, minutesOf } from '../../src/domain/sample.ts';

const NOON = Date.UTC(2026, 2, 1, 12);

const sample = (afterMs: number, accepted: number, more: Partial<Sample> = {}): Sample => ({
  at: NOON + afterMs,
  accepted,
  deferrals: 0,
  rejected: 0,
  doubts: 0,
  due: 0,
  tickets: 0,
  series: {},
  ...more,
});

const accepted = (samples: readonly Sample[], from = NOON) =>
  minutesOf(samples, from).map((minute) => minute.accepted);

describe('what went on in each minute', () => {
  test('is the difference of the totals, in the minute of the later sample', () => {
    const samples = [sample(0, 100), sample(30_000, 110), sample(70_000, 150), sample(110_000, 151)];
    expect(accepted(samples)).toEqual([10, 41]);
  });
  test('a minute nobody looked at is there, with nothing', () => {
    expect(accepted([sample(0, 0), sample(1_000, 5), sample(3 * MINUTE_MS, 9)])).toEqual([5, 0, 0, 4]);
  });
  test('minutes before the first sample are there as well', () => {
    expect(accepted([sample(0, 0), sample(1_000, 5)], NOON - 2 * MINUTE_MS)).toEqual([0, 0, 5]);
  });
  test('what was before is not counted, nor a total that became smaller', () => {
    expect(accepted([sample(0, 1_000), sample(1_000, 10), sample(2_000, 12)])).toEqual([2]);
  });
  test('of every kind', () => {
    const later = { deferrals: 2, rejected: 3, doubts: 4 };
    expect(minutesOf([sample(0, 0), sample(1_000, 1, later)], NOON)).toEqual([
      { at: NOON, accepted: 1, ...later },
    ]);
  });
  test('no sample, no minute', () => {
    expect(minutesOf([], NOON)).toEqual([]);
  });
});

test.each([
  ['nobody has looked before today', [], undefined],
  ['an earlier version looked', [{ day: '2026-03-30', joined: 1, left: 0, bounced: 0 }], undefined],
  ['only today is known', [{ day: '2026-03-31', accepted: 40, joined: 1, left: 0, bounced: 0 }], undefined],
  ['yesterday is known', [{ day: '2026-03-30', accepted: 40, joined: 1, left: 0, bounced: 0 }], 60],
  [
    'an issue was taken out with its counts',
    [{ day: '2026-03-30', accepted: 400, joined: 1, left: 0, bounced: 0 }],
    0,
  ],
] as const)('what was accepted today, when %s', (_, days, today) => {
  const now = Date.UTC(2026, 2, 31, 12);
  expect(acceptedToday({ now, days, totals: { accepted: 100, deferrals: 0, rejected: 0, doubts: 0 } })).toBe(
    today,
  );
});
