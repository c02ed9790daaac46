import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Every } from '../../src/domain/cadence.ts';
import type { Weekday } from '../../src/domain/time-zone.ts';
import { formatEvery, parseEvery } from '../../src/domain/every.ts';

const elapsed = (ms: number): Every => ({ kind: 'elapsed', ms });
const days = (days: number): Every => ({ kind: 'days', days });
const weekdays = (...weekdays: Weekday[]): Every => ({ kind: 'weekdays', weekdays });

describe('a gap is read', () => {
  test.each<[string, Every, string]>([
    ['1d', days(1), '1d'],
    ['2d', days(2), '2d'],
    ['1w', days(7), '1w'],
    ['366d', days(366), '366d'],
    ['daily', days(1), '1d'],
    ['Weekly', days(7), '1w'],
    ['14d', days(14), '2w'],
    ['12h', elapsed(43_200_000), '12h'],
    ['24h', elapsed(86_400_000), '24h'],
    ['90m', elapsed(5_400_000), '90m'],
    ['60m', elapsed(3_600_000), '1h'],
    ['30s', elapsed(30_000), '30s'],
    ['250ms', elapsed(250), '250ms'],
    ['0', elapsed(0), '0'],
    ['0d', elapsed(0), '0'],
    ['weekdays', weekdays(1, 2, 3, 4, 5), 'weekdays'],
    ['weekends', weekdays(6, 7), 'weekends'],
    ['mon,thu', weekdays(1, 4), 'mon,thu'],
    [' Thu, Mon ', weekdays(1, 4), 'mon,thu'],
    ['monday', weekdays(1), 'mon'],
    ['tues,THURSDAY,tue', weekdays(2, 4), 'tue,thu'],
    ['sat,sun', weekdays(6, 7), 'weekends'],
  ])('%s', (text, every, shortest) => {
    expect(parseEvery(text)).toEqual(every);
    expect(formatEvery(every)).toBe(shortest);
  });

  const REFUSED = [
    '| |d|1|-1d|1.5h|1d 2h|1y|1month|367d|53w|8785h|99999999999999999s|１d',
    'mo|mon,|,mon|mon thu|mon,funday|mondayy|sometimes|every 1d',
  ];
  test.each(REFUSED.flatMap((line) => line.split('|')))('not %j', (text) => {
    expect(parseEvery(text)).toBeUndefined();
  });

  test('as it was written, whatever the gap', () => {
    const gap = fc.oneof(
      fc.integer({ min: 0, max: 366 * 86_400_000 }).map(elapsed),
      fc.integer({ min: 1, max: 366 }).map(days),
      fc.subarray<Weekday>([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }).map((list) => weekdays(...list)),
    );
    fc.assert(
      fc.property(gap, (every) => {
        expect(parseEvery(formatEvery(every))).toEqual(every);
      }),
    );
  });
});
