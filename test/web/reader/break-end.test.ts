import { describe, expect, test } from 'vitest';
import { breakDays, chosenBreakEnd } from '../../../src/web/reader/break-end.ts';

const at = (iso: string): number => Date.parse(iso);

describe('when a break ends', () => {
  test.each([
    ['week', '', '2026-11-24T12:00:00Z', 'UTC', '2026-12-01T00:00:00Z'],
    ['month', '', '2026-11-24T12:00:00Z', 'UTC', '2026-12-24T00:00:00Z'],
    ['quarter', '', '2026-11-24T12:00:00Z', 'UTC', '2027-02-24T00:00:00Z'],
    // A month without a 31st, and February in a common and a leap year.
    ['month', '', '2026-08-31T12:00:00Z', 'UTC', '2026-09-30T00:00:00Z'],
    ['month', '', '2027-01-30T12:00:00Z', 'UTC', '2027-02-28T00:00:00Z'],
    ['quarter', '', '2027-11-30T12:00:00Z', 'UTC', '2028-02-29T00:00:00Z'],
    // It is tomorrow already in Taipei, and midnight there is at 16:00 UTC.
    ['week', '', '2026-11-24T18:00:00Z', 'Asia/Taipei', '2026-12-01T16:00:00Z'],
    ['', '2026-12-24', '2026-11-24T12:00:00Z', 'Asia/Taipei', '2026-12-23T16:00:00Z'],
    ['', '24 Dec 2026', '2026-11-24T12:00:00Z', 'UTC', '2026-12-24T00:00:00Z'],
    ['', '2026-11-25', '2026-11-24T12:00:00Z', 'UTC', '2026-11-25T00:00:00Z'],
    ['', '2027-11-25', '2026-11-24T12:00:00Z', 'UTC', '2027-11-25T00:00:00Z'],
    // Midnight is skipped on this day in Havana.
    ['', '2026-03-08', '2026-03-01T12:00:00Z', 'America/Havana', '2026-03-08T05:00:00Z'],
    // An hour is more than was asked for.
    ['', '2026-12-24T17:00:00Z', '2026-11-24T12:00:00Z', 'UTC', '2026-12-24T00:00:00Z'],
  ])('%s%s, asked for at %s in %s: %s', (chosen, day, now, timezone, end) => {
    expect(chosenBreakEnd(chosen, day, at(now), timezone)).toBe(at(end));
  });

  test.each([
    ['today', '2026-11-24'],
    ['yesterday', '2026-11-23'],
    ['more than a year', '2027-11-26'],
    ['no day', '2026-02-30'],
    ['nothing', ''],
    ['words', 'when I am back'],
    ['a number', '99999999999999'],
  ])('%s is no day to end it', (_, day) => {
    expect(chosenBreakEnd('', day, at('2026-11-24T12:00:00Z'), 'UTC')).toBeUndefined();
    expect(chosenBreakEnd('constructor', day, at('2026-11-24T12:00:00Z'), 'UTC')).toBeUndefined();
  });

  test('the date field offers tomorrow to a year from now', () => {
    const now = at('2026-11-24T18:00:00Z');
    const { min, max } = breakDays(now, 'Asia/Taipei');
    expect({ min, max }).toEqual({ min: '2026-11-26', max: '2027-11-26' });
    expect(chosenBreakEnd('', min, now, 'Asia/Taipei')).toBeDefined();
    expect(chosenBreakEnd('', max, now, 'Asia/Taipei')).toBeDefined();
  });
});
