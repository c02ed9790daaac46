import { describe, expect, test } from 'vitest';
import { codeOf, SmtpReplyReader, textOf } from '../../src/mail/smtp-reply-reader.ts';

const REPLIES: readonly (readonly [
  name: string,
  said: string,
  replies: readonly string[],
  isAllRead: boolean,
])[] = [
  ['one', '250 Ok\r\n', ['250 Ok'], true],
  ['several', '250 a\r\n550 b\r\n', ['250 a', '550 b'], true],
  ['many lines', '250-a\r\n250-b\r\n250 c\r\n354 go\r\n', ['250-a\r\n250-b\r\n250 c', '354 go'], true],
  ['bare LF', '250-a\n250 b\n', ['250-a\n250 b'], true],
  ['empty lines before it', '\r\n\n250 Ok\r\n', ['250 Ok'], true],
  ['no words', '250\r\n', ['250'], true],
  ['a line that is not over', '250 Ok\r\n250 mo', ['250 Ok'], false],
  ['a reply that is not over', '250-a\r\n', [], false],
  ['words', 'hello?\r\n', ['hello?'], true],
  ['line ends only', '\r\n\r\n', [], true],
];

describe.each([1, 2, 3, 1_000])('in pieces of %d bytes that all come in the same memory', (size) => {
  test.each(REPLIES)('%s', (_name, said, replies, isAllRead) => {
    const reader = new SmtpReplyReader();
    const memory = Buffer.alloc(1_000);
    const found: string[] = [];
    for (let at = 0; at < said.length; at += size) {
      reader.push(memory.subarray(0, memory.write(said.slice(at, at + size))));
      for (let reply = reader.next(); reply !== undefined; reply = reader.next())
        found.push(reply.toString());
      memory.fill('?');
    }
    expect(found).toEqual(replies);
    expect(reader.isEmpty).toBe(isAllRead);
  });
});

test.each([
  ['250 Ok', 250],
  ['250', 250],
  ['250-Ok', 250],
  ['354 go', 354],
  ['599 no', 599],
  ['2500 Ok', 0],
  ['25 Ok', 0],
  ['650 Ok', 0],
  ['150 Ok', 0],
  ['ok', 0],
  ['', 0],
])('the code of %j is %d', (reply, code) => expect(codeOf(Buffer.from(reply))).toBe(code));

test('a reply is UTF-8 where it is that, and no byte of another is lost', () => {
  expect(textOf(Buffer.from('452 信箱已滿'))).toBe('452 信箱已滿');
  expect(textOf(Buffer.from('550 Empf\xe4nger', 'latin1'))).toBe('550 Empf\xe4nger');
});
