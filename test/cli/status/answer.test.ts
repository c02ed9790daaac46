import { describe, expect, test } from 'vitest';
import { answerOf } from '../../../src/cli/status/answer.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/instant.ts';
import type { SeriesStatus } from '../../../src/domain/series-status.ts';
import { ATTENTION, issueSample, NOW, seriesSample } from '../../support/status-samples.ts';

const TOMORROW = Date.parse('2026-12-01T08:00:00Z');
const done = (number: number, accepted: number) => issueSample({ number, accepted, state: 'complete' });
const next = (number: number, waiting: number, nextDueAt = TOMORROW) =>
  issueSample({ number, waiting, nextDueAt });

describe('did it go out?', () => {
  test.each<[string, SeriesStatus]>([
    [
      'All 50 have issue 3; issue 4 goes out tomorrow at 08:00.',
      seriesSample([done(1, 50), done(2, 50), done(3, 50), next(4, 50)], { nextDueAt: TOMORROW }),
    ],
    [
      'The one reader has issue 1; issue 2 goes out in 30 min.',
      seriesSample([done(1, 1), next(2, 1, NOW + 30 * MINUTE_MS)], { nextDueAt: NOW + 30 * MINUTE_MS }),
    ],
    [
      'All 50 have issue 1; issue 2 goes out today at 21:12.',
      seriesSample(
        [done(1, 50), next(2, 50)].map((issue) => ({
          ...issue,
          ...(issue.nextDueAt && { nextDueAt: NOW + 12 * HOUR_MS }),
        })),
        {
          nextDueAt: NOW + 12 * HOUR_MS,
        },
      ),
    ],
    [
      'All 1,000,000 have issue 2; issue 3 goes out on Wed 2026-12-09 at 09:12.',
      seriesSample([done(1, 1_000_000), done(2, 1_000_000), next(3, 1_000_000, NOW + 9 * DAY_MS)], {
        nextDueAt: NOW + 9 * DAY_MS,
        readers: 1_000_000,
      }),
    ],
    ['All 50 have issue 1; there is no further issue yet.', seriesSample([done(1, 50)], { caughtUp: 50 })],
    [
      '46 of 50 have issue 1 (1 was refused, 1 must not be mailed, 1 has left, 1 went on without it); there is no further issue yet.',
      seriesSample(
        [issueSample({ accepted: 46, rejected: 1, suppressed: 1, skipped: 2, left: 1, state: 'complete' })],
        { readers: 48, caughtUp: 48 },
      ),
    ],
    [
      '47 of 50 have issue 1 (3 were put off by the server and are tried again); issue 1 goes on in 15 min.',
      seriesSample([issueSample({ accepted: 47, deferred: 3, nextDueAt: NOW + 15 * MINUTE_MS })], {
        nextDueAt: NOW + 15 * MINUTE_MS,
      }),
    ],
    [
      '48 of 50 have issue 1 (of 2 nobody can know); nobody waits for an issue.',
      seriesSample([issueSample({ accepted: 48, uncertain: 2, held: 2, state: 'held' })], { caughtUp: 48 }),
    ],
    [
      'Issue 3 is going out: 20 of 50 have it, 30 to go at 15 a minute, done in 2 min.',
      seriesSample(
        [
          issueSample({
            number: 3,
            accepted: 20,
            waiting: 30,
            due: 30,
            state: 'sending',
            nextDueAt: NOW - 2 * MINUTE_MS,
          }),
        ],
        {
          nextDueAt: NOW - 2 * MINUTE_MS,
          dueSince: NOW - 2 * MINUTE_MS,
          acceptedLastMinute: 15,
          finishesAt: NOW + 2 * MINUTE_MS,
        },
      ),
    ],
    [
      'Issue 3 is going out: 1 of 50 has it, 49 to go.',
      seriesSample([issueSample({ number: 3, accepted: 1, waiting: 49, due: 49, state: 'sending' })], {
        nextDueAt: NOW - 5_000,
        dueSince: NOW - 5_000,
        acceptedLastMinute: 1,
        finishesAt: NOW + 49 * MINUTE_MS,
      }),
    ],
    [
      'Issue 1 is going out: 48 of 50 have it, 2 to go.',
      seriesSample([issueSample({ accepted: 48, waiting: 2, nextDueAt: NOW + 6_000 })], {
        nextDueAt: NOW + 6_000,
      }),
    ],
    [
      'Issue 2 is going out: 10 of 60 have it, 5 due now.',
      seriesSample(
        [issueSample({ number: 2, accepted: 10, waiting: 50, toCome: 45, due: 5, state: 'sending' })],
        {
          nextDueAt: NOW,
          dueSince: NOW,
        },
      ),
    ],
    [
      '7 mails of 2 issues are going out.',
      seriesSample([
        issueSample({ number: 1, waiting: 3, due: 3, state: 'sending' }),
        issueSample({ number: 2, waiting: 4, due: 4, state: 'sending' }),
      ]),
    ],
    [
      'Issue 3 should go out, and does not: 20 of 50 have it.',
      seriesSample([issueSample({ number: 3, accepted: 20, waiting: 30, due: 30, state: 'sending' })], {
        attention: [ATTENTION['no-workers']],
      }),
    ],
    [
      '7 mails of 2 issues should go out, and do not.',
      seriesSample(
        [issueSample({ number: 1, waiting: 3, due: 3 }), issueSample({ number: 2, waiting: 4, due: 4 })],
        { attention: [ATTENTION['mail-blocked']] },
      ),
    ],
    [
      'All that was due has gone out; of 50 readers 12 have caught up; the next mails go out tomorrow at 08:00.',
      seriesSample(
        [
          issueSample({ number: 1, accepted: 40, waiting: 10, nextDueAt: TOMORROW }),
          issueSample({ number: 2, accepted: 12, waiting: 38, nextDueAt: TOMORROW }),
        ],
        {
          caughtUp: 12,
          nextDueAt: TOMORROW,
        },
      ),
    ],
    [
      'Nothing has gone out yet; issue 1 goes out tomorrow at 08:00.',
      seriesSample([next(1, 50)], { nextDueAt: TOMORROW }),
    ],
    ['Nobody subscribes yet.', seriesSample([issueSample()], { readers: 0 })],
    ['There is no issue to send.', seriesSample([issueSample({ number: 0, state: 'retired' })])],
    [
      'Nothing has gone out yet; it begins tomorrow at 08:00.',
      seriesSample([issueSample({ waiting: 50, state: 'unreleased' })], { plan: { startAt: TOMORROW } }),
    ],
    [
      '20 of 50 have issue 1 (30 will get it); the series is paused, and nothing goes out until it is resumed.',
      seriesSample([issueSample({ accepted: 20, waiting: 30, due: 30 })], { plan: { state: 'paused' } }),
    ],
    [
      'All 50 have issue 1; the series is cancelled.',
      seriesSample([done(1, 50)], { plan: { state: 'cancelled' } }),
    ],
  ])('%s', (sentence, status) => {
    expect(answerOf(status)).toBe(sentence);
  });
});
