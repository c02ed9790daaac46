import { expect, test } from 'vitest';
import { shareConnections } from '../../src/app/share-connections.ts';

test.each([
  [1, { issues: 1, letters: 1 }],
  [2, { issues: 1, letters: 1 }],
  [5, { issues: 4, letters: 1 }],
  [10, { issues: 8, letters: 2 }],
  [20, { issues: 16, letters: 4 }],
  [100, { issues: 96, letters: 4 }],
])('of %i connections', (allowed, expected) => {
  expect(shareConnections(allowed)).toEqual(expected);
});
