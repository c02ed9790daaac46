import { describe, expect, test } from 'vitest';
import type { Attention } from '../../../src/domain/attention.ts';
import type { IssueId } from '../../../src/domain/issue.ts';
import type { Overview } from '../../../src/domain/overview.ts';
import { BUCKETS_S } from '../../../src/domain/send-times.ts';
import type { IssueStatus, SeriesStatus } from '../../../src/domain/series-status.ts';
import type { SeriesId } from '../../../src/domain/series.ts';
import { exposition } from '../../../src/web/metrics/exposition.ts';
import type { Figures } from '../../../src/web/metrics/metric.ts';
import { hasPromtool, promtool } from '../../support/promtool.ts';
import { issueSample, seriesSample } from '../../support/status-samples.ts';
import { readMetrics } from '../../support/read-metrics.ts';

const NOW = Date.UTC(2026, 10, 30);

const issueOf = (issue: string, more: Partial<IssueStatus> = {}): IssueStatus =>
  issueSample({ issue: issue as IssueId, title: 'CANARY title', state: 'sending', audience: 0, ...more });

const seriesOf = (series: string, more: Partial<Omit<SeriesStatus, 'plan'>> = {}): SeriesStatus =>
  seriesSample([], {
    now: NOW,
    readers: 0,
    joined: 0,
    ...more,
    plan: { series: series as SeriesId, title: 'CANARY title', stateReason: 'CANARY reason' },
  });

const figuresOf = (series: readonly SeriesStatus[], more: Partial<Figures> = {}): Figures => ({
  overview: {
    now: NOW,
    series,
    workers: [],
    queues: [],
    people: { active: 0, left: 0, bounced: 0, suppressed: 0 },
    totals: { accepted: 0, deferrals: 0, rejected: 0, doubts: 0 },
    timeline: [],
    days: [],
  },
  replies: new Map(),
  times: { buckets: [], count: 0, seconds: 0 },
  redis: { usedBytes: 1, mostBytes: 0, clients: 1, isAppendOnly: true, isWriting: true, delayedFsyncs: 0 },
  isFit: true,
  queueText: '',
  ...more,
});

const told = (figures: Figures) => exposition({ figures, isRedisUp: true, version: '1.2.3', seconds: 0.5 });

const withOverview = (figures: Figures, more: Partial<Overview>): Figures => ({
  ...figures,
  overview: { ...figures.overview, ...more },
});

describe('text that wants to be more than a label', () => {
  const HOSTILE = [
    'a"} 1\npartwork_up 7\nx{y="',
    'ends with a backslash\\',
    '\\"',
    '\\n',
    '花園 🌱',
    '# HELP partwork_up no',
    '__proto__',
    "',;{}=$(id)<b>&amp;",
    'comma", series="garden',
  ];

  test.each(HOSTILE)('%j names a series and an issue, and comes back as it was', async (name) => {
    const series = seriesOf(name, { issues: [issueOf(name, { audience: 3, accepted: 3 })], readers: 5 });
    const read = readMetrics(await told(figuresOf([seriesOf('garden'), series])));
    expect(read.value('partwork_issue_audience', { series: name, issue: name })).toBe(3);
    expect(read.value('partwork_subscriptions', { series: name, state: 'active' })).toBe(5);
    expect(read.value('partwork_up')).toBe(1);
    expect(read.values('partwork_series_due')).toHaveLength(2);
  });

  test.each(HOSTILE)('%j as what a server said', async (reply) => {
    const count = {
      issue: 'frost' as IssueId,
      kind: 'deferred',
      reply,
      domain: 'CANARY.example',
      count: 2,
    } as const;
    const figures = figuresOf([seriesOf('garden')], { replies: new Map([['garden' as SeriesId, [count]]]) });
    const text = await told(figures);
    expect(readMetrics(text).values('partwork_replies_total')).toEqual([
      [{ series: 'garden', kind: 'deferred', reply }, 2],
    ]);
    expect(text).not.toContain('CANARY');
  });

  test.skipIf(!hasPromtool)(
    'all of them at once, to Prometheus itself (skipped without promtool)',
    async () => {
      const all = HOSTILE.map((name) => seriesOf(name, { issues: [issueOf(name)] }));
      expect(promtool(['check', 'metrics'], await told(figuresOf(all)))).toEqual({ code: 0, said: '' });
    },
  );
});

