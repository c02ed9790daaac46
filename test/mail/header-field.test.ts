import * as fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { encodedWords } from '../../src/mail/encoded-words.ts';
import { listIdField, mailboxField, textField } from '../../src/mail/header-field.ts';
import { oneSafeLine, unsafeCharacter } from '../../src/mail/header-text.ts';
import { listLabel } from '../../src/mail/list-label.ts';

const address = 'ash@example.com' as EmailAddress;

describe('a header is written', () => {
  test.each([
    [textField('Subject', 'The first frost'), 'Subject: The first frost'],
    [textField('Subject', ''), 'Subject:'],
    [textField('Subject', '霜'), 'Subject: =?UTF-8?B?6Zyc?='],
    [textField('Subject', 'two  spaces'), 'Subject: =?UTF-8?B?dHdvICBzcGFjZXM=?='],
    [textField('Subject', '=?UTF-8?B?6Zyc?='), 'Subject: =?UTF-8?B?PT9VVEYtOD9CPzZaeWM/PQ==?='],
    [mailboxField('To', { name: '', address }), 'To: ash@example.com'],
    [mailboxField('To', { name: 'Ash Ivy', address }), 'To: Ash Ivy <ash@example.com>'],
    [mailboxField('To', { name: 'Ivy, Ash', address }), 'To: "Ivy, Ash" <ash@example.com>'],
    [mailboxField('To', { name: 'A "b" \\c', address }), 'To: "A \\"b\\" \\\\c" <ash@example.com>'],
    [mailboxField('To', { name: 'fig@example.net', address }), 'To: "fig@example.net" <ash@example.com>'],
    [mailboxField('To', { name: '林', address }), 'To: =?UTF-8?B?5p6X?= <ash@example.com>'],
    [listIdField('Garden', 'garden.example.com'), 'List-Id: Garden <garden.example.com>'],
    [listIdField('', 'garden.example.com'), 'List-Id: <garden.example.com>'],
  ])('%j', (field, expected) => {
    expect(field).toBe(expected);
  });

  test('on lines of at most 76, folded between words', () => {
    const field = textField(
      'Subject',
      'A long walk through the garden in the first frost of a year that had been warm',
    );
    expect(field.split('\r\n')).toEqual([
      'Subject: A long walk through the garden in the first frost of a year that',
      ' had been warm',
    ]);
  });

  test('with one very long word encoded, since it could not be folded', () => {
    const lines = textField('Subject', 'x'.repeat(2000)).split('\r\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(76);
  });
});

describe('encoded words', () => {
  test.each(['山城書簡'.repeat(30), '👩‍👩‍👧‍👦'.repeat(20), `é${'\u0301'.repeat(200)}`, '\u{20000}'.repeat(50)])(
    'of %.12s… are whole by themselves, and at most 75 long',
    (text) => {
      const words = encodedWords(text, 9);
      expect(words.map(decoded).join('')).toBe(text);
      expect(Math.max(...words.map((word) => word.length))).toBeLessThanOrEqual(75);
      expect(words.map(decoded).filter((part) => part.includes('\ufffd'))).toEqual([]);
    },
  );

  test('do not split an emoji that fits into one', () => {
    const family = '👩‍👩‍👧‍👦';
    const parts = encodedWords(family.repeat(9), 9).map(decoded);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.filter((part) => part.replaceAll(family, '') !== '')).toEqual([]);
  });

  test('give any text back at another parser', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => oneSafeLine(text).trim());
    await fc.assert(
      fc.asyncProperty(text, async (text) => {
        const email = await PostalMime.parse(`${textField('Subject', text)}\r\n\r\n`);
        expect(email.subject ?? '').toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});

describe('unsafe characters', () => {
  test.each([
    '\0',
    '\r',
    '\n',
    '\t',
    '\u001b',
    '\u007f',
    '\u0085',
    '\u009f',
    '\u2028',
    '\u2029',
    '\u202a',
    '\u202e',
    '\u2066',
    '\u2069',
    '\ud800',
  ])('%j is found, and taken out of a reader’s name', (character) => {
    expect(unsafeCharacter(`a${character}b`)).toMatch(/^U\+[0-9A-F]{4}$/);
    expect(oneSafeLine(`a${character}b`)).toBe('a b');
  });

  test.each(['Ash', '林', '👩‍👩‍👧‍👦', 'Zoë', 'שלום', '\u200f', ''])('%j is left alone', (text) => {
    expect(unsafeCharacter(text)).toBeUndefined();
    expect(oneSafeLine(text)).toBe(text);
  });
});

describe('a list label', () => {
  test.each([
    ['garden', /^garden$/],
    ['garden-2', /^garden-2$/],
    ['Garden', /^garden-[0-9a-f]{8}$/],
    ['my garden!', /^my-garden-[0-9a-f]{8}$/],
    ['山城書簡', /^x-[0-9a-f]{8}$/],
    ['x'.repeat(200), /^x{30}-[0-9a-f]{8}$/],
    ['', /^x-[0-9a-f]{8}$/],
    ['a.b', /^a-b-[0-9a-f]{8}$/],
  ])('of %.20j', (name, expected) => {
    expect(listLabel(name)).toMatch(expected);
    expect(listLabel(name)).toBe(listLabel(name));
  });

  test('differs by name, not by how its characters are composed', () => {
    expect(listLabel('山城')).not.toBe(listLabel('山村'));
    expect(listLabel('Gärten')).toBe(listLabel('Gärten'.normalize('NFD')));
  });
});

function decoded(word: string): string {
  return Buffer.from(word.slice('=?UTF-8?B?'.length, -2), 'base64').toString();
}
