import { describe, expect, test } from 'vitest';
import type { Attention } from '../../../src/domain/attention.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/instant.ts';
import type { IssueId } from '../../../src/domain/issue.ts';
import type { Overview } from '../../../src/domain/overview.ts';
import { sampleOf } from '../../../src/domain/sample.ts';
import type { SeriesId } from '../../../src/domain/series.ts';
import { renderFragments, type Fragments } from '../../../src/web/admin/pages/fragments.tsx';
import { issueFragments } from '../../../src/web/admin/pages/issue-page.tsx';
import { overviewFragments } from '../../../src/web/admin/pages/overview-page.tsx';
import { seriesFragments } from '../../../src/web/admin/pages/series-page.tsx';
import { elementsIn, HOSTILE, textIn, troublesIn } from './harmless-html.ts';
import { issueOf, madeUpViews, NOW, overviewOf, seriesOf } from './made-up.ts';

const views = await madeUpViews();
const [, english] = views[0] ?? [];
if (english === undefined) throw new Error('There is no English.');

const htmlOf = async (fragments: Fragments): Promise<string> =>
  [...(await renderFragments(fragments)).values()].join('\n');

const everyAttention = (text: string): Attention[] => {
  const series = 'garden' as SeriesId;
  const issue = 'frost' as IssueId;
  return [
    { kind: 'not-running', series, state: 'paused', reason: text },
    { kind: 'not-running', series, state: 'cancelled', reason: text },
    { kind: 'mail-blocked', reason: text },
    { kind: 'no-workers', series },
    { kind: 'stuck', series, since: NOW - HOUR_MS, due: 7 },
    { kind: 'many-rejected', series, issue, rejected: 5, tried: 9 },
    { kind: 'held', series, issue, held: 3 },
    { kind: 'many-deferred', series, issue, deferred: 8 },
    { kind: 'counts-differ', series, issue },
    { kind: 'places-differ', series, readers: 5, placed: 4 },
  ];
};

/** Everything there can be, as many times as `n`, with somebody else's text wherever there is one. */
function fullOverview(n: number, text: string): Overview {
  const parts = {
    accepted: n,
    waiting: n,
    deferred: n,
    rejected: n,
    suppressed: n,
    skipped: n,
    uncertain: n,
  };
  const events = { toCome: n, left: n, held: n, due: n, deferrals: n, doubts: n };
  const states = ['complete', 'sending', 'waiting', 'held', 'retired'] as const;
  const issues = [
    ...states.map((state, index) =>
      issueOf({
        issue: (index === 0 ? 'frost' : `frost-${index}`) as IssueId,
        number: index,
        title: text,
        state,
        audience: 7 * n,
        ...parts,
        ...events,
      }),
    ),
    ...[1, 9, 80].map((days) =>
      issueOf({
        issue: `later-${days}` as IssueId,
        title: text,
        state: 'unreleased',
        releaseAt: NOW + days * DAY_MS,
      }),
    ),
  ];
  const status = seriesOf({
    title: text,
    timezone: 'Asia/Taipei',
    issues,
    readers: n,
    caughtUp: n,
    joined: 3 * n,
    ended: n,
    bounced: n,
    nextDueAt: NOW - HOUR_MS,
    dueSince: NOW - HOUR_MS,
    acceptedLastMinute: n,
    finishesAt: NOW + DAY_MS,
    attention: everyAttention(text),
  });
  const paused = seriesOf({ id: 'paused', title: text, state: 'paused', nextDueAt: NOW + HOUR_MS });
  const overview = overviewOf({
    series: [status, paused, seriesOf({ id: 'cancelled', state: 'cancelled', issues: [] })],
    trouble: text,
    workers: [{ id: text, startedAt: NOW - DAY_MS, seenAt: NOW, connections: n }],
    queues: [{ queue: text, waiting: n, active: n, delayed: n, failed: n }],
    people: { active: n, left: n, bounced: n, suppressed: n },
    totals: { accepted: 60 * n, deferrals: n, rejected: n, doubts: n },
    oldestDueAt: NOW - HOUR_MS,
    days: [
      { day: '2026-03-01', joined: n, left: 0, bounced: 0 },
      { day: '2026-03-31', joined: 3 * n, left: n, bounced: n },
    ],
  });
  const now = sampleOf(overview);
  const timeline = Array.from({ length: 60 }, (_, minute) => ({
    ...now,
    at: NOW - (60 - minute) * MINUTE_MS,
    accepted: minute * n,
    deferrals: 0,
    rejected: 0,
    due: n,
  }));
  return { ...overview, timeline };
}

const detailOf = (n: number, text: string) => ({
  replies: (['deferred', 'rejected', 'uncertain'] as const).flatMap((kind) =>
    [text, 'lost', 'other'].map((reply) => ({
      issue: 'frost' as IssueId,
      kind,
      reply,
      domain: kind === 'deferred' ? '*' : text,
      count: n,
    })),
  ),
  domains: [{ domain: text, count: n, seconds: n * 1.25 }],
});

