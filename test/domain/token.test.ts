import { describe, expect, test } from 'vitest';
import type { IssueId } from '../../src/domain/issue.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import type { SubscriberId } from '../../src/domain/subscriber.ts';
import {
  deriveKey,
  keysFor,
  messageIdOf,
  parseReaderToken,
  parseUnsubscribeToken,
  readerToken,
  unsubscribeToken,
  type Keys,
} from '../../src/domain/token.ts';

const garden = 'garden' as SeriesId;
const mountain = '山城書簡' as SeriesId;
const reader = 'abcdefghijkl2345' as SubscriberId;
const other = 'abcdefghijkl2346' as SubscriberId;
const unsubscribe = keysFor(['a secret'], 'unsubscribe');
const readers = keysFor(['a secret'], 'reader');

describe('a token', () => {
  test('is short, URL-safe and carries the subscriber', () => {
    for (const token of [unsubscribeToken(unsubscribe, mountain, reader), readerToken(readers, reader)]) {
      expect(token).toMatch(/^abcdefghijkl2345[\w-]{22}$/);
      expect(token.length).toBeLessThanOrEqual(40);
    }
  });

  test('gives its subscriber back', () => {
    expect(
      parseUnsubscribeToken(unsubscribe, mountain, unsubscribeToken(unsubscribe, mountain, reader)),
    ).toBe(reader);
    expect(parseReaderToken(readers, readerToken(readers, reader))).toBe(reader);
  });

  test('with any one bit flipped is refused', () => {
    for (const [token, parse] of [
      [
        unsubscribeToken(unsubscribe, garden, reader),
        (t: string) => parseUnsubscribeToken(unsubscribe, garden, t),
      ],
      [readerToken(readers, reader), (t: string) => parseReaderToken(readers, t)],
    ] as const) {
      const accepted = flips(token).filter((flipped) => parse(flipped) !== undefined);
      expect(accepted).toEqual([]);
    }
  });

  test.each([
    [
      'for another series',
      () => parseUnsubscribeToken(unsubscribe, mountain, unsubscribeToken(unsubscribe, garden, reader)),
    ],
    [
      'with another subscriber in front',
      () =>
        parseUnsubscribeToken(
          unsubscribe,
          garden,
          other + unsubscribeToken(unsubscribe, garden, reader).slice(16),
        ),
    ],
    [
      'for reading, used to unsubscribe',
      () => parseUnsubscribeToken(unsubscribe, garden, readerToken(readers, reader)),
    ],
    [
      'for unsubscribing, used to read',
      () => parseReaderToken(readers, unsubscribeToken(unsubscribe, garden, reader)),
    ],
    [
      'made with another secret',
      () => parseReaderToken(readers, readerToken(keysFor(['another'], 'reader'), reader)),
    ],
    [
      'made with the key of another purpose',
      () => parseReaderToken(readers, readerToken(unsubscribe as unknown as Keys<'reader'>, reader)),
    ],
    ['cut short', () => parseReaderToken(readers, readerToken(readers, reader).slice(0, -1))],
    ['with something behind it', () => parseReaderToken(readers, `${readerToken(readers, reader)}A`)],
    ['with a line break behind it', () => parseReaderToken(readers, `${readerToken(readers, reader)}\n`)],
    ['of nothing', () => parseReaderToken(readers, '')],
  ])('%s is refused', (_name, parse) => {
    expect(parse()).toBeUndefined();
  });
});

describe('a changed secret', () => {
  const before = keysFor(['old'], 'unsubscribe');
  const after = keysFor(['new', 'newer than old', 'old'], 'unsubscribe');
  const forgotten = keysFor(['new', 'newer than old'], 'unsubscribe');
  const token = unsubscribeToken(before, garden, reader);

  test('leaves links good that were made with an older one', () => {
    expect(parseUnsubscribeToken(after, garden, token)).toBe(reader);
  });

  test('ends them once the older one is taken away', () => {
    expect(parseUnsubscribeToken(forgotten, garden, token)).toBeUndefined();
  });

  test('signs with the first', () => {
    expect(
      parseUnsubscribeToken(keysFor(['new'], 'unsubscribe'), garden, unsubscribeToken(after, garden, reader)),
    ).toBe(reader);
  });

  test('to no secret at all is refused', () => {
    expect(() => keysFor([], 'reader')).toThrow('No secret');
  });
});

describe('a derived key', () => {
  test('has 256 bits and belongs to its purpose and secret', () => {
    const keys = [deriveKey('a', 'reader'), deriveKey('a', 'unsubscribe'), deriveKey('b', 'reader')];
    expect(keys.map((key) => key.length)).toEqual([32, 32, 32]);
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(3);
  });
});

describe('a Message-ID', () => {
  const keys = keysFor(['a secret'], 'message-id');
  const frost = 'frost' as IssueId;

  test('is the same on every try and shows neither reader nor issue', () => {
    const id = messageIdOf(keys, mountain, '01-序' as IssueId, reader, 'example.com');
    expect(id).toBe(messageIdOf(keys, mountain, '01-序' as IssueId, reader, 'example.com'));
    expect(id).toMatch(/^<[\w-]{22}@example\.com>$/);
    expect(id).not.toContain(reader);
  });

  test('differs by series, issue and reader, wherever one ends and the next begins', () => {
    const ids = [
      messageIdOf(keys, garden, frost, reader, 'example.com'),
      messageIdOf(keys, garden, frost, other, 'example.com'),
      messageIdOf(keys, 'gardenf' as SeriesId, 'rost' as IssueId, reader, 'example.com'),
      messageIdOf(keys, mountain, frost, reader, 'example.com'),
    ];
    expect(new Set(ids).size).toBe(4);
  });
});

function flips(token: string): string[] {
  return Array.from({ length: token.length * 8 }, (_, bit) => {
    const bytes = Buffer.from(token, 'latin1');
    bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    return bytes.toString('latin1');
  });
}
