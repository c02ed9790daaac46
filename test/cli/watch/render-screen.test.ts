import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { textOf } from '../../../src/cli/styled-line.ts';
import { renderScreen, type View } from '../../../src/cli/watch/render-screen.ts';
import type { Sight } from '../../../src/cli/watch/sight.ts';
import type { IssueId } from '../../../src/domain/issue.ts';
import type { SeriesId } from '../../../src/domain/series.ts';
import {
  HOSTILE,
  issueSample,
  NOW,
  presentSample,
  seriesSample,
  troubledSeries,
} from '../../support/status-samples.ts';

const replies = (count: number): Sight['replies'] =>
  Array.from({ length: count }, (_, index) => ({
    series: 'garden' as SeriesId,
    issue: 'frost' as IssueId,
    kind: index % 2 === 0 ? 'deferred' : 'rejected',
    reply: index === 0 ? HOSTILE : '451 4.7.1',
    domain: index === 0 ? HOSTILE : `mail${index}.example`,
    count: 1_000 - index,
  }));
const view = (sight: Partial<Sight>, more: Partial<View> = {}): View => ({
  sight: { present: presentSample([]), replies: [], perSecond: [], ...sight },
  scroll: 0,
  showsKeys: false,
  timezone: 'UTC',
  ...more,
});
const rows = (given: View, columns: number, height: number) =>
  renderScreen(given, { columns, rows: height }, true).lines.map(textOf);

const sending = (audience: number) =>
  presentSample([
    seriesSample(
      [
        issueSample({ number: 1, title: 'Frost', accepted: audience, state: 'complete' }),
        issueSample({
          number: 2,
          title: '融雪之後的花園',
          accepted: Math.floor(audience / 2),
          waiting: audience - Math.floor(audience / 2),
          due: audience,
          state: 'sending',
        }),
      ],
      { readers: audience, acceptedLastMinute: 15, nextDueAt: NOW, dueSince: NOW },
    ),
  ]);

const VIEWS: Readonly<Record<string, View>> = {
  'nothing scheduled': view({}),
  'no readers': view({ present: sending(0) }),
  'one reader': view({ present: sending(1), perSecond: [0, 1] }),
  'a million': view({ present: sending(1_000_000), perSecond: [900, 1_200, 1_100] }),
  'everything in trouble': view({
    present: presentSample([troubledSeries(), troubledSeries(3)], {
      trouble: HOSTILE,
      workers: [{ id: HOSTILE, startedAt: NOW, seenAt: NOW, connections: 1 }],
    }),
    replies: replies(30),
    perSecond: Array.from({ length: 600 }, (_, second) => second % 37),
  }),
  'Redis away': view({
    present: sending(50),
    away: {
      since: NOW - 8_000,
      until: NOW + 4_000,
      why: 'Redis cannot be reached; sending goes on by itself when it is back.',
    },
  }),
  'the keys': view({ present: sending(50) }, { showsKeys: true }),
  'scrolled too far': view({ present: sending(50) }, { scroll: 10_000 }),
};

describe.each(Object.entries(VIEWS))('%s', (_, given) => {
  test.each(
    [40, 80, 200].flatMap((columns) => [1, 2, 3, 5, 24, 50].map((height) => [columns, height] as const)),
  )('fills a screen of %i columns and %i rows, and nothing beyond it', (columns, height) => {
    const lines = rows(given, columns, height);
    expect(lines).toHaveLength(height);
    expect(lines.filter((line) => stringWidth(line) > columns)).toEqual([]);
    // oxlint-disable-next-line no-control-regex
    expect(
      lines.filter((line) => /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u200b]/.test(line)),
    ).toEqual([]);
  });
});

test('a send as it is seen', () => {
  const given = view({ present: sending(50), perSecond: [0, 1, 2, 4, 8, 4], replies: replies(3).slice(1) });
  expect(rows(given, 80, 20).join('\n')).toMatchInlineSnapshot(`
    " Partwork garden                                                       09:12:03 
                                                                               ▁▂▄█▄
    15 mails in the last minute, 50 due, 75 accepted, 0 put off, 0 refused, peak 8/s
    1 process sends: mars:4711 (4 connections)
    Queues: deliveries 8 + 2 active

    A garden (garden): running, 50 readers
    Issue 2 is going out: 25 of 50 have it, 25 to go.
    #  Issue                                             audience  accepted  waiting
    1  Frost           complete           ████████ 100%        50        50        0
    2  融雪之後的花園  sending   due now  ████░░░░  50%        50        25       25

    Put off, refused, in doubt
      999  rejected   451 4.7.1     mail1.example
      998  deferred   451 4.7.1     mail2.example




     q end   ? keys                                                                 "
  `);
});

test('while Redis is away it says since when, and all else is grey', () => {
  const { lines } = renderScreen(VIEWS['Redis away'] as View, { columns: 80, rows: 20 }, true);
  expect(textOf(lines[0] ?? [])).toContain('no answer since 09:11:55');
  expect(textOf(lines[1] ?? [])).toContain('Redis cannot be reached');
  expect(textOf(lines[2] ?? [])).toContain('is 4 s old');
  const styles = lines.slice(3, -1).flatMap((line) => line.map(({ style }) => style));
  expect(new Set(styles)).toEqual(new Set(['gray']));
});

test('scrolling shows every line once, and says where one is', () => {
  const given = VIEWS['everything in trouble'] as View;
  const whole = rows(given, 80, 500)
    .slice(1, -1)
    .filter((line) => line !== '');
  const { furthest, page } = renderScreen(given, { columns: 80, rows: 12 }, true);
  const seen: string[] = [];
  for (let scroll = 0; scroll < furthest + page; scroll += page) {
    const first = Math.min(scroll, furthest);
    seen.push(...rows({ ...given, scroll }, 80, 12).slice(1 + scroll - first, -1));
  }
  expect(seen.filter((line) => line !== '')).toEqual(whole);
  expect(rows({ ...given, scroll: furthest }, 80, 12).at(-1)).toMatch(
    new RegExp(`lines ${furthest + 1} to (\\d+) of \\1`),
  );
});

test('answers of mail servers are added up over issues, and the many are one line', () => {
  const twice = [...replies(14), ...replies(14).map((reply) => ({ ...reply, issue: 'thaw' as IssueId }))];
  const lines = rows(view({ present: presentSample([]), replies: twice }), 100, 40);
  expect(lines.find((line) => line.includes('mail1.example'))).toMatch(/^1,998 {2}rejected/);
  expect(lines.find((line) => line.includes('others;'))).toMatch(/^3,950/);
});
