import { expect, test } from 'vitest';
import { ownSettings } from '../../src/cli/subscribers/own-settings.ts';
import type { Subscription } from '../../src/domain/subscription.ts';
import { GARDEN } from '../support/ledger.ts';

const NOW = Date.UTC(2027, 0, 1);
const until = Date.UTC(2027, 1, 3, 8);
const weekly = { kind: 'days', days: 7 } as const;

test.each<[Partial<Subscription>, string]>([
  [{}, ''],
  [{ pausedUntil: until }, '; paused by the reader until Wed 2027-02-03 08:00'],
  [{ pausedUntil: NOW }, ''],
  [{ pace: weekly, round: 1 }, '; own pace 1w; begun again once'],
  [{ round: 2 }, '; begun again 2 times'],
  [{ state: 'ended', pausedUntil: until, pace: weekly, round: 1 }, ''],
])('what a reader has set, %j, is shown as "%s"', (own, expected) => {
  const subscription: Subscription = { series: GARDEN, state: 'active', since: 1, round: 0, ...own };
  expect(ownSettings(subscription, NOW, 'UTC')).toBe(expected);
});
