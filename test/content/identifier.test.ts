import { expect, test } from 'vitest';
import { foldName, isIdentifier, toIdentifier } from '../../src/content/identifier.ts';

test.each([
  ['frost', 'frost'],
  ['First Frost', 'First-Frost'],
  ['牡丹 (一)', '牡丹-一'],
  ['e\u0301te\u0301', 'été'],
  ['v1.2_beta', 'v1.2_beta'],
  ['a/b\\c:d{e}f', 'a-b-c-d-e-f'],
  ['../../etc/passwd', 'etc-passwd'],
  ['--a--', 'a'],
  ['a\u0000b\u202ec\ud800', 'a-b-c'],
  ['x'.repeat(300), 'x'.repeat(120)],
  [' / ', ''],
])('%j becomes %j, and stays so', (name, id) => {
  expect(toIdentifier(name)).toBe(id);
  expect(toIdentifier(id)).toBe(id);
  expect(isIdentifier(id)).toBe(id !== '');
});

test('names are compared without regard to capitals, spaces and composition', () => {
  expect(foldName('Winter  Notes')).toBe(foldName('winter-notes'));
  expect(foldName('E\u0301te\u0301')).toBe(foldName('été'));
});
