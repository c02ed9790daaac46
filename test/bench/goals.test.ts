import { describe, expect, test } from 'vitest';
import { GOALS, judge } from '../../src/bench/goals.ts';
import { ROWS } from '../../src/bench/rows.ts';

const more = { key: 'k', floor: 6, aim: 8, better: 'more' } as const;
const less = { key: 'k', floor: 120, aim: 65, better: 'less' } as const;

describe('how far a value has come', () => {
  test.each([
    [more, 5.9, 'below'],
    [more, 6, 'floor'],
    [more, 7.9, 'floor'],
    [more, 8, 'aim'],
    [less, 121, 'below'],
    [less, 120, 'floor'],
    [less, 65, 'aim'],
    [less, 0, 'aim'],
    [more, NaN, 'below'],
    [less, NaN, 'below'],
  ] as const)('%j, %d: %s', (goal, value, reached) => {
    expect(judge(goal, value)).toBe(reached);
  });
});

test('every goal is of a row that there is, no two of the same figure, and its aim is no easier than its floor', () => {
  const rows = ROWS.map(({ name }) => name);
  for (const { key, floor, aim, better } of GOALS) {
    expect(rows).toContain(key.split('/', 1)[0]);
    expect(better === 'more' ? aim : floor).toBeGreaterThanOrEqual(better === 'more' ? floor : aim);
  }
  expect(new Set(GOALS.map(({ key }) => key)).size).toBe(GOALS.length);
});
