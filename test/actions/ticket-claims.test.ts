import { expect, test } from 'vitest';
import type { DeliverTools } from '../../src/actions/deliver-tools.ts';
import { HeldClaims } from '../../src/actions/held-claims.ts';
import { SendingRates } from '../../src/actions/sending-rates.ts';
import { TicketClaims } from '../../src/actions/ticket-claims.ts';
import { partitionOf } from '../../src/domain/subscriber.ts';
import type { IssueId } from '../../src/domain/issue.ts';
import { GARDEN, ledgerWith, planWith, standOf, subscriber } from '../support/ledger.ts';
import { redisPerFile } from '../support/redis-per-file.ts';

const given = redisPerFile();

const plan = planWith(['one', 'two']);
const { partition } = standOf(plan, 'one', 'reader-0');

/** Five readers of one partition. */
const NAMES = Array.from({ length: 400 }, (_, n) => `reader-${n}`)
  .filter((name) => partitionOf(subscriber(name).id) === partition)
  .slice(0, 5);

/** Claims of a worker that may take its ledger for ours, or not. */
async function openClaims({ isOurs }: { isOurs: boolean }) {
  const { store } = await ledgerWith(given.redis, plan, NAMES);
  const tools = {
    store,
    ledger: { hear: async <T>(ask: () => Promise<T>) => ({ answer: await ask(), isOurs }) },
    rates: new SendingRates({ transport: [], domains: { bucketOf: () => undefined } }, store.rates),
    onUncertain: 'resend',
  } as unknown as DeliverTools;
  const claims = new TicketClaims(tools, { series: GARDEN, issue: 'one' as IssueId, partition });
  return { store, claims };
}

test('as many are claimed as there is room for, and submitted with it; then nobody is left', async () => {
  const { store, claims } = await openClaims({ isOurs: true });
  const first = await claims.next(3);
  expect(first).toMatchObject({ areSubmitted: true, isRest: false });
  expect(first?.deliveries).toHaveLength(3);
  expect(await store.deliveries.unsettled(GARDEN)).toBe(3);
  const second = await claims.next(3);
  expect(second).toMatchObject({ areSubmitted: true, isRest: true });
  expect(second?.deliveries).toHaveLength(2);
  expect(await claims.next(3)).toBeUndefined();
});

test('where no connection is known to be quick a batch is claimed, and nothing of it is submitted yet', async () => {
  const { store, claims } = await openClaims({ isOurs: true });
  const claimed = await claims.next(0);
  expect(claimed).toMatchObject({ areSubmitted: false, isRest: true });
  expect(claimed?.deliveries).toHaveLength(NAMES.length);
  expect(await store.deliveries.unsettled(GARDEN)).toBe(0);
});

test('what another ledger may have said is asked of ours once more', async () => {
  const { claims } = await openClaims({ isOurs: false });
  const claimed = await claims.next(3);
  expect(claimed).toMatchObject({ areSubmitted: true, isOurs: false });
  const held = new HeldClaims(claimed!);
  expect(held.areJustSubmitted).toBe(false);
  // Whoever may not leave then is given back, and not in doubt.
  expect(claimed?.deliveries.every((delivery) => held.isSubmitted(delivery))).toBe(true);
});

test('a plan that changes between two claims is noticed', async () => {
  const { store, claims } = await openClaims({ isOurs: true });
  await claims.next(2);
  await store.plans.commit({ ...plan, revision: 2 });
  const after = await claims.next(2);
  expect(after?.stand.plan.revision).toBe(2);
  await store.plans.commit({ ...plan, revision: 3, state: 'paused' });
  expect(await claims.next(2)).toBeUndefined();
});
