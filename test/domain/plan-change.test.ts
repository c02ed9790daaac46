import { assert, constantFrom, property, uniqueArray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeBetween, missedByLeftovers } from '../../src/domain/plan-change.ts';
import { END, START, type PlannedIssue } from '../../src/domain/plan.ts';

const order = (text: string): PlannedIssue[] =>
  text.split('').map((id) => ({
    id: id as PlannedIssue['id'],
    title: id,
    rendered: id === id.toUpperCase() ? 'new' : 'old',
  }));

const moves = (before: string, after: string) =>
  Object.fromEntries(changeBetween(order(before), order(after)).moves.map(({ from, to }) => [from, to]));

describe('where readers wait after a change', () => {
  test.each([
    ['first schedule', '', 'abc', { [START]: 'a', [END]: 'a' }],
    ['appended', 'ab', 'abc', { [START]: 'a', [END]: 'c' }],
    ['inserted in the middle', 'ab', 'axb', { [START]: 'a', b: 'x' }],
    ['inserted at the front', 'ab', 'xab', { [START]: 'x', a: 'x' }],
    ['removed', 'abc', 'ac', { [START]: 'a', b: 'c' }],
    ['last one removed', 'ab', 'a', { [START]: 'a', b: END }],
    ['two inserted apart', 'ab', 'xayb', { [START]: 'x', a: 'x', b: 'y' }],
    // A new id is a new issue, and new issues are not lost; `id:` in the front matter keeps a renamed one what it was.
    ['replaced', 'abc', 'axc', { [START]: 'a', b: 'x', c: 'x' }],
    ['unchanged', 'abc', 'abc', { [START]: 'a' }],
  ])('%s', (_, before, after, expected) => {
    expect(moves(before, after)).toEqual(expected);
  });
});

test('an insertion tells which readers are past it', () => {
  const { passed, missed } = changeBetween(order('abc'), order('axbc'));
  expect(passed).toEqual([
    { place: 'c', issue: 'x' },
    { place: END, issue: 'x' },
  ]);
  expect(missed).toEqual([]);
});

test('swapping two issues makes readers between them miss one', () => {
  expect(changeBetween(order('abc'), order('acb')).missed).toEqual([{ place: 'c', issue: 'c' }]);
});

test.each([
  ['put back where it was', 'xab', 'xab', 'x', []],
  ['put back behind what comes next', 'xab', 'axb', 'x', ['a']],
  ['put back at the end', 'xab', 'abx', 'x', ['a', 'b']],
  ['put back at the end, behind a new one too', 'axb', 'abyx', 'x', ['b']],
  ['left out', 'xab', 'ab', 'x', []],
])(
  'an issue taken out, and %s: what who is still getting it would miss',
  (_, before, after, retired, missed) => {
    const leftovers = order(before).map((issue) => ({
      ...issue,
      ...(issue.id === retired && { retired: true as const }),
    }));
    expect(missedByLeftovers(leftovers, order(after))).toEqual(
      missed.map((issue) => ({ place: retired, issue })),
    );
  },
);

test('property: no change sends a reader an issue they have had, nor skips an old one without saying so', () => {
  const ids = uniqueArray(constantFrom<string>('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { maxLength: 8 });
  assert(
    property(ids, ids, (before, after) => {
      const { moves, missed } = changeBetween(order(before.join('')), order(after.join('')));
      for (const place of [START, ...before, END]) {
        const had = place === START ? [] : place === END ? before : before.slice(0, before.indexOf(place));
        const target = moves.find(({ from }) => from === place)?.to ?? place;
        const ahead = target === END ? [] : after.slice(after.indexOf(target));
        const told = missed.filter((entry) => entry.place === place).map(({ issue }) => issue as string);
        const kept = after.filter((id) => before.includes(id) && !had.includes(id));
        expect(had.filter((id) => ahead.includes(id))).toEqual([]);
        expect(kept.filter((id) => !ahead.includes(id)).toSorted()).toEqual(told.toSorted());
      }
    }),
  );
});
