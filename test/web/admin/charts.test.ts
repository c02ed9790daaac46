import { describe, expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../src/domain/instant.ts';
import type { AudienceParts } from '../../../src/domain/issue-counts.ts';
import type { SeriesStatus } from '../../../src/domain/series-status.ts';
import { segmentsOf } from '../../../src/web/admin/charts/audience-bar.tsx';
import { axisFor } from '../../../src/web/admin/charts/axis.ts';
import { stackedBars } from '../../../src/web/admin/charts/bars.ts';
import { calendarOf, releasesOf } from '../../../src/web/admin/charts/calendar.ts';
import { funnelOf } from '../../../src/web/admin/charts/funnel.tsx';
import { areaPath, linePath, pointsAcross } from '../../../src/web/admin/charts/line-path.ts';
import { numberWords, percentWords, shortNumber } from '../../../src/web/admin/charts/numbers.ts';
import { filledDays } from '../../../src/web/admin/charts/people-chart.tsx';
import { GROUND, PLOT_HEIGHT, yOf } from '../../../src/web/admin/charts/plot.tsx';
import { harmless } from '../../../src/web/admin/pages/foreign.tsx';
import { groupReplies } from '../../../src/web/admin/pages/reply-groups.ts';
import { momentWords, spanWords } from '../../../src/web/admin/pages/time-words.ts';
import { issueOf, seriesOf } from './made-up.ts';
import { NOBODY } from '../../support/status-samples.ts';

describe('an axis', () => {
  test.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [2, [0, 1, 2]],
    [3, [0, 1, 2, 3]],
    [4, [0, 2, 4]],
    [50, [0, 20, 40, 60]],
    [99, [0, 50, 100]],
    [1_000, [0, 500, 1_000]],
    [1_000_000, [0, 500_000, 1_000_000]],
    [1_234_567, [0, 500_000, 1_000_000, 1_500_000]],
  ])('up to %d has %j', (max, ticks) => {
    expect(axisFor(max)).toEqual({ top: ticks.at(-1), ticks });
  });

  test('of any number up to ten million is whole, ends above it, and has two to six ticks', () => {
    for (let max = 0; max < 10_000_000; max += 1 + Math.floor(max / 7)) {
      const { top, ticks } = axisFor(max);
      expect(top).toBeGreaterThanOrEqual(max);
      expect(ticks.every(Number.isInteger)).toBe(true);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(6);
    }
  });
});

describe('stacked bars', () => {
  const kinds = ['accepted', 'rejected'];

  test('stand on the ground, side by side, each part on the one before', () => {
    const axis = axisFor(100);
    const [first, second] = stackedBars([{ accepted: 50, rejected: 50 }, {}], kinds, axis);
    expect(first).toEqual({
      x: 4.5,
      width: 41,
      pieces: [
        { kind: 'accepted', y: GROUND - PLOT_HEIGHT / 2, height: PLOT_HEIGHT / 2 },
        { kind: 'rejected', y: GROUND - PLOT_HEIGHT, height: PLOT_HEIGHT / 2 },
      ],
    });
    expect(second).toEqual({ x: 54.5, width: 41, pieces: [] });
  });

  test('one refusal among a million is seen', () => {
    const [bar] = stackedBars([{ accepted: 1_000_000, rejected: 1 }], kinds, axisFor(1_000_001));
    expect(bar?.pieces.at(-1)).toMatchObject({ kind: 'rejected', height: 2 });
  });

  test('none at all', () => {
    expect(stackedBars([], kinds, axisFor(0))).toEqual([]);
  });
});

test('the zero of an axis is at the ground, its top at the top', () => {
  const axis = axisFor(50);
  expect([yOf(0, axis), yOf(axis.top, axis)]).toEqual([GROUND + 0.5, GROUND - PLOT_HEIGHT + 0.5]);
});

