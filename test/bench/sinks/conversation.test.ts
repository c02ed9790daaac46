import { describe, expect, test } from 'vitest';
import { Conversation } from '../../../src/bench/sinks/conversation.ts';
import { complaints } from '../../../src/bench/sinks/node-sink.ts';
import type { SinkRules } from '../../../src/bench/sinks/sink-rules.ts';
import { Tally } from '../../../src/bench/sinks/tally.ts';

function openSink(rules: SinkRules = {}, readers = 9) {
  const tally = new Tally(rules);
  tally.expect(readers);
  const conversation = new Conversation(rules, tally);
  const say = (text: string) => conversation.take(Buffer.from(text));
  const codes = (text: string) =>
    say(text)
      .split('\r\n')
      .filter((line) => line !== '')
      .map((line) => Number(line.slice(0, 3)));
  return { tally, say, codes };
}

const envelopeTo = (reader: number) => `MAIL FROM:<l@x.example>\r\nRCPT TO:<${reader}.run@d0.x.example>\r\n`;
const mailTo = (reader: number, body = 'Subject: x\r\n\r\nHello.\r\n') =>
  `${envelopeTo(reader)}DATA\r\n${body}.\r\n`;

describe('a mail is taken', () => {
  test.each([
    ['as it is', 'Subject: x\r\n\r\nHello.\r\n'],
    ['with dots that are doubled', '\r\n..\r\n..hidden\r\n'],
    ['with line ends of other systems around a dot', '\r\na\n.\nb\r.\rc\r\n'],
    ['with nothing in it', ''],
  ])('%s, whatever pieces it comes in', (_, body) => {
    const bytes = Buffer.from(`EHLO x\r\n${mailTo(3, body)}${mailTo(4, body)}QUIT\r\n`);
    for (let size = 1; size <= bytes.length; size++) {
      const tally = new Tally({});
      tally.expect(4);
      const conversation = new Conversation({}, tally);
      for (let at = 0; at < bytes.length; at += size) conversation.take(bytes.subarray(at, at + size));
      expect(conversation.isOver).toBe(true);
      expect(tally.report()).toMatchObject({ taken: 2, missing: 2, doubled: 0, strangers: 0 });
    }
  });

  test('in chunks, of which only the last one ends it', () => {
    const { tally, codes } = openSink({ chunking: true });
    expect(codes(`${envelopeTo(1)}BDAT 4\r\n.\r\n.BDAT 2 LAST\r\nab`)).toEqual([250, 250, 250, 250]);
    expect(codes(`${envelopeTo(2)}BDAT 0 LAST\r\n`)).toEqual([250, 250, 250]);
    expect(tally.taken).toBe(2);
  });
});

test('CHUNKING is offered where the rules say so', () => {
  expect(openSink().say('EHLO x\r\n')).not.toContain('CHUNKING');
  expect(openSink({ chunking: true }).say('EHLO x\r\n')).toContain('250-CHUNKING\r\n');
});

describe('readers that the rules name', () => {
  const rules = { chunking: true, putOff: 5, unknown: 1 };

  test('are put off or unknown, and the mail behind DATA is nobody’s', () => {
    const { tally, codes } = openSink(rules);
    expect(codes(`${envelopeTo(1)}DATA\r\nRSET\r\n`)).toEqual([250, 451, 554, 250]);
    expect(codes(`${envelopeTo(5)}DATA\r\nRSET\r\n`)).toEqual([250, 550, 554, 250]);
    expect(codes(mailTo(6))).toEqual([250, 250, 354, 250]);
    expect(tally.taken).toBe(1);
  });

  test('a chunk that came along is read and refused', () => {
    const { tally, codes } = openSink(rules);
    expect(codes(`${envelopeTo(1)}BDAT 6 LAST\r\nQUIT\r\nRSET\r\n`)).toEqual([250, 451, 503, 250]);
    expect(tally.taken).toBe(0);
  });

  test('who does not reset after that may not begin another mail', () => {
    const { codes } = openSink(rules);
    expect(codes(`${envelopeTo(1)}DATA\r\n${mailTo(6)}`).slice(0, 4)).toEqual([250, 451, 554, 503]);
  });
});

describe('what is told of who got what', () => {
  test.each([
    ['each one mail', [1, 2, 3], []],
    ['one without', [1, 3], ['1 of 3 readers got no mail', '2 mails came instead of 3']],
    [
      'one with two, in the place of another’s',
      [1, 1, 3],
      ['1 of 3 readers got no mail', '1 readers got more mails than they should'],
    ],
    ['a stranger', [1, 2, 3, 4], ['1 mails went to nobody we know', '4 mails came instead of 3']],
    ['no number at all', [1, 2, 3, 0], ['1 mails went to nobody we know', '4 mails came instead of 3']],
  ])('%s', (_, readers, wrong) => {
    const tally = new Tally({});
    tally.expect(3);
    for (const reader of readers) tally.record(reader);
    expect(complaints(tally.report())).toEqual(wrong);
  });

  test('a mail to somebody the server does not know is one too many', () => {
    const tally = new Tally({ putOff: 1 });
    tally.expect(100);
    for (let reader = 1; reader <= 100; reader++) tally.record(reader);
    expect(complaints(tally.report())).toContain('1 readers got more mails than they should');
  });

  test('each round begins anew', () => {
    const { tally, codes } = openSink({}, 1);
    codes(mailTo(1));
    tally.expect(1);
    expect(complaints(tally.report())).toHaveLength(2);
    codes(mailTo(1));
    expect(complaints(tally.report())).toEqual([]);
  });
});
