import { describe, expect, test } from 'vitest';
import type { IssueId } from '../../src/domain/issue.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import type { SubscriberId } from '../../src/domain/subscriber.ts';
import {
  deriveKey,
  confirmToken,
  dataToken,
  formStamp,
  keysFor,
  letterIdOf,
  messageIdOf,
  parseConfirmToken,
  parseDataToken,
  parseFormStamp,
  parseSubscriptionToken,
  subscriptionToken,
  type Keys,
} from '../../src/domain/token.ts';

const garden = 'garden' as SeriesId;
const mountain = '山城書簡' as SeriesId;
const reader = 'abcdefghijkl2345' as SubscriberId;
const other = 'abcdefghijkl2346' as SubscriberId;
const unsubscribe = keysFor(['a secret'], 'unsubscribe');
const readers = keysFor(['a secret'], 'reader');

const ALL = [garden, mountain];
const owner = { series: mountain, subscriber: reader };
const confirm = keysFor(['a secret'], 'confirm');
const data = keysFor(['a secret'], 'data');
const form = keysFor(['a secret'], 'form');
const AT = Date.UTC(2026, 10, 23, 8, 0, 0, 123);

/** Every kind of token, and whether a text passes for one. */
const KINDS: readonly [kind: string, token: string, isTaken: (token: string) => boolean][] = [
  [
    'unsubscribe',
    subscriptionToken(unsubscribe, owner),
    (token) => parseSubscriptionToken(unsubscribe, token, ALL) !== undefined,
  ],
  [
    'reader',
    subscriptionToken(readers, owner),
    (token) => parseSubscriptionToken(readers, token, ALL) !== undefined,
  ],
  [
    'confirm',
    confirmToken(confirm, owner, AT),
    (token) => parseConfirmToken(confirm, mountain, token) !== undefined,
  ],
  ['data', dataToken(data, reader, AT), (token) => parseDataToken(data, token) !== undefined],
  ['form', formStamp(form, mountain, AT), (token) => parseFormStamp(form, mountain, token) !== undefined],
];

describe('a token', () => {
  test('gives back what it was made of', () => {
    expect(parseSubscriptionToken(readers, subscriptionToken(readers, owner), ALL)).toEqual(owner);
    expect(parseConfirmToken(confirm, mountain, confirmToken(confirm, owner, AT))).toEqual({
      subscriber: reader,
      requestedAt: AT,
    });
    expect(parseDataToken(data, dataToken(data, reader, AT))).toEqual({ subscriber: reader, madeAt: AT });
    expect(parseFormStamp(form, mountain, formStamp(form, mountain, AT))).toBe(AT);
  });

  test('is short, versioned and URL-safe, so that List-Unsubscribe stays on one line', () => {
    for (const [, token] of KINDS) expect(token).toMatch(/^1[\w-]{31,47}$/);
    expect(subscriptionToken(unsubscribe, owner)).toHaveLength(39);
  });

  test.each(KINDS)('%s: with any one bit flipped is refused', (_kind, token, isTaken) => {
    expect(isTaken(token)).toBe(true);
    expect(flips(token).filter(isTaken)).toEqual([]);
  });

  test.each(KINDS)('%s: cut, lengthened or of nothing is refused', (_kind, token, isTaken) => {
    const others = [
      token.slice(0, -1),
      `${token}A`,
      `${token}\n`,
      token.slice(1),
      '',
      '1',
      `2${token.slice(1)}`,
    ];
    expect(others.filter(isTaken)).toEqual([]);
  });

  test.each(KINDS)('%s: is worth nothing for another purpose', (kind, token) => {
    expect(KINDS.filter(([other, , isTaken]) => other !== kind && isTaken(token))).toEqual([]);
  });

  test.each([
    ['for another series', parseSubscriptionToken(readers, subscriptionToken(readers, owner), [garden])],
    ['to confirm another series', parseConfirmToken(confirm, garden, confirmToken(confirm, owner, AT))],
    ['of another form', parseFormStamp(form, garden, formStamp(form, mountain, AT))],
    [
      'with another subscriber in it',
      parseSubscriptionToken(readers, subscriptionToken(readers, owner).replace(reader, other), ALL),
    ],
    [
      'made with another secret',
      parseSubscriptionToken(readers, subscriptionToken(keysFor(['another'], 'reader'), owner), ALL),
    ],
    [
      'made with the key of another purpose',
      parseSubscriptionToken(
        readers,
        subscriptionToken(unsubscribe as unknown as Keys<'reader'>, owner),
        ALL,
      ),
    ],
  ])('%s is refused', (_name, parsed) => {
    expect(parsed).toBeUndefined();
  });
});

describe('a changed secret', () => {
  const before = keysFor(['old'], 'unsubscribe');
  const after = keysFor(['new', 'newer than old', 'old'], 'unsubscribe');
  const forgotten = keysFor(['new', 'newer than old'], 'unsubscribe');
  const token = subscriptionToken(before, owner);

  test('leaves links good that were made with an older one', () => {
    expect(parseSubscriptionToken(after, token, ALL)).toEqual(owner);
  });

  test('ends them once the older one is taken away', () => {
    expect(parseSubscriptionToken(forgotten, token, ALL)).toBeUndefined();
  });

  test('signs with the first', () => {
    const signed = subscriptionToken(after, owner);
    expect(parseSubscriptionToken(keysFor(['new'], 'unsubscribe'), signed, ALL)).toEqual(owner);
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
  const frost = { series: garden, issue: 'frost' as IssueId, subscriber: reader, round: 0 };
  const idOf = (changes: object): string => messageIdOf(keys, { ...frost, ...changes }, 'example.com');

  test('is the same on every try and shows neither reader nor issue', () => {
    expect(idOf({})).toBe(idOf({}));
    expect(idOf({})).toMatch(/^<[\w-]{22}@example\.com>$/);
    expect(idOf({})).not.toContain(reader);
  });

  test('differs by series, issue, reader and round, wherever one ends and the next begins', () => {
    const ids = [
      idOf({}),
      idOf({ subscriber: other }),
      idOf({ series: 'gardenf', issue: 'rost' }),
      idOf({ series: mountain }),
      idOf({ round: 1 }),
      idOf({ round: 2 }),
    ];
    expect(new Set(ids).size).toBe(6);
  });

  test('of a letter is the same on every try and another for every letter', () => {
    const letter = { kind: 'confirm', series: garden, subscriber: reader, at: AT } as const;
    const ids = [letter, { ...letter, kind: 'known' as const }, { ...letter, at: AT + 1 }].map((order) =>
      letterIdOf(keys, order, 'example.com'),
    );
    expect(letterIdOf(keys, { ...letter }, 'example.com')).toBe(ids[0]);
    expect(new Set(ids).size).toBe(3);
  });
});

function flips(token: string): string[] {
  return Array.from({ length: token.length * 8 }, (_, bit) => {
    const bytes = Buffer.from(token, 'latin1');
    bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    return bytes.toString('latin1');
  });
}
