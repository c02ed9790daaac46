import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { adminKeyOf } from '../../src/domain/admin-key.ts';

const SECRET = 'correct horse battery';
const key = adminKeyOf(SECRET, ['the secret that signs links']);

test.each([
  [SECRET, true],
  [` ${SECRET}\n`, true],
  ['', false],
  [SECRET.slice(0, -1), false],
  [`${SECRET}x`, false],
  [SECRET.toUpperCase(), false],
  [`${SECRET}\u0000`, false],
  ['\ud800', false],
  ['x'.repeat(100_000), false],
])('%j is the secret: %s', (given, isIt) => {
  expect(key.isSecret(given)).toBe(isIt);
});

test.each(['', ' ', 'undefined', 'null'])('without a secret %j is none', (given) => {
  const none = adminKeyOf(undefined, ['the secret that signs links']);
  expect([none.hasSecret, none.isSecret(given)]).toEqual([false, false]);
});

test('the mark is the same in every process, and another one for another secret of either kind', () => {
  expect(adminKeyOf(SECRET, ['the secret that signs links', 'an older one']).mark).toBe(key.mark);
  const marks = [
    key.mark,
    adminKeyOf(`${SECRET}!`, ['the secret that signs links']).mark,
    adminKeyOf(undefined, ['the secret that signs links']).mark,
    adminKeyOf(SECRET, ['another one']).mark,
  ];
  expect(new Set(marks).size).toBe(4);
  expect(marks.join()).not.toContain(SECRET);
});

test('what is compared has one length, whatever was typed, and is compared in constant time', () => {
  const source = readFileSync('src/domain/admin-key.ts', 'utf8');
  const [comparison = ''] = /isSecret: \(given\)[\s\S]*?,\n/.exec(source) ?? [];
  expect(comparison).toContain('timingSafeEqual(digestOf(');
  expect(comparison).not.toMatch(/given\.length|given ===|=== given/);
});
