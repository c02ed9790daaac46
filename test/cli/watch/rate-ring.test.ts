import { describe, expect, test } from 'vitest';
import { RateRing } from '../../../src/cli/watch/rate-ring.ts';
import { sparkline } from '../../../src/cli/watch/sparkline.ts';

const readings = (...all: readonly (readonly [second: number, accepted: number])[]): number[] => {
  const ring = new RateRing();
  for (const [second, accepted] of all) ring.add({ at: 1e12 + second * 1_000, accepted });
  return ring.lastSeconds(600);
};

describe('mails in each second', () => {
  test.each([
    ['one reading says nothing', [[0, 5]], []],
    [
      'a second each',
      [
        [0, 5],
        [1, 8],
        [2, 8],
      ],
      [3, 0],
    ],
    [
      'three seconds between',
      [
        [0, 0],
        [3, 9],
      ],
      [3, 3, 3],
    ],
    [
      'two readings in a second are one',
      [
        [0, 0],
        [1, 4],
        [1.5, 6],
        [2, 7],
      ],
      [6, 1],
    ],
    [
      'issues that were taken out take their counts along',
      [
        [0, 9],
        [1, 4],
        [2, 6],
      ],
      [0, 2],
    ],
    [
      'a clock that was set back',
      [
        [9, 0],
        [10, 5],
        [3, 9],
        [4, 10],
      ],
      [1],
    ],
    [
      'a machine that slept',
      [
        [0, 0],
        [1, 5],
        [9_000, 9],
        [9_001, 10],
      ],
      [1],
    ],
  ] as const)('%s', (_, given, wanted) => {
    expect(readings(...(given as readonly (readonly [number, number])[]))).toEqual(wanted);
  });

  test('no more than ten minutes are kept', () => {
    const ring = new RateRing();
    for (let second = 0; second < 2_000; second++) ring.add({ at: second * 1_000, accepted: second });
    expect(ring.lastSeconds(10_000)).toHaveLength(600);
  });
});

test.each([
  [[], 4, '    ', '    '],
  [[0, 0], 4, '    ', '    '],
  [[1, 2, 4, 8], 4, '▁▂▄█', '_.=#'],
  [[1, 0, 1_000_000], 3, '▁ █', '_ #'],
  [[9, 9, 1, 8], 2, '▁█', '_#'],
  [[5], 3, '  █', '  #'],
])('a line of %o in %i columns', (values, columns, blocks, ascii) => {
  expect(sparkline(values, columns, { blocks: true })).toBe(blocks);
  expect(sparkline(values, columns, { blocks: false })).toBe(ascii);
});
