import { describe, expect, test } from 'vitest';
import { intoWindow, isInsideWindow } from '../../src/domain/send-window.ts';
import { parseWindow } from '../../src/domain/time-of-day.ts';

const TAIPEI = 'Asia/Taipei';
const NEW_YORK = 'America/New_York';

function windowed(text: string, timezone: string) {
  const window = parseWindow(text);
  if (window === undefined) throw new Error(`not a window: ${text}`);
  return { window, timezone };
}

describe('an instant moves to the earliest one inside the window', () => {
  test.each([
    ['08:00-20:00', TAIPEI, '2026-05-04T00:00:00.000Z', '2026-05-04T00:00:00.000Z'],
    ['08:00-20:00', TAIPEI, '2026-05-04T11:59:59.999Z', '2026-05-04T11:59:59.999Z'],
    ['08:00-20:00', TAIPEI, '2026-05-04T12:00:00.000Z', '2026-05-05T00:00:00.000Z'],
    ['08:00-20:00', TAIPEI, '2026-05-04T23:59:59.999Z', '2026-05-05T00:00:00.000Z'],
    ['08:00-20:00', TAIPEI, '1969-12-31T13:00:00.000Z', '1970-01-01T00:00:00.000Z'],
    // Over midnight.
    ['22:00-06:00', TAIPEI, '2026-05-04T14:00:00.000Z', '2026-05-04T14:00:00.000Z'],
    ['22:00-06:00', TAIPEI, '2026-05-04T21:59:59.999Z', '2026-05-04T21:59:59.999Z'],
    ['22:00-06:00', TAIPEI, '2026-05-04T22:00:00.000Z', '2026-05-05T14:00:00.000Z'],
    ['20:00-24:00', TAIPEI, '2026-05-04T16:00:00.000Z', '2026-05-05T12:00:00.000Z'],
    ['00:00-24:00', TAIPEI, '2026-05-04T16:00:00.123Z', '2026-05-04T16:00:00.123Z'],
    // The clocks jump from 02:00 into the window, over it, or past its opening.
    ['02:30-05:00', NEW_YORK, '2026-03-08T06:50:00.000Z', '2026-03-08T07:00:00.000Z'],
    ['02:00-03:00', NEW_YORK, '2026-03-08T06:50:00.000Z', '2026-03-09T06:00:00.000Z'],
    ['08:00-20:00', NEW_YORK, '2026-03-08T06:50:00.000Z', '2026-03-08T12:00:00.000Z'],
    // The clocks go back from 02:00 to 01:00, so the window opens twice.
    ['01:15-01:45', NEW_YORK, '2026-11-01T05:50:00.000Z', '2026-11-01T06:15:00.000Z'],
    ['01:15-01:45', NEW_YORK, '2026-11-01T06:50:00.000Z', '2026-11-02T06:15:00.000Z'],
  ])('%s in %s: %s → %s', (text, timezone, instant, moved) => {
    const cadence = windowed(text, timezone);
    expect(new Date(intoWindow(Date.parse(instant), cadence)).toISOString()).toBe(moved);
    expect(isInsideWindow(Date.parse(moved), cadence)).toBe(true);
    expect(isInsideWindow(Date.parse(instant), cadence)).toBe(instant === moved);
  });

  test('without a window, every instant is inside', () => {
    expect(isInsideWindow(123, { timezone: TAIPEI })).toBe(true);
    expect(intoWindow(123, { timezone: TAIPEI })).toBe(123);
  });
});
