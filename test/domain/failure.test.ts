import { describe, expect, test } from 'vitest';
import { FailureGroups, isCodePattern, isMeant, type Failure } from '../../src/domain/failure.ts';

const failure = (more: Partial<Failure>): Failure => ({
  series: 'garden' as never,
  issue: 'one' as never,
  subscriber: 'ash' as never,
  address: 'ash@mail.example.com' as never,
  state: 'deferred',
  since: 1,
  words: 'answer to RCPT TO: 451 4.7.1 Greylisted',
  isUnderWay: false,
  ...more,
});

describe('which replies are meant', () => {
  test.each([
    ['451', true],
    ['4xx', true],
    ['45x', true],
    ['4XX', true],
    ['5xx', false],
    ['450', false],
    ['4.7.1', true],
    ['4.7.x', true],
    ['4.x.x', true],
    ['x.7.1', true],
    ['4.7.10', false],
    ['451 4.7.1', true],
    ['451 4.7.2', false],
    ['lost', false],
  ])('%s: %s', (code, isIt) => {
    expect(isCodePattern(code)).toBe(true);
    expect(isMeant(failure({}), { code })).toBe(isIt);
  });

  test.each([
    ['lost', 'connection lost at the message: ETIMEDOUT', true],
    ['4xx', 'connection lost at the message: ETIMEDOUT', false],
    ['other', 'made up', true],
    ['552', 'answer to the message: 552 Too large', true],
    ['4.7.123', 'answer to RCPT TO: 451 4.7.12 No', false],
    ['450', 'given up after 72 hours: answer to RCPT TO: 450 4.2.0 Later', true],
  ])('%s of "%s": %s', (code, words, isIt) => {
    expect(isMeant(failure({ words }), { code })).toBe(isIt);
  });

  test.each(['', '45', '4511', '999', 'x', '4.7', '4..1', '451 4.7.1 2', '4[5]1', '(a+)+', 'Lost.'])(
    '"%s" is none',
    (code) => expect(isCodePattern(code)).toBe(false),
  );
});

test.each([
  ['example.com', true],
  ['mail.example.com', true],
  ['ample.com', false],
  ['com', true],
  ['example.org', false],
])('of the domain %s: %s', (domain, isIt) => {
  expect(isMeant(failure({}), { domain })).toBe(isIt);
});

test('failures are counted by kind, the first try of them told, and no more kinds kept than fit', () => {
  const groups = new FailureGroups();
  groups.add(failure({ nextAt: 9 }));
  groups.add(failure({ nextAt: 5 }));
  groups.add(failure({ state: 'rejected', words: 'answer to RCPT TO: 552 5.2.2 Full' }));
  for (let i = 0; i < 5_000; i++) groups.add(failure({ address: `a@d${i}.example` as never }));
  const { all } = groups;
  expect(all.find(({ domain }) => domain === 'mail.example.com')).toMatchObject({ count: 2, nextAt: 5 });
  expect(all.length).toBeLessThan(2_010);
  expect(all[0]).toMatchObject({ domain: '*', reply: '451 4.7.1' });
  expect(all.reduce((n, { count }) => n + count, 0)).toBe(groups.count);
  expect(Object.fromEntries(groups.byState)).toEqual({ deferred: 5_002, rejected: 1 });
});
