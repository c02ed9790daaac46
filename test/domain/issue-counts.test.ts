import { expect, test } from 'vitest';
import { addsUp, partsOf, type IssueCounts } from '../../src/domain/issue-counts.ts';
import type { IssueId } from '../../src/domain/issue.ts';

const counts: IssueCounts = {
  issue: 'one' as IssueId,
  entered: 37,
  waiting: 1,
  deferred: 2,
  doubted: 3,
  held: 4,
  accepted: 5,
  rejected: 6,
  suppressed: 7,
  skipped: 8,
  left: 1,
  onDetour: 0,
  detourAhead: 0,
  detourEnd: 0,
  sentAgain: { rejected: 0, suppressed: 0, skipped: 0 },
  deferrals: 90,
  doubts: 91,
};

test('each reader is in one part, and the parts add up to the audience', () => {
  const parts = partsOf(counts, 10);
  expect(parts).toEqual({
    accepted: 5,
    waiting: 11,
    deferred: 2,
    rejected: 6,
    suppressed: 7,
    skipped: 9,
    uncertain: 7,
  });
  expect(addsUp(counts.entered + 10, parts)).toBe(true);
});

test.each(['accepted', 'waiting', 'deferred', 'rejected', 'suppressed', 'skipped', 'held'] as const)(
  'one %s too many is seen',
  (part) => {
    expect(addsUp(counts.entered, partsOf({ ...counts, [part]: counts[part] + 1 }, 0))).toBe(false);
  },
);
