import { describe, expect, test } from 'vitest';
import type { Every } from '../../src/domain/cadence.ts';
import { DAY_MS } from '../../src/domain/instant.ts';
import { isSignupOver, parseSignup } from '../../src/domain/signup.ts';
import { planWith } from '../support/ledger.ts';

const EVERY_DAY: Every = { kind: 'days', days: 1 };
const EVERY_WEEK: Every = { kind: 'days', days: 7 };
const MONDAYS: Every = { kind: 'weekdays', weekdays: [1] };
const base = planWith(['one']);
const plan = planWith(['one'], {
  cadence: { every: EVERY_DAY, timezone: 'UTC' },
  about: { ...base.about, language: 'zh-Hant', paces: [EVERY_WEEK, MONDAYS] },
});
const typed = { address: 'Ash@Example.com', name: 'ash', pace: '', language: 'en' };

describe('a name', () => {
  test.each([
    ['', ''],
    ['  ash  ', 'ash'],
    ['王小明', '王小明'],
    ["Ash O'Bay, Jr. <3", "Ash O'Bay, Jr. <3"],
    ['e\u0301lm', 'élm'],
    ['👩‍🌾 ash', '👩‍🌾 ash'],
    ['नमस्ते', 'नमस्ते'],
    ['x'.repeat(200), 'x'.repeat(200)],
  ])('%j is kept as %j', (name, kept) => {
    expect(parseSignup({ ...typed, name }, plan)).toMatchObject({ name: kept });
  });

  test.each([
    ['a line break', 'ash\nbay'],
    ['a header', 'ash\r\nBcc: bay@example.com'],
    ['NUL', 'ash\u0000'],
    ['a line separator', 'ash\u2028bay'],
    ['another direction', '\u202ehsa'],
    ['an isolate', '\u2067ash\u2069'],
    ['half a character', 'ash\ud83d'],
    ['201 characters', 'x'.repeat(201)],
    ['megabytes', ' '.repeat(4_000_000)],
  ])('with %s is refused', (_why, name) => {
    expect(parseSignup({ ...typed, name }, plan)).toBe('name');
  });
});

describe('a pace', () => {
  test.each([
    ['1w', EVERY_WEEK],
    ['7d', EVERY_WEEK],
    ['Monday', MONDAYS],
  ])('%j is one the writer offers', (pace, expected) => {
    expect(parseSignup({ ...typed, pace }, plan)).toMatchObject({ pace: expected });
  });

  test.each(['', ' ', '1d', 'daily'])('%j is the series’ own', (pace) => {
    expect(parseSignup({ ...typed, pace }, plan)).not.toHaveProperty('pace');
  });

  test.each(['2w', '1h', '0', 'often', 'mon,thu', '-1d', '__proto__'])('%j is not offered', (pace) => {
    expect(parseSignup({ ...typed, pace }, plan)).toBe('pace');
  });
});

describe('a language', () => {
  test.each([
    ['en', 'en'],
    ['zh-Hans', 'zh-Hans'],
    ['', 'zh-Hant'],
    ['<script>', 'zh-Hant'],
    [`en-${'x'.repeat(40)}`, 'zh-Hant'],
  ])('%j is kept as %j', (language, kept) => {
    expect(parseSignup({ ...typed, language }, plan)).toMatchObject({ language: kept });
  });
});

test('the address comes first of what is wrong', () => {
  expect(parseSignup({ ...typed, address: 'ash', name: '\n', pace: 'x' }, plan)).toBe('address');
  expect(parseSignup(typed, plan)).toMatchObject({ address: 'Ash@example.com' });
});

test('a request is over after seven days', () => {
  expect([0, 7 * DAY_MS - 1, 7 * DAY_MS].map((now) => isSignupOver(0, now))).toEqual([false, false, true]);
});
