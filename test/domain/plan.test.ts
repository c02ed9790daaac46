import { describe, expect, test } from 'vitest';
import type { IssueId } from '../../src/domain/issue.ts';
import { END, placeAfter, placeToJoin, type PlannedIssue, type SeriesPlan } from '../../src/domain/plan.ts';
import { planWith } from '../support/ledger.ts';

const NOW = 1_000_000;
const issue = (id: string, more: Partial<PlannedIssue> = {}): PlannedIssue => ({
  id: id as IssueId,
  title: id,
  rendered: id,
  ...more,
});

describe('the place after an issue', () => {
  const plan = planWith([], { issues: [issue('one'), issue('gone', { retired: true }), issue('two')] });
  test.each([
    ['one', 'two'],
    ['gone', 'two'],
    ['two', END],
  ])('%s → %s', (id, next) => {
    expect(placeAfter(plan, id as IssueId)).toBe(next);
  });

  test('an issue the plan never had is a bug, not the beginning', () => {
    expect(() => placeAfter(plan, 'else' as IssueId)).toThrow('has no issue "else"');
  });
});

describe('where a new reader begins', () => {
  const past = issue('past', { releaseAt: NOW - 1 });
  const future = issue('future', { releaseAt: NOW + 1 });
  test.each<[string, Partial<SeriesPlan>, string]>([
    ['first: at the first issue', { join: 'first', issues: [past, future] }, 'past'],
    [
      'first: not at one that is retired',
      { join: 'first', issues: [issue('gone', { retired: true }), past] },
      'past',
    ],
    ['next: at the next to be released', { join: 'next', issues: [past, future] }, 'future'],
    ['next: at the end when all are out', { join: 'next', issues: [past, issue('undated')] }, END],
    [
      'next: at the first before the series starts',
      { join: 'next', startAt: NOW + 1, issues: [past] },
      'past',
    ],
    ['at the end of an empty series', { issues: [] }, END],
  ])('%s', (_, more, place) => {
    expect(placeToJoin(planWith([], more), NOW)).toBe(place);
  });
});
