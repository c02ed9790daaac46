import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueAfter, type Cadence, type Every } from '../../src/domain/cadence.ts';
import type { Weekday } from '../../src/domain/time-zone.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/instant.ts';
import { isInsideWindow } from '../../src/domain/send-window.ts';
import { clockChanges, naiveDueAfter, wallMinute } from '../support/naive-calendar.ts';
import { propertyRuns } from '../support/property-runs.ts';

const FIRST = Date.UTC(2020, 0);
const LAST = Date.UTC(2035, 11, 31);
const timezone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const minuteOfDay = fc.integer({ min: 0, max: 1439 });
const year = fc.integer({ min: 2020, max: 2035 });

const every = fc.oneof<fc.Arbitrary<Every>[]>(
  fc.record({ kind: fc.constant('elapsed'), ms: fc.integer({ min: 0, max: 2 * DAY_MS }) }),
  fc.record({ kind: fc.constant('days'), days: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    kind: fc.constant('weekdays'),
    weekdays: fc.subarray<Weekday>([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  }),
);
const cadence: fc.Arbitrary<Cadence> = fc.record(
  { every, timezone, at: minuteOfDay, window: fc.record({ from: minuteOfDay, to: minuteOfDay }) },
  { requiredKeys: ['every', 'timezone'] },
);

const anyInstant = fc.tuple(cadence, fc.integer({ min: FIRST, max: LAST }));
/** Where mistakes live: an issue accepted within three days of a clock change. */
const aroundClockChange = fc
  .tuple(cadence, year, fc.nat(1), fc.integer({ min: -3 * DAY_MS, max: DAY_MS }))
  .map(([cadence, year, which, distance]): [Cadence, number] => {
    const changes = clockChanges(year, cadence.timezone);
    return [cadence, (changes[which] ?? Date.UTC(year, 2, 28)) + distance];
  });

describe('whatever the zone, the cadence and the moment', () => {
  test.each([
    ['at any moment', anyInstant],
    ['around a clock change', aroundClockChange],
  ])('the due time is what watching a clock gives, %s', (_name, moments) => {
    fc.assert(
      fc.property(moments, ([cadence, acceptedAt]) => {
        expect(dueAfter(acceptedAt, cadence)).toBe(naiveDueAfter(acceptedAt, cadence));
      }),
      propertyRuns(120),
    );
  });

  test('the gap is a hard minimum, and a window is never left', () => {
    fc.assert(
      fc.property(fc.oneof(anyInstant, aroundClockChange), ([cadence, acceptedAt]) => {
        const due = dueAfter(acceptedAt, cadence);
        expect(isInsideWindow(due, cadence)).toBe(true);
        expect(due - acceptedAt).toBeGreaterThanOrEqual(shortestGap(cadence));
      }),
      propertyRuns(1_000),
    );
  });
});

function shortestGap({ every, at }: Cadence): number {
  if (every.kind === 'elapsed') return every.ms;
  if (every.kind === 'weekdays') return 12 * HOUR_MS;
  return every.days * DAY_MS - (at === undefined ? 0 : 12 * HOUR_MS);
}

const localDay = (instant: number, timezone: string): number =>
  Math.floor(wallMinute(instant, timezone) / 1440);

const ZONES = [
  'Asia/Taipei America/New_York Europe/London Australia/Lord_Howe Antarctica/Troll',
  'America/Santiago Africa/Casablanca Africa/Cairo Asia/Gaza America/St_Johns',
];

test.each(ZONES.flatMap((line) => line.split(' ')))(
  'a daily series at 02:30 in %s reaches its reader on every day of 2020–2035, once',
  (timezone) => {
    const cadence: Cadence = { every: { kind: 'days', days: 1 }, at: 150, timezone };
    const daysWithout: string[] = [];
    let day = localDay(dueAfter(FIRST, cadence), timezone);
    for (let due = dueAfter(FIRST, cadence); due < LAST; day++) {
      due = dueAfter(due + 3 * MINUTE_MS, cadence);
      if (localDay(due, timezone) !== day + 1) daysWithout.push(new Date(due).toISOString());
    }
    expect(daysWithout).toEqual([]);
    expect(day).toBeGreaterThan(localDay(LAST, timezone) - 2);
  },
);
