import { describe, expect, test } from 'vitest';
import { parseDomainLimits } from '../../src/domain/domain-limits.ts';
import { parseRates, parseWarmUp } from '../../src/domain/sending-rate.ts';

describe('rates', () => {
  test.each([
    ['50/s', [{ most: 50, periodMs: 1_000 }]],
    ['600/min', [{ most: 600, periodMs: 60_000 }]],
    ['2000/h', [{ most: 2_000, periodMs: 3_600_000 }]],
    [
      '14/s 50000/day',
      [
        { most: 14, periodMs: 1_000 },
        { most: 50_000, periodMs: 86_400_000 },
      ],
    ],
    [
      ' 14/second, 5/D ',
      [
        { most: 14, periodMs: 1_000 },
        { most: 5, periodMs: 86_400_000 },
      ],
    ],
    ['', undefined],
    ['50', undefined],
    ['0/s', undefined],
    ['-1/s', undefined],
    ['1.5/s', undefined],
    ['50/fortnight', undefined],
    ['50/s 60/s', undefined],
    ['50/s fast', undefined],
  ])('"%s"', (text, expected) => {
    expect(parseRates(text)).toEqual(expected);
  });
});

describe('warming up', () => {
  const startDay = Date.UTC(2026, 11, 1) / 86_400_000;
  test.each([
    ['2026-12-01', { startDay, first: 500, growth: 1.5 }],
    ['2026-12-01 200', { startDay, first: 200, growth: 1.5 }],
    ['2026-12-01 200 x2', { startDay, first: 200, growth: 2 }],
    ['2026-12-01 x1.2', { startDay, first: 500, growth: 1.2 }],
    ['2026-02-30', undefined],
    ['2026-13-01', undefined],
    ['tomorrow 500', undefined],
    ['2026-12-01 0', undefined],
    ['2026-12-01 500 x1', undefined],
    ['2026-12-01 500 x11', undefined],
    ['2026-12-01 500 1.5', undefined],
  ])('"%s"', (text, expected) => {
    expect(parseWarmUp(text)).toEqual(expected);
  });
});

const bucket = (text: string, domain: string, usual = true) => {
  const { name, rates } = parseDomainLimits(text, { usual })?.bucketOf(domain) ?? {};
  return name === undefined
    ? undefined
    : `${name} ${rates?.map(({ most, periodMs }) => `${most}/${periodMs}`).join(' ')}`;
};
describe('domains', () => {
  test.each([
    ['large providers have a limit of their own', '', 'gmail.com', 'gmail 100/1000'],
    ['domains of one provider share it', '', 'googlemail.com', 'gmail 100/1000'],
    ['', '', 'hotmail.com', 'outlook 50/1000'],
    ['', '', 'aol.com', 'yahoo 50/1000'],
    ['', '', 'me.com', 'icloud 20/1000'],
    ['', '', 'foxmail.com', 'qq 10/1000'],
    ['', '', '126.com', 'netease 10/1000'],
    ['others have none', '', 'example.com', undefined],
    [
      'what is typed takes the place of what is usual',
      'GMAIL.com = 5/s 900/day',
      'googlemail.com',
      'gmail 5/1000 900/86400000',
    ],
    ['and only there', 'gmail.com=5/s', 'qq.com', 'qq 10/1000'],
    ['a domain may have none', 'gmail.com=off', 'gmail.com', undefined],
    ['or one of its own', 'example.com=1/s', 'example.com', 'example.com 1/1000'],
    ['the star is each other domain for itself', '*=2/s', 'example.com', 'example.com 2/1000'],
    ['and no provider', '*=2/s', 'gmail.com', 'gmail 100/1000'],
    ['a domain is taken out of the star', '*=2/s, example.com=off', 'example.com', undefined],
    ['off is off', 'off', 'gmail.com', undefined],
  ])('%s (%s, %s)', (_rule, text, domain, expected) => {
    expect(bucket(text, domain)).toBe(expected);
  });

  test('a local inbox has only what is typed', () => {
    expect(bucket('', 'gmail.com', false)).toBeUndefined();
    expect(bucket('gmail.com=1/s', 'gmail.com', false)).toBe('gmail 1/1000');
  });

  test.each([
    'gmail.com',
    'gmail.com=',
    'gmail.com=fast',
    '=5/s',
    'gmail=5/s',
    'gmail.com=5/s, googlemail.com=6/s',
    'off, gmail.com=5/s',
  ])('refuses "%s"', (text) => {
    expect(parseDomainLimits(text)).toBeUndefined();
  });
});
