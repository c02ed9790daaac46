import { expect, test } from 'vitest';
import { isSendingTime } from '../../src/actions/dispatch-due.ts';
import type { SeriesPlan } from '../../src/domain/plan.ts';
import { planWith } from '../support/ledger.ts';

const NOON = Date.parse('2027-03-01T12:00:00Z');
const cadence = { every: { kind: 'elapsed', ms: 0 }, timezone: 'UTC' } as const;

test.each<[string, Partial<SeriesPlan>, boolean]>([
  ['a running series', {}, true],
  ['a paused one', { state: 'paused' }, false],
  ['a cancelled one', { state: 'cancelled' }, false],
  ['one that has not begun', { startAt: NOON + 1 }, false],
  ['inside the window', { cadence: { ...cadence, window: { from: 9 * 60, to: 17 * 60 } } }, true],
  [
    'outside of it, whoever is due',
    { cadence: { ...cadence, window: { from: 13 * 60, to: 17 * 60 } } },
    false,
  ],
])('%s', (_, more, expected) => {
  expect(isSendingTime(planWith(['one'], more), NOON)).toBe(expected);
});
