import { expect, test } from 'vitest';
import { foldIssues, isFold } from '../../../src/cli/watch/fold-issues.ts';
import type { IssueStatus } from '../../../src/domain/series-status.ts';
import { issueSample, NOW } from '../../support/status-samples.ts';

const series = (length: number, own: Readonly<Record<number, Partial<IssueStatus>>> = {}): IssueStatus[] =>
  Array.from({ length }, (_, index) => issueSample({ number: index + 1, ...own[index + 1] }));
const told = (issues: IssueStatus[]) =>
  foldIssues(issues).map((row) => (isFold(row) ? `${row.from}-${row.to} ${row.state}` : row.number));

test.each([
  ['few are shown', series(10), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
  ['none has begun', series(12), ['1-12 waiting']],
  [
    'over, the last one, the next one, to come',
    series(40, {
      ...Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [i + 1, { accepted: 5, state: 'complete' }]),
      ),
      21: { waiting: 5, nextDueAt: NOW },
    }),
    ['1-19 complete', 20, 21, '22-40 waiting'],
  ],
  [
    'a run of two is no run',
    series(12, { 3: { deferred: 1 }, 6: { uncertain: 1 } }),
    [1, 2, 3, 4, 5, 6, '7-12 waiting'],
  ],
  [
    'sending, held, wrong',
    series(14, { 5: { state: 'sending' }, 10: { state: 'held' }, 14: { addsUp: false } }),
    ['1-4 waiting', 5, '6-9 waiting', 10, '11-13 waiting', 14],
  ],
])('%s', (_, issues, wanted) => {
  expect(told(issues)).toEqual(wanted);
});

test('nobody gets lost in a fold', () => {
  const issues = series(100, { 50: { state: 'sending' } });
  expect(foldIssues(issues).flatMap((row) => (isFold(row) ? row.issues : [row]))).toEqual(issues);
});
