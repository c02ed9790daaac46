import { describe, expect, test } from 'vitest';
import { formatEvery, parseEvery } from '../../src/domain/every.ts';
import type { Issue, IssueId } from '../../src/domain/issue.ts';
import { END } from '../../src/domain/plan.ts';
import { proposePlan, type ProposalInput } from '../../src/domain/propose-plan.ts';
import type { Series } from '../../src/domain/series.ts';

const NOW = Date.UTC(2027, 0, 1);

function seriesOf(ids: string, more: Partial<Series> = {}): Series {
  const issues = ids.split('').map((id, index) => ({ id, number: index + 1, title: id }) as unknown as Issue);
  const cadence = { every: { kind: 'days', days: 1 }, at: 480, timezone: 'UTC' };
  return { id: 'garden', title: 'A garden', join: 'first', cadence, issues, ...more } as unknown as Series;
}

const propose = (series: Series, more: Partial<ProposalInput> = {}) =>
  proposePlan({
    series,
    rendered: new Map(series.issues.map(({ id }) => [id, `hash of ${id}`])),
    choices: {},
    now: NOW,
    ...more,
  });

const gap = (text: string) => parseEvery(text)!;

const first = propose(seriesOf('abc')).plan;

test('the first plan runs from now on, with everybody from before at its beginning', () => {
  expect(first).toMatchObject({ revision: 1, state: 'running', startAt: NOW });
  expect(first.moves).toContainEqual({ from: '@start', to: 'a' });
});

test('readers put before an issue that is not in the first plan begin at the beginning', () => {
  const { plan } = propose(seriesOf('abc'), { early: ['b', 'x'] as IssueId[] });
  expect(plan.moves).toContainEqual({ from: 'x', to: 'a' });
  expect(plan.moves.some(({ from }) => from === 'b')).toBe(false);
});

test.each<[string, Partial<Series>, Partial<ProposalInput>, string[]]>([
  ['a series that says nothing', {}, {}, ['2d', '1w', '2w']],
  ['a rhythm of the command line', {}, { choices: { every: gap('1w') } }, ['2w']],
  ['a hurried rhythm of the command line', {}, { choices: { every: gap('5s') } }, []],
  ['paces of its own', { paces: [gap('12h'), gap('1d'), gap('3d')] }, {}, ['12h', '3d']],
  ['no choice', { paces: [] }, {}, []],
])('the paces of %s', (_, series, input, paces) => {
  expect(propose(seriesOf('abc', series), input).plan.about.paces.map(formatEvery)).toEqual(paces);
});

describe('a second proposal', () => {
  test('of the same content is the plan in force', () => {
    const again = propose(seriesOf('abc'), { current: first, now: NOW + 1 });
    expect(again.isChanged).toBe(false);
    expect(again.plan).toBe(first);
  });

  test.each<[string, Partial<Series>, Partial<ProposalInput>]>([
    ['another title', { title: 'Another' }, {}],
    ['another rhythm', { join: 'next' }, {}],
    ['another rendering', {}, { rendered: new Map(first.issues.map(({ id }) => [id, 'new'])) }],
    ['another start', {}, { startAt: NOW + 5 }],
    ['a choice on the command line', {}, { choices: { at: 600 } }],
  ])('with %s is a change', (_, series, input) => {
    const { isChanged, plan } = propose(seriesOf('abc', series), { current: first, ...input });
    expect([isChanged, plan.revision]).toEqual([true, 2]);
  });

  test('keeps a pause, and ends a cancellation', () => {
    expect(propose(seriesOf('abcd'), { current: { ...first, state: 'paused' } }).plan.state).toBe('paused');
    expect(propose(seriesOf('abc'), { current: { ...first, state: 'cancelled' } }).plan.state).toBe(
      'running',
    );
  });

  test('keeps what was chosen on the command line over what the content says', () => {
    const chosen = propose(seriesOf('abc'), { current: first, choices: { at: 600, join: 'next' } }).plan;
    const later = propose(seriesOf('abcd'), { current: chosen }).plan;
    expect(later).toMatchObject({ cadence: { at: 600 }, join: 'next' });
  });

  test('retires a removed issue where it was, so that who is in the middle of it goes on from there', () => {
    const { plan } = propose(seriesOf('ac'), { current: first });
    expect(plan.issues.map(({ id, retired }) => `${id}${retired ? ' retired' : ''}`)).toEqual([
      'a',
      'b retired',
      'c',
    ]);
    expect(plan.moves).toContainEqual({ from: 'b', to: 'c' });
    const more = propose(seriesOf('c'), { current: plan }).plan;
    expect(more.issues.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  test('brings a retired issue back for those who are not past it', () => {
    const without = propose(seriesOf('ac'), { current: first }).plan;
    const { plan, change } = propose(seriesOf('abc'), { current: without });
    expect(plan.issues.map(({ retired }) => retired)).toEqual([undefined, undefined, undefined]);
    expect(plan.moves).toContainEqual({ from: 'c', to: 'b' });
    expect(change.passed).toEqual([{ place: END, issue: 'b' }]);
    // Some of them have had it, or what comes behind: claims look from now on.
    expect([first.returned, without.returned, plan.returned]).toEqual([undefined, undefined, true]);
    expect(propose(seriesOf('abcd'), { current: plan }).plan.returned).toBe(true);
  });
});
