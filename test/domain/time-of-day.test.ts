import { describe, expect, test } from 'vitest';
import { formatTimeOfDay, formatWindow, parseTimeOfDay, parseWindow } from '../../src/domain/time-of-day.ts';

describe('a time of day', () => {
  test.each([
    ['00:00', 0, '00:00'],
    ['08:00', 480, '08:00'],
    [' 8:05 ', 485, '08:05'],
    ['23:59', 1439, '23:59'],
  ])('%s is minute %i', (text, minute, formatted) => {
    expect(parseTimeOfDay(text)).toBe(minute);
    expect(formatTimeOfDay(minute)).toBe(formatted);
  });

  test.each(['', '8', '24:00', '8:60', '-1:00', '08:00:00', '8am', '08:00 PM', '008:00'])(
    'is not %j',
    (text) => {
      expect(parseTimeOfDay(text)).toBeUndefined();
    },
  );
});

describe('a send window', () => {
  test.each([
    ['08:00-20:00', { from: 480, to: 1200 }, '08:00-20:00'],
    ['8:00 – 20:30', { from: 480, to: 1230 }, '08:00-20:30'],
    ['22:00-06:00', { from: 1320, to: 360 }, '22:00-06:00'],
    ['20:00-24:00', { from: 1200, to: 0 }, '20:00-24:00'],
    ['20:00-00:00', { from: 1200, to: 0 }, '20:00-24:00'],
    ['00:00-24:00', { from: 0, to: 0 }, '00:00-24:00'],
  ])('%s', (text, window, formatted) => {
    expect(parseWindow(text)).toEqual(window);
    expect(formatWindow(window)).toBe(formatted);
  });

  test.each(['', '08:00', '08:00-', '-20:00', '08:00-08:00', '24:00-08:00', '08:00-25:00', '1:00-2:00-3:00'])(
    'is not %j',
    (text) => {
      expect(parseWindow(text)).toBeUndefined();
    },
  );
});
