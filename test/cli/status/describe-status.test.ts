import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { describeStatus } from '../../../src/cli/status/describe-status.ts';
import { textOf } from '../../../src/cli/styled-line.ts';
import { DAY_MS } from '../../../src/domain/instant.ts';
import type { SeriesId } from '../../../src/domain/series.ts';
import {
  ATTENTION,
  issueSample,
  NOW,
  presentSample,
  seriesSample,
  troubledSeries,
} from '../../support/status-samples.ts';

const TOMORROW = Date.parse('2026-12-01T08:00:00Z');
const lines = (all: Parameters<typeof presentSample>[0], columns: number, blocks = false, given = {}) =>
  describeStatus(presentSample(all, given), { columns, blocks }).map(textOf);

const fifty = seriesSample(
  [
    issueSample({ number: 1, title: 'Frost', accepted: 50, state: 'complete' }),
    issueSample({
      number: 2,
      title: '融雪之後的花園',
      accepted: 48,
      rejected: 1,
      skipped: 1,
      left: 1,
      state: 'complete',
    }),
    issueSample({ number: 3, title: 'Spring', waiting: 49, nextDueAt: TOMORROW }),
    issueSample({
      number: 4,
      title: 'Summer',
      waiting: 49,
      toCome: 49,
      state: 'unreleased',
      releaseAt: NOW + 9 * DAY_MS,
    }),
  ],
  { readers: 49, ended: 1, nextDueAt: TOMORROW },
);

describe('what a writer reads', () => {
  test('in 80 columns', () => {
    expect(lines([fifty], 80).join('\n')).toMatchInlineSnapshot(`
      "48 of 50 have issue 2 (1 was refused, 1 has left); issue 3 goes out tomorrow at
        08:00.

      A garden (garden): running
        every 1d at 08:00, UTC; new readers begin at the first issue
        49 readers, 0 caught up, 1 gone; 0 mails in the last minute; next due Tue
          2026-12-01 08:00 (in 23 h)
      1  Frost           complete                     ##################### 100% of 50
      2  融雪之後的花園  complete                     ###################x-  96% of 50
         50 = 48 accepted + 1 rejected + 1 skipped
      3  Spring          waiting     tomorrow 08:00   .....................   0% of 49
      4  Summer          unreleased  Wed 12-09 09:12  .....................   0% of 49

      # accepted   x rejected   - skipped   . waiting
      1 process sends: mars:4711 (4 connections)"
    `);
  });

  test('in 160 columns the counts have columns', () => {
    expect(lines([fifty], 160, true).join('\n')).toMatchInlineSnapshot(`
      "48 of 50 have issue 2 (1 was refused, 1 has left); issue 3 goes out tomorrow at 08:00.

      A garden (garden): running
        every 1d at 08:00, UTC; new readers begin at the first issue
        49 readers, 0 caught up, 1 gone; 0 mails in the last minute; next due Tue 2026-12-01 08:00 (in 23 h)
      #  Issue                                                                                       audience  accepted  rejected  skipped  waiting
      1  Frost           complete                     ████████████████████████████████████████ 100%        50        50         0        0        0
      2  融雪之後的花園  complete                     ██████████████████████████████████████x-  96%        50        48         1        1        0
      3  Spring          waiting     tomorrow 08:00   ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░   0%        49         0         0        0       49
      4  Summer          unreleased  Wed 12-09 09:12  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░   0%        49         0         0        0       49

      █ accepted   x rejected   - skipped   ░ waiting
      1 process sends: mars:4711 (4 connections)"
    `);
  });

  test('in 40 columns', () => {
    expect(lines([fifty], 40).join('\n')).toMatchInlineSnapshot(`
      "48 of 50 have issue 2 (1 was refused, 1
        has left); issue 3 goes out tomorrow
        at 08:00.

      A garden (garden): running
        every 1d at 08:00, UTC; new readers
          begin at the first issue
        49 readers, 0 caught up, 1 gone; 0
          mails in the last minute; next due
          Tue 2026-12-01 08:00 (in 23 h)
      1  Frost
         complete
         ########################## 100% of 50
      2  融雪之後的花園
         complete
         ########################x-  96% of 50
         50 = 48 accepted + 1 rejected + 1
           skipped
      3  Spring
         waiting, tomorrow 08:00
         ..........................   0% of 49
      4  Summer
         unreleased, Wed 12-09 09:12
         ..........................   0% of 49

      # accepted   x rejected   - skipped  
      . waiting
      1 process sends: mars:4711 (4
        connections)"
    `);
  });
});

