import { expect, test } from 'vitest';
import { formatEvery, parseEvery } from '../../src/domain/every.ts';
import { cadenceOf, isOffered, usualPaces } from '../../src/domain/pace.ts';
import { planWith } from '../support/ledger.ts';

test.each([
  ['1d', ['2d', '1w', '2w']],
  ['weekdays', ['2d', '1w', '2w']],
  ['2d', ['1w', '2w']],
  ['mon,thu', ['1w', '2w']],
  ['1w', ['2w']],
  ['sat', ['2w']],
  ['2w', []],
  ['30d', []],
  ['12h', []],
  ['90s', []],
  ['0', []],
])('a series with `every: %s` that says nothing of paces offers %j', (every, paces) => {
  expect(usualPaces(parseEvery(every)!).map(formatEvery)).toEqual(paces);
});

const gap = (text: string) => parseEvery(text)!;
const plan = planWith(['one'], { cadence: { every: gap('1d'), at: 480, timezone: 'Asia/Taipei' } });
const offering = { ...plan, about: { ...plan.about, paces: [gap('1w'), gap('12h')] } };

test('a reader has the gap they chose and everything else of the series', () => {
  expect(cadenceOf(offering, gap('7d'))).toEqual({ every: gap('1w'), at: 480, timezone: 'Asia/Taipei' });
  expect(cadenceOf(offering, undefined)).toBe(plan.cadence);
});

test('a pace that is not offered any more gives way to the series’ own', () => {
  expect(isOffered(offering, gap('2d'))).toBe(false);
  expect(cadenceOf(offering, gap('2d'))).toBe(plan.cadence);
});