describe('the bar of an audience', () => {
  test.each<[string, Partial<AudienceParts>, [string, number, number][]]>([
    ['nobody', {}, []],
    ['one', { waiting: 1 }, [['waiting', 0, 100]]],
    [
      'halves',
      { accepted: 25, waiting: 25 },
      [
        ['accepted', 0, 50],
        ['waiting', 50, 50],
      ],
    ],
    [
      'one among a million',
      { accepted: 999_999, rejected: 1 },
      [
        ['accepted', 0, 99.4],
        ['rejected', 99.4, 0.6],
      ],
    ],
  ])('%s', (_, parts, segments) => {
    const found = segmentsOf({ ...NOBODY, ...parts });
    expect(found.map(({ part, x, width }) => [part, x, width])).toEqual(segments);
  });

  test('all parts together are the whole width', () => {
    const all = segmentsOf({
      ...NOBODY,
      accepted: 3,
      waiting: 1_000_000,
      deferred: 7,
      rejected: 1,
      skipped: 2,
      uncertain: 9,
      suppressed: 4,
    });
    expect(all).toHaveLength(7);
    expect(all.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(100, 1);
    for (const [index, { x, width }] of all.entries())
      expect(all[index + 1]?.x ?? 100).toBeCloseTo(x + width, 1);
  });
});

describe('a line', () => {
  test.each([
    [[], '', ''],
    [[5], 'M0 50L1000 50', 'M0 50L1000 50L1000 100L0 100Z'],
    [[0, 10], 'M0 100L1000 0', 'M0 100L1000 0L1000 100L0 100Z'],
  ])('through %j', (values, line, area) => {
    const points = pointsAcross(values, 10);
    expect([linePath(points), areaPath(points)]).toEqual([line, area]);
  });

  test('of nothing but zeros lies on the ground', () => {
    expect(linePath(pointsAcross([0, 0], 0))).toBe('M0 100L1000 100');
  });
});

test('a day nobody looked at is as the day before', () => {
  const days = filledDays([
    { day: '2026-02-27', joined: 10, left: 1, bounced: 0 },
    { day: '2026-03-02', joined: 12, left: 2, bounced: 1 },
  ]);
  expect(days.map(({ day, readers }) => [day, readers])).toEqual([
    ['2026-02-27', 9],
    ['2026-02-28', 9],
    ['2026-03-01', 9],
    ['2026-03-02', 9],
  ]);
  expect(filledDays([])).toEqual([]);
});

describe('the calendar', () => {
  const now = Date.UTC(2026, 2, 31, 22, 30);
  const at = (releaseAt: number, timezone: string): SeriesStatus =>
    seriesOf({ timezone, now, issues: [issueOf({ state: 'unreleased', releaseAt })] });
  const dayOf = (status: SeriesStatus, timezone = 'UTC') =>
    calendarOf(releasesOf([status], now), now, timezone)
      .flat()
      .find(({ releases }) => releases.length > 0)?.day;

  test('begins with Monday, holds five weeks, and knows today in the zone it is for', () => {
    const weeks = calendarOf([], now, 'UTC');
    expect([weeks.length, weeks[0]?.length, weeks[0]?.[0]?.day]).toEqual([5, 7, '2026-03-30']);
    const today = (timezone: string) =>
      calendarOf([], now, timezone)
        .flat()
        .find(({ isToday }) => isToday)?.day;
    expect([today('UTC'), today('Asia/Taipei')]).toEqual(['2026-03-31', '2026-04-01']);
  });

  test.each([
    ['UTC', '2026-03-31'],
    ['Asia/Taipei', '2026-04-01'],
    ['America/New_York', '2026-03-31'],
  ])('has a release on the day it is in the zone of its series: %s', (timezone, day) => {
    expect(dayOf(at(now + 30 * MINUTE_MS, timezone))).toBe(day);
  });

  test('has nothing of the past, of a series that is cancelled, and of later weeks', () => {
    expect(dayOf(at(now - DAY_MS, 'UTC'))).toBeUndefined();
    expect(dayOf(at(now + 60 * DAY_MS, 'UTC'))).toBeUndefined();
    const cancelled = at(now + DAY_MS, 'UTC');
    expect(releasesOf([{ ...cancelled, plan: { ...cancelled.plan, state: 'cancelled' } }], now)).toEqual([]);
  });
});

test('each step of the funnel is a part of the one before', () => {
  const issue = issueOf({
    audience: 100,
    toCome: 20,
    waiting: 30,
    accepted: 55,
    rejected: 5,
    deferred: 6,
    uncertain: 2,
    skipped: 2,
  });
  expect(funnelOf(issue).map(({ people }) => people)).toEqual([100, 80, 68, 55]);
});

const reply = (kind: 'deferred' | 'rejected', code: string, domain: string, count: number) =>
  ({ issue: 'frost', kind, reply: code, domain, count }) as Parameters<typeof groupReplies>[0][number];

test('answers are one group whoever gave them, the most frequent first', () => {
  const groups = groupReplies([
    reply('deferred', '451 4.7.1', 'a.example', 2),
    reply('rejected', '550 5.1.1', 'b.example', 4),
    reply('deferred', '451 4.7.1', 'c.example', 3),
  ]);
  expect(
    groups.map(({ kind, reply: code, count, domains }) => [
      kind,
      code,
      count,
      domains.map(({ domain }) => domain),
    ]),
  ).toEqual([
    ['deferred', '451 4.7.1', 5, ['c.example', 'a.example']],
    ['rejected', '550 5.1.1', 4, ['b.example']],
  ]);
});

describe('numbers in words', () => {
  test.each([
    ['en', 0, 0, '0%'],
    ['en', 0, 50, '0%'],
    ['en', 1, 1_000_000, '1%'],
    ['en', 999_999, 1_000_000, '99%'],
    ['en', 50, 50, '100%'],
    ['zh-Hant', 1, 2, '50%'],
  ] as const)('%s: %d of %d is %s', (locale, part, whole, says) => {
    expect(percentWords(part, whole, locale)).toBe(says);
  });

  test.each([
    ['en', 1_234_567, '1,234,567', '1.2M'],
    ['zh-Hant', 1_234_567, '1,234,567', '123.5萬'],
    ['zh-Hans', 1_000_000, '1,000,000', '100万'],
    ['en', 50, '50', '50'],
  ] as const)('%s: %d is %s, in short %s', (locale, n, whole, short) => {
    expect([numberWords(n, locale), shortNumber(n, locale)]).toEqual([whole, short]);
  });

  test.each([
    ['en', 0, '1 sec'],
    ['en', 59_000, '59 sec'],
    ['en', 3 * MINUTE_MS, '3 min'],
    ['en', 125 * MINUTE_MS, '2 hr 5 min'],
    ['en', 2 * DAY_MS + 4 * 60 * MINUTE_MS, '2 days 4 hr'],
    ['zh-Hant', 125 * MINUTE_MS, '2 小時 5 分鐘'],
  ] as const)('%s: %d ms is %s', (locale, ms, says) => {
    expect(spanWords(ms, locale)).toBe(says);
  });

  test('a moment of today has its hour only', () => {
    const now = Date.UTC(2026, 2, 31, 12);
    expect(momentWords(now + MINUTE_MS, now, 'Asia/Taipei', 'en')).toBe('20:01');
    expect(momentWords(now + DAY_MS, now, 'Asia/Taipei', 'en')).toBe('Wed 1 Apr, 20:00');
    expect(momentWords(now + 400 * DAY_MS, now, 'UTC', 'en')).toContain('2027');
  });
});

test.each([
  ['plain 茶', 'plain 茶'],
  ['a\u0000b\u001b[31m', 'a\ufffdb\ufffd[31m'],
  ['safe\u202egnp.exe', 'safe\ufffdgnp.exe'],
  ['\ud800x', '\ufffdx'],
  ['family 👨‍👩‍👧', 'family 👨‍👩‍👧'],
])('%j is shown as %j', (text, shown) => {
  expect(harmless(text)).toBe(shown);
});
