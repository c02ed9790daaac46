import { describe, expect, test } from 'vitest';
import { dueAfter, firstDue, type Cadence } from '../../src/domain/cadence.ts';
import { parseEvery } from '../../src/domain/every.ts';
import { parseTimeOfDay, parseWindow } from '../../src/domain/time-of-day.ts';

const TAIPEI = 'Asia/Taipei';
const NEW_YORK = 'America/New_York';
const LONDON = 'Europe/London';

/** `1d`, `1d at 08:00`, `mon,thu at 08:00 in 09:00-20:00` → cadence. */
function cadenceOf(text: string, timezone: string): Cadence {
  const [, every = '', at, window] = /^(\S+)(?: at (\S+))?(?: in (\S+))?$/.exec(text) ?? [];
  const parsed = {
    every: parseEvery(every),
    ...(at === undefined ? {} : { at: parseTimeOfDay(at) }),
    ...(window === undefined ? {} : { window: parseWindow(window) }),
  };
  expect(Object.values(parsed)).not.toContain(undefined);
  return { ...parsed, timezone } as Cadence;
}

const iso = (instant: number): string => new Date(instant).toISOString().replace('.000Z', 'Z');

describe('the next issue is due', () => {
  test.each([
    // Elapsed gaps are exact, whatever the clocks do.
    ['0', TAIPEI, '2026-05-04T01:02:03Z', '2026-05-04T01:02:03Z'],
    ['90m', TAIPEI, '2026-05-04T01:02:03Z', '2026-05-04T02:32:03Z'],
    ['24h', NEW_YORK, '2026-03-07T13:00:00Z', '2026-03-08T13:00:00Z'],
    ['24h', NEW_YORK, '2026-10-31T12:00:00Z', '2026-11-01T12:00:00Z'],
    // Days without an hour are days of 24 hours.
    ['1d', TAIPEI, '2026-05-04T01:02:03Z', '2026-05-05T01:02:03Z'],
    ['1d', LONDON, '2026-03-28T09:00:00Z', '2026-03-29T09:00:00Z'],
    ['2w', TAIPEI, '2028-02-20T04:00:00Z', '2028-03-05T04:00:00Z'],
    // Days with an hour keep that hour: after a late minute, a late day, an early click.
    ['1d at 08:00', TAIPEI, '2026-05-04T00:00:00Z', '2026-05-05T00:00:00Z'],
    ['1d at 08:00', TAIPEI, '2026-05-04T00:07:31Z', '2026-05-05T00:00:00Z'],
    ['1d at 08:00', TAIPEI, '2026-05-04T11:59:59Z', '2026-05-05T00:00:00Z'],
    ['1d at 08:00', TAIPEI, '2026-05-04T12:00:00Z', '2026-05-05T00:00:00Z'],
    ['1d at 08:00', TAIPEI, '2026-05-04T12:00:01Z', '2026-05-06T00:00:00Z'],
    ['7d at 08:00', TAIPEI, '2026-05-04T09:00:00Z', '2026-05-11T00:00:00Z'],
    ['1d at 08:00', TAIPEI, '2028-02-28T00:00:00Z', '2028-02-29T00:00:00Z'],
    ['1d at 08:00', TAIPEI, '2028-02-29T00:00:00Z', '2028-03-01T00:00:00Z'],
    ['366d at 08:00', TAIPEI, '2028-02-29T00:00:00Z', '2029-03-01T00:00:00Z'],
    // The hour is kept when the clocks change: 23 and 25 hours later.
    ['1d at 08:00', NEW_YORK, '2026-03-07T13:00:00Z', '2026-03-08T12:00:00Z'],
    ['1d at 08:00', NEW_YORK, '2026-10-31T12:00:00Z', '2026-11-01T13:00:00Z'],
    ['1d at 08:00', NEW_YORK, '2027-03-13T13:00:00Z', '2027-03-14T12:00:00Z'],
    ['1d at 08:00', NEW_YORK, '2027-11-06T12:00:00Z', '2027-11-07T13:00:00Z'],
    ['1d at 08:00', LONDON, '2026-03-28T08:00:00Z', '2026-03-29T07:00:00Z'],
    ['1d at 08:00', LONDON, '2026-10-24T07:00:00Z', '2026-10-25T08:00:00Z'],
    ['1d at 08:00', LONDON, '2027-03-27T08:00:00Z', '2027-03-28T07:00:00Z'],
    ['1d at 08:00', LONDON, '2027-10-30T07:00:00Z', '2027-10-31T08:00:00Z'],
    // A time the clocks skip becomes the later one, for that day only.
    ['1d at 02:30', NEW_YORK, '2026-03-07T07:30:00Z', '2026-03-08T07:30:00Z'],
    ['1d at 02:30', NEW_YORK, '2026-03-08T07:30:00Z', '2026-03-09T06:30:00Z'],
    ['1d at 01:30', LONDON, '2027-03-27T01:30:00Z', '2027-03-28T01:30:00Z'],
    ['1d at 01:30', LONDON, '2027-03-28T01:30:00Z', '2027-03-29T00:30:00Z'],
    // A time the clocks show twice is the first, and not again.
    ['1d at 01:30', NEW_YORK, '2026-10-31T05:30:00Z', '2026-11-01T05:30:00Z'],
    ['1d at 01:30', NEW_YORK, '2026-11-01T05:30:00Z', '2026-11-02T06:30:00Z'],
    ['1d at 01:30', NEW_YORK, '2026-10-31T18:00:00Z', '2026-11-02T06:30:00Z'],
    ['1d at 01:30', LONDON, '2026-10-24T00:30:00Z', '2026-10-25T00:30:00Z'],
    // A skipped 23:30 lies after midnight: looking from there, it is still to come.
    ['1d at 23:30', 'America/Scoresbysund', '2026-03-28T14:10:00Z', '2026-03-30T00:30:00Z'],
    ['1d at 23:30', 'America/Scoresbysund', '2026-03-28T13:10:00Z', '2026-03-29T01:30:00Z'],
    // Weekdays: 2026-05-04 is a Monday.
    ['weekdays', TAIPEI, '2026-05-04T00:00:00Z', '2026-05-05T00:00:00Z'],
    ['weekdays', TAIPEI, '2026-05-08T00:00:00Z', '2026-05-11T00:00:00Z'],
    ['weekends', TAIPEI, '2026-05-08T00:00:00Z', '2026-05-09T00:00:00Z'],
    ['mon,thu at 19:15', TAIPEI, '2026-05-04T11:15:00Z', '2026-05-07T11:15:00Z'],
    ['mon,thu at 19:15', TAIPEI, '2026-05-07T11:15:00Z', '2026-05-11T11:15:00Z'],
    ['monday', TAIPEI, '2026-05-04T00:00:00Z', '2026-05-11T00:00:00Z'],
    ['monday', TAIPEI, '2026-05-03T11:00:00Z', '2026-05-04T00:00:00Z'],
    ['monday', TAIPEI, '2026-05-03T13:00:00Z', '2026-05-11T00:00:00Z'],
    ['sun at 02:30', NEW_YORK, '2026-03-01T07:30:00Z', '2026-03-08T07:30:00Z'],
    // The window has the last word.
    ['1d in 08:00-20:00', TAIPEI, '2026-05-04T11:59:59Z', '2026-05-05T11:59:59Z'],
    ['1d in 08:00-20:00', TAIPEI, '2026-05-04T12:00:00Z', '2026-05-06T00:00:00Z'],
    ['12h in 08:00-20:00', TAIPEI, '2026-05-04T08:00:00Z', '2026-05-05T00:00:00Z'],
    ['1d at 06:00 in 08:00-20:00', TAIPEI, '2026-05-04T00:00:00Z', '2026-05-05T00:00:00Z'],
    ['mon at 21:00 in 08:00-20:00', TAIPEI, '2026-05-05T00:00:00Z', '2026-05-12T00:00:00Z'],
    // An hour after the window is the opening of the day after, every day and not every other day.
    ['1d at 21:00 in 08:00-20:00', TAIPEI, '2026-05-05T00:05:00Z', '2026-05-06T00:00:00Z'],
    ['2d at 21:00 in 08:00-20:00', TAIPEI, '2026-05-05T00:05:00Z', '2026-05-07T00:00:00Z'],
    ['weekdays at 21:00 in 08:00-20:00', TAIPEI, '2026-05-05T00:05:00Z', '2026-05-06T00:00:00Z'],
    ['1d at 21:00 in 08:00-20:00', TAIPEI, '2026-05-05T11:55:00Z', '2026-05-06T00:00:00Z'],
  ])('%s in %s after %s: %s', (text, timezone, acceptedAt, due) => {
    expect(iso(dueAfter(Date.parse(acceptedAt), cadenceOf(text, timezone)))).toBe(due);
  });
});

describe('the first issue', () => {
  test('is due at once, whatever the hour of the rhythm after it', () => {
    const joinedAt = Date.parse('2026-05-04T03:04:05.678Z');
    expect(firstDue(joinedAt, cadenceOf('weekdays at 08:00', TAIPEI))).toBe(joinedAt);
  });

  test('waits for the send window', () => {
    const cadence = cadenceOf('1d at 08:00 in 09:00-20:00', TAIPEI);
    expect(iso(firstDue(Date.parse('2026-05-04T13:00:00Z'), cadence))).toBe('2026-05-05T01:00:00Z');
  });
});

test('a list of no weekdays is a bug and says so', () => {
  const cadence: Cadence = { every: { kind: 'weekdays', weekdays: [] }, timezone: TAIPEI };
  expect(() => dueAfter(0, cadence)).toThrow('at least one weekday');
});

test('an unknown time zone is a bug and says so', () => {
  expect(() => dueAfter(0, cadenceOf('1d at 08:00', 'Asia/Atlantis'))).toThrow(RangeError);
});
