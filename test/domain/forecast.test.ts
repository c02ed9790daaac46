import { expect, test } from 'vitest';
import type { SeriesPlan } from '../../src/domain/plan.ts';
import { forecast } from '../../src/domain/forecast.ts';
import { planWith } from '../support/ledger.ts';

const at = (text: string) => Date.parse(`2027-03-${text}Z`);
const days = (plan: Partial<SeriesPlan>, joinedAt: number, from = 0) =>
  forecast(planWith(['one', 'two', 'three'], plan), joinedAt, from).map((one) =>
    new Date(one.at).toISOString().slice(8, 16),
  );

const daily = { every: { kind: 'days', days: 1 }, at: 8 * 60, timezone: 'UTC' } as const;

test('a reader gets the first issue at once and the others at the hour', () => {
  expect(days({ cadence: daily }, at('01T15:00'))).toEqual(['01T15:00', '02T08:00', '03T08:00']);
});

test('nothing goes out before the series starts', () => {
  expect(days({ cadence: daily, startAt: at('05T06:00') }, at('01T15:00'))[0]).toBe('05T06:00');
});

test('an issue waits for its release, and the gap counts from there', () => {
  const [one, two, three] = planWith(['one', 'two', 'three']).issues;
  const issues = [one!, { ...two!, releaseAt: at('10T09:00') }, three!];
  expect(days({ cadence: daily, issues }, at('01T15:00'))).toEqual(['01T15:00', '10T09:00', '11T08:00']);
});

test('everything stays inside the window', () => {
  const window = { from: 9 * 60, to: 17 * 60 };
  const cadence = { every: { kind: 'elapsed', ms: 12 * 3_600_000 }, timezone: 'UTC', window } as const;
  expect(days({ cadence }, at('01T20:00'))).toEqual(['02T09:00', '03T09:00', '04T09:00']);
});
