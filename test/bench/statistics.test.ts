import { expect, test } from 'vitest';
import { median, ratios } from '../../src/bench/statistics.ts';

test.each([
  [[7], 7],
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[1, 1, 1, 900], 1],
])('the median of %j is %d', (numbers, middle) => {
  expect(median(numbers)).toBe(middle);
});

test('no numbers have no median', () => {
  expect(() => median([])).toThrow(RangeError);
});

test('what is compared was measured in the same round', () => {
  // A machine that is half as fast in the second round changes no ratio.
  expect(ratios([900, 450], [300, 150])).toEqual([3, 3]);
  expect(() => ratios([1, 2], [1])).toThrow('Rounds are missing');
});
