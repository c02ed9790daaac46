import { describe, expect, test } from 'vitest';
import { parseConsentTime } from '../../src/csv/parse-consent-time.ts';

describe('a consent time', () => {
  test.each([
    ['2024-02-29', '2024-02-29T00:00:00Z'],
    ['2024/2/9', '2024-02-09T00:00:00Z'],
    ['2024.02.09 08:30', '2024-02-09T08:30:00Z'],
    ['2024-02-09 08:30:15', '2024-02-09T08:30:15Z'],
    ['2024-02-09T08:30:15.999Z', '2024-02-09T08:30:15Z'],
    ['2024-02-09 08:30:15.123456+08', '2024-02-09T00:30:15Z'],
    ['2024-02-09 08:30:15 UTC', '2024-02-09T08:30:15Z'],
    ['2024-02-09T08:30:15-0330', '2024-02-09T12:00:15Z'],
    ['2024-02-09 08:30:15 +05:30', '2024-02-09T03:00:15Z'],
  ])('%s', (text, instant) => {
    expect(parseConsentTime(text)).toBe(Date.parse(instant));
  });

  test.each([
    '',
    'yesterday',
    '1/2/2024',
    '2024-02',
    '2023-02-29',
    '2024-13-01',
    '2024-01-01 24:00',
    '2024-01-01 08:60',
    '2024-1/2',
    '20240101',
  ])('is not %j', (text) => {
    expect(parseConsentTime(text)).toBeUndefined();
  });
});