function allPages(
  view: NonNullable<typeof english>,
  overview: Overview,
  detail: ReturnType<typeof detailOf>,
): Fragments[] {
  return [
    overviewFragments(view, overview),
    ...overview.series.map((status) => seriesFragments(view, overview, status)),
    ...overview.series.flatMap((status) =>
      status.issues.map((issue) => issueFragments(view, status, issue, detail)),
    ),
  ];
}

describe('pages with what others have written', () => {
  test.each(HOSTILE)('%j changes nothing but a text', async (text) => {
    for (const [locale, view] of views) {
      for (const page of allPages(view, fullOverview(3, text), detailOf(3, text)))
        expect([locale, troublesIn(await htmlOf(page))]).toEqual([locale, []]);
    }
  });

  test('and it is there to be read', async () => {
    const html = await htmlOf(overviewFragments(english, fullOverview(3, '<b>Frost</b> & co')));
    expect(textIn(html).match(/<b>Frost<\/b> & co/g)?.length).toBeGreaterThan(10);
  });
});

describe('numbers of any size', () => {
  test.each([0, 1, 50, 1_000_000])('%d', async (n) => {
    for (const [locale, view] of views) {
      for (const page of allPages(view, fullOverview(n, 'Frost'), detailOf(n, 'a.example')))
        expect([locale, troublesIn(await htmlOf(page))]).toEqual([locale, []]);
    }
  });
});

test('no phrase has a place that nobody fills', async () => {
  for (const [locale, view] of views) {
    for (const page of allPages(view, fullOverview(5, 'Frost'), detailOf(5, 'a.example')))
      expect([locale, textIn(await htmlOf(page)).match(/\{\w+\}/g)]).toEqual([locale, null]);
  }
});

test('every chart says in words what it shows, and has its numbers in a table', async () => {
  const html = await htmlOf(overviewFragments(english, fullOverview(50, 'Frost')));
  const charts = elementsIn(html).filter(
    ({ tagName, attrs }) =>
      tagName === 'svg' && attrs.some(({ name, value }) => name === 'role' && value === 'img'),
  );
  expect(charts.length).toBeGreaterThanOrEqual(5);
  for (const { attrs, childNodes } of charts) {
    const [title, says] = childNodes.filter((node) => 'tagName' in node);
    expect([title?.tagName, says?.tagName]).toEqual(['title', 'desc']);
    expect(attrs.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['aria-labelledby', 'aria-describedby']),
    );
  }
  expect(html.match(/<details class="as-table"/g)).toHaveLength(3);
  expect(textIn(html)).toContain('In the last hour: 3,000 accepted');
});

const rows = (html: string) => elementsIn(html).filter(({ tagName }) => tagName === 'td').length;

test('the parts of an audience are its sum, and say so', async () => {
  const status = seriesOf({
    issues: [issueOf({ audience: 10, accepted: 4, waiting: 3, deferred: 1, rejected: 1, uncertain: 1 })],
  });
  const [issue] = status.issues;
  if (issue === undefined) throw new Error('There is one.');
  const fragments = await renderFragments(
    issueFragments(english, status, issue, { replies: [], domains: [] }),
  );
  const audience = fragments.get('live-audience') ?? '';
  expect(rows(audience)).toBe(16);
  expect(textIn(audience)).toContain('Audience 10 adds up');
  const wrong = issueFragments(english, status, { ...issue, addsUp: false }, { replies: [], domains: [] });
  expect(textIn((await renderFragments(wrong)).get('live-audience') ?? '')).toContain('does not add up');
});

describe('what needs attention', () => {
  test('is told worst first, with the command that mends it, in each language', async () => {
    for (const [locale, view] of views) {
      const fragments = await renderFragments(overviewFragments(view, fullOverview(3, 'Frost')));
      const html = fragments.get('live-attention') ?? '';
      const points = elementsIn(html).filter(({ tagName }) => tagName === 'li');
      const grave = points.map(({ attrs }) => attrs.some(({ value }) => value.includes('point-grave')));
      expect([locale, points.length, grave.lastIndexOf(true), grave.indexOf(false)]).toEqual([
        locale,
        10,
        2,
        3,
      ]);
      for (const command of [
        'partwork work',
        'partwork watch',
        'partwork resume garden',
        'partwork held garden',
      ])
        expect(textIn(html)).toContain(command);
    }
  });

  test('is nothing, when nothing does', async () => {
    const fragments = await renderFragments(overviewFragments(english, overviewOf({ series: [seriesOf()] })));
    expect(textIn(fragments.get('live-attention') ?? '')).toContain('All is well');
  });
});

test('before anything is scheduled there is only what to do', async () => {
  for (const [locale, view] of views) {
    const fragments = await renderFragments(overviewFragments(view, overviewOf()));
    expect([locale, textIn(fragments.get('live-series') ?? '')]).toEqual([
      locale,
      expect.stringContaining('partwork schedule <series>'),
    ]);
    expect(['live-figures', 'live-minutes', 'live-people'].map((id) => fragments.get(id))).toEqual([
      '',
      '',
      '',
    ]);
  }
});
