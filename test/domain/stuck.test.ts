import { describe, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/domain/instant.ts';
import type { IssueId } from '../../src/domain/issue.ts';
import type { SeriesPlan } from '../../src/domain/plan.ts';
import type { IssueStatus, SeriesStatus } from '../../src/domain/series-status.ts';
import {
  movementOf,
  progressAfter,
  stuckSince,
  type Movement,
  type Progress,
} from '../../src/domain/stuck.ts';
import { planWith } from '../support/ledger.ts';

const NOON = Date.UTC(2026, 10, 23, 12);
const LOOK_MS = 10 * SECOND_MS;

/** What is seen at one look; `next` = how far off the nearest due time is, ms. */
interface Look {
  readonly settled: number;
  readonly due: number;
  readonly next?: number;
  readonly plan?: Partial<SeriesPlan>;
  readonly canSend?: boolean;
}

const DUE: Look = { settled: 7, due: 3, next: -MINUTE_MS };
/** As long as somebody's lease. */
const UNDER_WAY: Look = { settled: 7, due: 0, next: 5 * SECOND_MS };

function movementAt(now: number, { settled, due, next, plan = {}, canSend = true }: Look): Movement {
  const issue = {
    issue: 'frost' as IssueId,
    accepted: settled,
    rejected: 0,
    suppressed: 0,
    skipped: 5,
    left: 5,
    held: 0,
    deferrals: 0,
    doubts: 0,
    due,
  } as IssueStatus;
  const status = {
    plan: planWith(['frost'], plan),
    now,
    issues: [issue],
    ...(next !== undefined && { nextDueAt: now + next }),
  } as unknown as SeriesStatus;
  return movementOf(status, canSend);
}

/** Looks every ten seconds, each as the function has it; returns when it is first called stuck, in seconds, and since when. */
function firstStuck(seconds: number, lookAt: (second: number) => Look) {
  let progress: Progress | undefined;
  for (let at = 0; at <= seconds * SECOND_MS; at += LOOK_MS) {
    const movement = movementAt(NOON + at, lookAt(at / SECOND_MS));
    const since = stuckSince(progress, movement, NOON + at);
    if (since !== undefined) return { at: at / SECOND_MS, since: (since - NOON) / SECOND_MS };
    progress = progressAfter(progress, movement, NOON + at);
  }
  return undefined;
}

const NIGHT = {
  cadence: { every: { kind: 'elapsed', ms: 0 }, timezone: 'UTC', window: { from: 0, to: 60 } },
};

describe('a series is stuck', () => {
  test('when readers are due and nothing comes of it for two minutes, since it last moved', () => {
    expect(firstStuck(600, () => DUE)).toEqual({ at: 120, since: 0 });
    expect(firstStuck(600, (second) => ({ ...DUE, settled: Math.min(20, second) }))).toEqual({
      at: 140,
      since: 20,
    });
  });

  test('when every one of a few readers is taken on again and again, and nothing comes of it', () => {
    // A worker that breaks at each claim: seen due once in a while only.
    expect(firstStuck(900, (second) => (second % 70 === 60 ? DUE : UNDER_WAY))).toEqual({
      at: 130,
      since: 0,
    });
  });

  test('when all who are due are under way for longer than any mail may take', () => {
    expect(firstStuck(3_600, () => UNDER_WAY)).toEqual({ at: 900, since: 0 });
  });
});

test.each<[string, (second: number) => Look]>([
  [
    'has just begun',
    (second) => (second < 3_500 ? { settled: 0, due: 0 } : { settled: 0, due: 50, next: -1 }),
  ],
  ['is slow but alive', (second) => ({ ...DUE, settled: Math.floor(second / 110) })],
  ['waits for its readers’ own times', () => ({ settled: 7, due: 0, next: HOUR_MS })],
  ['has readers who were put off', () => ({ settled: 7, due: 0, next: 45 * SECOND_MS })],
  ['has nobody who waits', () => ({ settled: 7, due: 0 })],
  [
    'has a server that takes ten minutes for a mail',
    (second) => ({ settled: Math.floor(second / 600), due: 0, next: 2_000 }),
  ],
  ['is outside its window', () => ({ ...DUE, plan: NIGHT as unknown as Partial<SeriesPlan> })],
  ['is paused', () => ({ ...DUE, plan: { state: 'paused' } })],
  ['is cancelled', () => ({ ...DUE, plan: { state: 'cancelled' } })],
  ['has not started yet', () => ({ ...DUE, plan: { startAt: NOON + 24 * HOUR_MS } })],
  ['cannot send, because of the mail server or for want of workers', () => ({ ...DUE, canSend: false })],
  ['is kept from it for a minute now and then', (second) => ({ ...DUE, canSend: second % 120 < 60 })],
])('a series is not called stuck that %s', (_, lookAt) => {
  expect(firstStuck(3_600, lookAt)).toBeUndefined();
});

test('time that was spent in a pause, or with a clock that was set back, does not count', () => {
  expect(firstStuck(600, (second) => (second === 100 ? { ...DUE, plan: { state: 'paused' } } : DUE))).toEqual(
    { at: 220, since: 100 },
  );
  const ahead: Progress = { settled: 7, since: NOON + HOUR_MS };
  expect(progressAfter(ahead, movementAt(NOON, DUE), NOON)).toEqual({ settled: 7, since: NOON });
});

test('that readers leave is no outcome', () => {
  const [before, after] = [movementAt(NOON, DUE), movementAt(NOON, DUE)];
  expect(after.settled).toBe(before.settled);
  expect(before.settled).toBe(7);
});
