import { expect, test } from 'vitest';
import { hasHiddenCharacters, parseMailbox } from '../../src/domain/mailbox.ts';

test.each([
  ['ivy@example.com', '', 'ivy@example.com'],
  ['<ivy@example.com>', '', 'ivy@example.com'],
  ['Ivy Garden <ivy@example.com>', 'Ivy Garden', 'ivy@example.com'],
  ['  Ivy Garden<ivy@example.com>  ', 'Ivy Garden', 'ivy@example.com'],
  ['"Garden, Ivy" <ivy@example.com>', 'Garden, Ivy', 'ivy@example.com'],
  ['"Ivy \\"Green\\" Garden" <ivy@example.com>', 'Ivy "Green" Garden', 'ivy@example.com'],
  ['Garden, Ivy <ivy@example.com>', 'Garden, Ivy', 'ivy@example.com'],
  ['林 園 <ivy@例え.jp>', '林 園', 'ivy@xn--r8jz45g.jp'],
])('%s is a mailbox', (text, name, address) => {
  expect(parseMailbox(text)).toEqual({ name, address });
});

test.each([
  'Ivy Garden',
  'Ivy <ivy>',
  'Ivy <ivy@example.com> <ash@example.com>',
  'Ivy <ivy@example.com',
  'ivy@example.com, ash@example.com',
  '"Ivy <ivy@example.com>',
  'Li"n <ivy@example.com>',
  'Ivy\r\nBcc: x <ivy@example.com>',
  'Ivy\u0000 <ivy@example.com>',
  'Ivy \u202enidraG <ivy@example.com>',
  `${'x'.repeat(201)} <ivy@example.com>`,
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
