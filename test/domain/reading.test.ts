import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../src/domain/instant.ts';
import { END, type SeriesPlan } from '../../src/domain/plan.ts';
import { readingOf, type ReaderFacts } from '../../src/domain/reading.ts';
import { GARDEN, planWith, subscriber } from '../support/ledger.ts';

const NOW = Date.UTC(2027, 2, 1, 12);
const plan = planWith(['one', 'two', 'three', 'four']);
const owner = { series: GARDEN, subscriber: subscriber('ash').id };
const had = (issue: string, outcome = 'accepted') => ({ series: GARDEN, issue, outcome, at: NOW - DAY_MS });

function facts(place: string | undefined, history: ReaderFacts['history'], more: object = {}): ReaderFacts {
  const subscription = {
    series: GARDEN,
    state: 'active' as const,
    since: 1,
    round: 0,
    ...(place !== undefined && { place: place as never, dueAt: NOW }),
    ...more,
  };
  return { owner, name: 'ash', subscription, history };
}

const states = (found: ReaderFacts, under: SeriesPlan = plan) =>
  readingOf(under, found, NOW).issues.map(({ state }) => state);

test.each<[string, ReaderFacts, string[]]>([
  ['at the start', facts('one', []), ['next', 'ahead', 'ahead', 'ahead']],
  ['in the middle', facts('three', [had('one'), had('two')]), ['had', 'had', 'next', 'ahead']],
  ['joined late', facts('three', []), ['missed', 'missed', 'next', 'ahead']],
  ['refused one', facts('three', [had('one'), had('two', 'rejected')]), ['had', 'missed', 'next', 'ahead']],
  [
    'caught up',
    facts(
      END,
      ['one', 'two', 'three', 'four'].map((id) => had(id)),
    ),
    ['had', 'had', 'had', 'had'],
  ],
  ['caught up, joined late', facts(END, []), ['missed', 'missed', 'missed', 'missed']],
  ['reading again', facts('two', [had('one')]), ['had', 'next', 'ahead', 'ahead']],
  ['left', facts(undefined, [had('two')], { state: 'ended' }), ['missed', 'had', 'ahead', 'ahead']],
  [
    'held',
    { ...facts(undefined, [had('one')]), underWay: 'two' as never },
    ['had', 'next', 'ahead', 'ahead'],
  ],
])('a reader who is %s sees it', (_, found, expected) => {
  expect(states(found)).toEqual(expected);
});

test('the next issue waits for gap, pause, release, start and window, whichever is last', () => {
  const due = (under: Partial<SeriesPlan>, more: object = {}) =>
    (readingOf({ ...plan, ...under }, facts('one', [], more), NOW).next?.dueAt ?? 0) - NOW;
  const [one, ...others] = plan.issues;
  const window = { from: 14 * 60, to: 16 * 60 };
  expect(due({})).toBe(0);
  expect(due({}, { dueAt: NOW + 5 })).toBe(5);
  expect(due({}, { pausedUntil: NOW + DAY_MS })).toBe(DAY_MS);
  expect(due({ startAt: NOW + HOUR_MS })).toBe(HOUR_MS);
  expect(due({ issues: [{ ...one!, releaseAt: NOW + 3 }, ...others] })).toBe(3);
  expect(due({ cadence: { ...plan.cadence, window } })).toBe(2 * HOUR_MS);
});

test('what is neither out nor had has no title', () => {
  const [one, two, ...others] = plan.issues;
  const dated = { ...plan, issues: [one!, { ...two!, releaseAt: NOW + DAY_MS }, ...others] };
  const read = readingOf(dated, facts('two', [had('one')]), NOW);
  expect(read.issues.map(({ title }) => title)).toEqual(['one', '', 'three', 'four']);
  expect(read.next).toMatchObject({ number: 2, isReleased: false });
});

test('an issue taken out of the series is not in the picture; who still stands there goes on', () => {
  const [one, two, ...others] = plan.issues;
  const shorter = { ...plan, issues: [one!, { ...two!, retired: true as const }, ...others] };
  const read = readingOf(shorter, facts('two', [had('one')]), NOW);
  expect(read.issues.map(({ id, state }) => [id, state])).toEqual([
    ['one', 'had'],
    ['three', 'next'],
    ['four', 'ahead'],
  ]);
  expect(read.next?.number).toBe(2);
});

test('a pause that is over, and a pace that is not offered, are not shown', () => {
  const weekly = { kind: 'days', days: 7 } as const;
  const own = { pausedUntil: NOW, pace: weekly };
  const read = readingOf(plan, facts('one', [], own), NOW);
  expect(read).not.toHaveProperty('pausedUntil');
  expect(read).not.toHaveProperty('pace');
  const offering = { ...plan, about: { ...plan.about, paces: [weekly] } };
  expect(readingOf(offering, facts('one', [], { ...own, pausedUntil: NOW + 1 }), NOW)).toMatchObject({
    pausedUntil: NOW + 1,
    pace: weekly,
  });
});