describe.each([20, 40, 60, 80, 100, 120, 200, 400])('on paper of %i columns', (columns) => {
  test.each([
    ['fifty readers', [fifty]],
    ['nobody', [seriesSample([issueSample({ number: 1 })], { readers: 0 })]],
    ['no issue', [seriesSample([])]],
    ['a million, and everything in trouble', [troubledSeries(), fifty, troubledSeries(2)]],
  ])('%s: no line is wider, and nothing obeys a terminal', (_, all) => {
    for (const blocks of [true, false]) {
      const told = lines(all, columns, blocks, { trouble: '421 4.7.0 \u001b[31mlater' });
      expect(told.filter((line) => stringWidth(line) > columns)).toEqual([]);
      // oxlint-disable-next-line no-control-regex
      expect(
        told.filter((line) =>
          /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u200b]/.test(line),
        ),
      ).toEqual([]);
    }
  });
});

test('the sum that is shown adds up to the audience that is shown', () => {
  for (const columns of [40, 80]) {
    const told = lines([troubledSeries()], columns)
      .map((line) => line.trim())
      .join(' ');
    const [sum = '', audience = '', parts = ''] = /([\d,]+) = ((?:[\d,]+ [a-z]+(?: \+ )?)+)/.exec(told) ?? [];
    expect(sum).not.toBe('');
    const numbers = (parts.match(/[\d,]+(?= [a-z])/g) ?? []).map((n) => Number(n.replaceAll(',', '')));
    expect(numbers).toHaveLength(7);
    expect(numbers.reduce((a, b) => a + b, 0)).toBe(Number(audience.replaceAll(',', '')));
  }
});

test('counts that do not add up are not called a sum', () => {
  expect(lines([troubledSeries()], 80).join('\n')).toContain('5 != 3 uncertain');
});

test('columns stand in line, whatever script the titles have', () => {
  const rows = lines([fifty], 160, true).filter((line) => /^\d {2}/.test(line));
  expect(rows).toHaveLength(4);
  const begins = rows.map((row) => stringWidth(/^.*?(?=complete|waiting|unreleased)/.exec(row)?.[0] ?? ''));
  expect(new Set(begins).size).toBe(1);
});

test('attention comes right after the answer, the worst first, what is everybody’s once', () => {
  const garden = seriesSample([], { attention: [ATTENTION.held, ATTENTION['mail-blocked']] });
  const tea = seriesSample([], {
    plan: { series: 'tea' as SeriesId, title: 'Tea' },
    attention: [{ ...ATTENTION['no-workers'], series: 'tea' as SeriesId }, ATTENTION['mail-blocked']],
  });
  expect(lines([garden, tea], 200).slice(0, 5)).toEqual([
    'A garden: There is no issue to send.',
    'Tea: There is no issue to send.',
    '! Mail does not go out: 421 come later. It is tried again by itself; look at the mail server and at SMTP_URL.',
    '! tea: Mail is due and nobody sends it. `partwork work`',
    '! garden: 2 of "frost" may or may not have arrived and wait for you. `partwork held garden`',
  ]);
});

test('an issue that needs attention is called by its title, one reader and several as grammar has it', () => {
  const issue = ATTENTION.held.issue;
  const attention = [
    { ...ATTENTION['many-rejected'], rejected: 1 },
    { ...ATTENTION.held, held: 1 },
    { ...ATTENTION['many-deferred'], deferred: 1 },
  ];
  const status = seriesSample([issueSample({ issue, title: 'The first frost', deferrals: 1 })], {
    attention,
  });
  const said = lines([status], 200).join('\n');
  expect(said).toContain('! 1 reader was refused "The first frost". `partwork failures garden`');
  expect(said).toContain('! 1 of "The first frost" may or may not have arrived and waits for you.');
  expect(said).toContain('! 1 of "The first frost" was put off by the server and is tried again by itself.');
  expect(said).toContain('"The first frost": put off 1 time by the server, and tried again later');
});

test.each([
  [0, 'Nobody sends: `partwork up` or `partwork work` does.'],
  [1, '1 process sends: w0:1 (4 connections)'],
  [2, '2 processes send: w0:1 (4 connections), w1:1 (4 connections)'],
])('%i workers', (count, words) => {
  const workers = Array.from({ length: count }, (_, index) => ({
    id: `w${index}:1`,
    startedAt: NOW,
    seenAt: NOW,
    connections: 4,
  }));
  expect(lines([fifty], 80, false, { workers })).toContain(words);
});
