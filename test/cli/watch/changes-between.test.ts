import { expect, test } from 'vitest';
import { changesBetween } from '../../../src/cli/watch/changes-between.ts';
import type { Sight } from '../../../src/cli/watch/sight.ts';
import type { SeriesStatus } from '../../../src/domain/series-status.ts';
import { ATTENTION, issueSample, NOW, presentSample, seriesSample } from '../../support/status-samples.ts';

const at = '2026-11-30T09:12:03Z';
const sight = (series: SeriesStatus, more: Partial<Sight> = {}): Sight => ({
  present: presentSample([series]),
  replies: [],
  perSecond: [],
  ...more,
});
const half = sight(seriesSample([issueSample({ accepted: 25, waiting: 25, due: 25, state: 'sending' })]));
const done = sight(seriesSample([issueSample({ accepted: 50, state: 'complete' })], { caughtUp: 50 }));
const held = sight(
  seriesSample([issueSample({ accepted: 50, state: 'complete' })], { attention: [ATTENTION.held] }),
);
const away: Sight = {
  ...half,
  away: { since: NOW + 2_000, until: NOW + 4_000, why: 'Redis cannot be reached.' },
};

test.each<[string, Sight | undefined, Sight, string[]]>([
  [
    'the first',
    undefined,
    half,
    [
      `${at} 1 process sends.`,
      `${at} garden: Issue 1 is going out: 25 of 50 have it, 25 to go. [issue 1: 50, 25 accepted, 25 waiting]`,
    ],
  ],
  ['nothing new', half, half, []],
  [
    'some more',
    half,
    done,
    [`${at} garden: All 50 have issue 1; there is no further issue yet. [issue 1: 50, 50 accepted]`],
  ],
  [
    'trouble',
    done,
    held,
    [`${at} ! 2 of "frost" may or may not have arrived and wait for you. \`partwork held garden\``],
  ],
  [
    'no trouble',
    held,
    done,
    [`${at} over: 2 of "frost" may or may not have arrived and wait for you. \`partwork held garden\``],
  ],
  ['Redis goes', half, away, ['2026-11-30T09:12:05Z No answer: Redis cannot be reached.']],
  ['Redis comes', away, half, [`${at} Redis answers again.`]],
  ['workers go', half, { ...half, present: { ...half.present, workers: [] } }, [`${at} Nobody sends.`]],
])('%s', (_, before, after, lines) => {
  expect(changesBetween(before, after)).toEqual(lines);
});
