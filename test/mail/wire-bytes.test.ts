import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { wireBytes, withoutStuffing } from '../../src/mail/wire-bytes.ts';

test.each([
  ['a\r\n', 'a\r\n'],
  ['a', 'a\r\n'],
  ['', '\r\n'],
  ['a\nb\n', 'a\r\nb\r\n'],
  ['a\rb', 'a\r\nb\r\n'],
  ['a\r\r\nb', 'a\r\n\r\nb\r\n'],
  ['.a\r\n', '..a\r\n'],
  ['a\r\n.\r\nb\r\n', 'a\r\n..\r\nb\r\n'],
  ['a\r\n..b\r\n', 'a\r\n...b\r\n'],
  ['a\n.\nMAIL FROM:<x@example.net>\n', 'a\r\n..\r\nMAIL FROM:<x@example.net>\r\n'],
  ['a\r.\rb', 'a\r\n..\r\nb\r\n'],
  ['a\n.\r\nb', 'a\r\n..\r\nb\r\n'],
  ['a\r\n.\nb', 'a\r\n..\r\nb\r\n'],
])('%j is %j on the wire', (message, expected) => {
  expect(wireBytes(Buffer.from(message)).toString()).toBe(expected);
});

test('nothing that any server takes for the end of a mail is left in one', () => {
  const text = fc.string({ unit: fc.constantFrom('\r', '\n', '.', 'a'), maxLength: 30 });
  const ends = /(?:^|[\r\n])\.[\r\n]|[^\r]\n|\r(?!\n)/;
  const holds = fc.property(text, (text) => !ends.test(wireBytes(Buffer.from(text)).toString()));
  expect(fc.check(holds, { numRuns: 5000 }).counterexample).toBeNull();
});

test('a message that is ready is not copied', () => {
  const message = Buffer.from('Subject: x\r\n\r\n8 bit: \xff\r\n', 'latin1');
  expect(wireBytes(message)).toBe(message);
});

test('without its doubled dots it is the message again, every line ended', () => {
  const text = fc.string({ unit: fc.constantFrom('\r\n', '.', 'a'), maxLength: 30 });
  const holds = fc.property(text, (text) => {
    const ended = text.endsWith('\r\n') ? text : `${text}\r\n`;
    return withoutStuffing(wireBytes(Buffer.from(text))).toString() === ended;
  });
  expect(fc.check(holds, { numRuns: 5000 }).counterexample).toBeNull();
});

test('a message without such dots is not copied for that', () => {
  const message = wireBytes(Buffer.from('Subject: x\r\n\r\na.\r\n'));
  expect(withoutStuffing(message)).toBe(message);
});