test('titles, reasons and the names of machines are in no label', async () => {
  const trouble: Attention = { kind: 'mail-blocked', reason: 'CANARY ash@example.com' };
  const series = seriesOf('garden', { issues: [issueOf('frost')], attention: [trouble] });
  const figures = withOverview(figuresOf([series]), {
    trouble: 'CANARY ash@example.com',
    workers: [{ id: 'CANARY:4711', startedAt: NOW, seenAt: NOW, connections: 5 }],
  });
  const text = await told(figures);
  expect(text).not.toMatch(/CANARY|example\.com|4711/);
  expect(readMetrics(text).value('partwork_mail_blocked')).toBe(1);
  expect(readMetrics(text).value('partwork_worker_connections')).toBe(5);
});

test('a server with a new code for every mail does not make as many time series', async () => {
  const counts = Array.from({ length: 5_000 }, (_, index) => ({
    issue: `issue-${index % 7}` as IssueId,
    kind: 'deferred' as const,
    reply: `451 4.${index % 2_500}.1`,
    domain: `d${index}.example`,
    count: 3,
  }));
  const figures = figuresOf([seriesOf('garden')], { replies: new Map([['garden' as SeriesId, counts]]) });
  const replies = readMetrics(await told(figures)).values('partwork_replies_total');
  expect(replies).toHaveLength(51);
  expect(replies.reduce((n, [, value]) => n + value, 0)).toBe(15_000);
});

describe('lateness', () => {
  test.each([
    [undefined, 0],
    [NOW - 90_500, 90.5],
    // Clocks of two machines differ.
    [NOW + 20, 0],
  ])('due since %s: %s seconds', async (dueSince, seconds) => {
    const series = seriesOf('garden', dueSince === undefined ? {} : { dueSince });
    const more = dueSince === undefined ? {} : { oldestDueAt: dueSince };
    const read = readMetrics(await told(withOverview(figuresOf([series]), more)));
    expect(read.value('partwork_oldest_due_age_seconds')).toBe(seconds);
    expect(read.value('partwork_series_oldest_due_age_seconds', { series: 'garden' })).toBe(seconds);
  });
});

test.each(['stuck', 'counts-differ', 'held', 'not-running'])(
  '%s is told of its series only',
  async (kind) => {
    const attention = [{ kind, series: 'garden' }] as unknown as Attention[];
    const read = readMetrics(await told(figuresOf([seriesOf('garden', { attention }), seriesOf('tea')])));
    const toldOf = (series: string) => read.value('partwork_series_attention', { series, kind });
    expect([toldOf('garden'), toldOf('tea')]).toEqual([1, 0]);
    expect(read.value('partwork_series_stuck', { series: 'garden' })).toBe(kind === 'stuck' ? 1 : 0);
  },
);

test('mails that take longer than all buckets are in the last one only', async () => {
  const buckets = [...BUCKETS_S.map(() => 1), 4];
  const times = { buckets, count: BUCKETS_S.length + 4, seconds: 400.25 };
  const text = await told(figuresOf([], { times }));
  expect(text).toContain('partwork_send_duration_seconds_bucket{le="0.005"} 1\n');
  expect(text).toContain('partwork_send_duration_seconds_bucket{le="60"} 13\n');
  expect(text).toContain('partwork_send_duration_seconds_bucket{le="+Inf"} 17\n');
  expect(text).toContain('partwork_send_duration_seconds_sum 400.25\n');
});

test('a new ledger has all metrics that need no series, and no series', async () => {
  const read = readMetrics(await told(figuresOf([])));
  expect(read.value('partwork_oldest_due_age_seconds')).toBe(0);
  expect(read.value('partwork_workers')).toBe(0);
  expect(read.values('partwork_deliveries_total')).toEqual([]);
  expect(read.value('partwork_build_info', { version: '1.2.3' })).toBe(1);
});
