import { expect, test } from 'vitest';
import { hasHiddenCharacters, parseMailbox } from '../../src/domain/mailbox.ts';

test.each([
  ['lin@example.com', '', 'lin@example.com'],
  ['<lin@example.com>', '', 'lin@example.com'],
  ['Lin Garden <lin@example.com>', 'Lin Garden', 'lin@example.com'],
  ['  Lin Garden<lin@example.com>  ', 'Lin Garden', 'lin@example.com'],
  ['"Garden, Lin" <lin@example.com>', 'Garden, Lin', 'lin@example.com'],
  ['"Lin \\"Green\\" Garden" <lin@example.com>', 'Lin "Green" Garden', 'lin@example.com'],
  ['Garden, Lin <lin@example.com>', 'Garden, Lin', 'lin@example.com'],
  ['林 園 <lin@例え.jp>', '林 園', 'lin@xn--r8jz45g.jp'],
])('%s is a mailbox', (text, name, address) => {
  expect(parseMailbox(text)).toEqual({ name, address });
});

test.each([
  'Lin Garden',
  'Lin <lin>',
  'Lin <lin@example.com> <ada@example.com>',
  'Lin <lin@example.com',
  'lin@example.com, ada@example.com',
  '"Lin <lin@example.com>',
  'Li"n <lin@example.com>',
  'Lin\r\nBcc: x <lin@example.com>',
  'Lin\u0000 <lin@example.com>',
  'Lin \u202enidraG <lin@example.com>',
  `${'x'.repeat(201)} <lin@example.com>`,
  '',
])('%j is none', (text) => {
  expect(parseMailbox(text)).toBeUndefined();
});

test.each(['\n', '\u0007', '\u007f', '\u0085', '\u2028', '\u202e', '\u2066', '\ud800'])(
  '%j is hidden',
  (character) => {
    expect(hasHiddenCharacters(`a${character}b`)).toBe(true);
  },
);

test('letters of any script, accents and joined emoji are not hidden', () => {
  expect(hasHiddenCharacters('雪 Übung שלום 👩‍🌾 “q” — …')).toBe(false);
});
