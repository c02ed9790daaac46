import { describe, expect, test } from 'vitest';
import type { Delivery, Outcome, UncertainPolicy } from '../../src/domain/delivery.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/instant.ts';
import { END } from '../../src/domain/plan.ts';
import { settlementOf } from '../../src/domain/settlement.ts';
import { planWith } from '../support/ledger.ts';

const NOW = Date.UTC(2027, 0, 1);
const plan = planWith(['one', 'two'], { cadence: { every: { kind: 'days', days: 1 }, timezone: 'UTC' } });
const delivery = (more: Partial<Delivery> = {}): Delivery =>
  ({ issue: 'one', attempt: 1, firstTriedAt: NOW, ...more }) as unknown as Delivery;

const settle = (
  outcome: Outcome,
  more: Partial<Delivery> = {},
  policy: UncertainPolicy = 'resend',
  now = NOW,
) => {
  const { kind, next, dueAt } = settlementOf(delivery(more), outcome, plan, now, policy, () => 0.5);
  return [kind, next, dueAt - now];
};

const because = { reason: 'because' };
const longAgo = { firstTriedAt: NOW - 72 * HOUR_MS };

test.each<[string, Outcome]>([
  ['accepted', { kind: 'accepted' }],
  ['rejected', { kind: 'rejected', suppress: false, reason: 'because' }],
])('%s moves a reader on by their own pace, which it names', (_, outcome) => {
  const weekly = { kind: 'days', days: 7 } as const;
  const offering = { ...plan, about: { ...plan.about, paces: [weekly] } };
  const own = delivery({ pace: weekly });
  const { dueAt, pace } = settlementOf(own, outcome, offering, NOW, 'resend');
  expect([dueAt - NOW, pace]).toEqual([7 * DAY_MS, '1w']);
  expect(settlementOf(own, outcome, plan, NOW, 'resend').dueAt - NOW).toBe(DAY_MS);
});

describe('what the ledger does', () => {
  test.each<[string, Outcome, Partial<Delivery>, [string, string, number]]>([
    ['accepted', { kind: 'accepted' }, {}, ['accepted', 'two', DAY_MS]],
    ['accepted, the last one', { kind: 'accepted' }, { issue: 'two' as never }, ['accepted', END, DAY_MS]],
    ['rejected', { kind: 'rejected', suppress: false, ...because }, {}, ['rejected', 'two', DAY_MS]],
    ['rejected for good', { kind: 'rejected', suppress: true, ...because }, {}, ['dead', 'two', DAY_MS]],
    ['deferred', { kind: 'deferred', ...because }, {}, ['deferred', 'one', MINUTE_MS]],
    ['deferred again', { kind: 'deferred', ...because }, { attempt: 4 }, ['deferred', 'one', 30 * MINUTE_MS]],
    [
      'deferred for 72 hours',
      { kind: 'deferred', ...because },
      { ...longAgo, attempt: 20 },
      ['rejected', 'two', DAY_MS],
    ],
    [
      'first answer after three days',
      { kind: 'deferred', ...because },
      longAgo,
      ['deferred', 'one', MINUTE_MS],
    ],
    ['uncertain', { kind: 'uncertain', ...because }, {}, ['uncertain', 'one', 2_000]],
    [
      'uncertain again',
      { kind: 'uncertain', ...because },
      { attempt: 3 },
      ['uncertain', 'one', 5 * MINUTE_MS],
    ],
    ['our fault', { kind: 'senderFault', scope: 'series', ...because }, longAgo, ['released', 'one', 3_000]],
    ['no server', { kind: 'unavailable', ...because }, longAgo, ['released', 'one', 3_000]],
    ['untried', { kind: 'untried' }, longAgo, ['released', 'one', 0]],
  ])('%s', (_, outcome, more, expected) => {
    expect(settle(outcome, more)).toEqual(expected);
  });

  test('under `hold` an uncertain delivery is held', () => {
    expect(settle({ kind: 'uncertain', ...because }, {}, 'hold')).toEqual(['held', 'one', 0]);
  });
});
