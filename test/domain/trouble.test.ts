import { expect, test } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../src/domain/instant.ts';
import { troubleAfter, type TroubleRecord } from '../../src/domain/trouble.ts';

const LOOK_MS = 10 * SECOND_MS;

/** What is told, with the second, of a trouble that is there whenever the function says so. */
function toldOf(minutes: number, isThere: (second: number) => boolean, patienceMs = MINUTE_MS) {
  const told: string[] = [];
  let record: TroubleRecord | undefined;
  for (let at = 0; at <= minutes * MINUTE_MS; at += LOOK_MS) {
    const second = at / SECOND_MS;
    const step = troubleAfter(record, isThere(second) ? {} : undefined, at, patienceMs);
    record = step.record;
    if (step.tell === undefined) continue;
    const { since = 0, seenAt = 0 } = record ?? {};
    told.push(`${second} s: ${step.tell}, ${since / SECOND_MS}–${seenAt / SECOND_MS}`);
  }
  return told;
}

const between = (from: number, to: number) => (second: number) => second >= from && second < to;

test.each<[string, (second: number) => boolean, string[]]>([
  ['never there', () => false, []],
  ['there for a moment', between(100, 110), []],
  ['there for half a minute', between(100, 130), []],
  ['there, and gone', between(100, 300), ['160 s: started, 100–160', '350 s: ended, 100–290']],
  [
    'away for less than a minute',
    (second) => between(100, 300)(second) && !between(200, 250)(second),
    ['160 s: started, 100–160', '350 s: ended, 100–290'],
  ],
  [
    'there every other look for ten minutes',
    (second) => second < 600 && second % 20 === 0,
    ['60 s: started, 0–60', '640 s: ended, 0–580'],
  ],
  [
    'there at one look a minute, which is never more than a minute apart',
    (second) => second < 600 && second % 60 === 0,
    ['60 s: started, 0–60', '600 s: ended, 0–540'],
  ],
])('a trouble that is %s', (_, isThere, told) => {
  expect(toldOf(20, isThere)).toEqual(told);
});

test('what lasts to the end of the night is told once', () => {
  expect(toldOf(600, () => true)).toEqual(['60 s: started, 0–60']);
});

test('what is told without patience is told at the first look', () => {
  expect(toldOf(10, between(100, 110), 0)).toEqual(['100 s: started, 100–100', '160 s: ended, 100–100']);
});

test('what comes and goes every four minutes all night is a few notices, and then one trouble', () => {
  const told = toldOf(8 * 60, (second) => second % 240 < 100);
  expect(told.map((line) => line.split(',')[0])).toEqual([
    '60 s: started',
    '150 s: ended',
    '300 s: started',
    '450 s: ended',
    '540 s: started',
  ]);
});

test('an hour after its end a trouble is a new one, with a new time to be quiet for', () => {
  const [first, second] = [between(0, 100), between(5_000, 5_100)];
  expect(toldOf(120, (at) => first(at) || second(at))).toEqual([
    '60 s: started, 0–60',
    '150 s: ended, 0–90',
    '5060 s: started, 5000–5060',
    '5150 s: ended, 5000–5090',
  ]);
});

test('a clock that is set back ends nothing and begins nothing', () => {
  const { record } = troubleAfter(undefined, {}, 100 * MINUTE_MS, 0);
  expect(troubleAfter(record, undefined, 10 * MINUTE_MS, 0)).toEqual({ record });
  expect(troubleAfter(record, {}, 10 * MINUTE_MS, 0).tell).toBeUndefined();
});
