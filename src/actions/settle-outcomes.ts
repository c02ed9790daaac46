import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery, Outcome } from '../domain/delivery.ts';
import type { SeriesPlan } from '../domain/plan.ts';
import { settlementOf } from '../domain/settlement.ts';
import { STALE_PLAN, type StalePlan } from '../domain/stale-plan.ts';
import type { Stand } from '../store/deliveries.ts';
import type { DeliverTools } from './deliver-tools.ts';
import { MicroBatch } from './micro-batch.ts';
import { retryWhenStale } from './retry-when-stale.ts';

export interface Settler {
  /** Puts an outcome on record; false = the claim was not ours any more, or the reader has left. */
  settle(delivery: Delivery, outcome: Outcome): Promise<boolean>;
}

/** ≤ 50 results or 5 ms: what a crash may leave unrecorded, against one script call per mail. */
const SETTLE_TOGETHER = 50;
const SETTLE_WAIT_MS = 5;
const SETTLE_TRIES = 60;
const SETTLE_PAUSE_MS = 500;

interface Result {
  readonly delivery: Delivery;
  readonly outcome: Outcome;
}

/** Settles the outcomes of one claimed batch. */
export function openSettler(tools: DeliverTools, stand: Stand): Settler {
  const batch = new MicroBatch<Result, boolean>(SETTLE_TOGETHER, SETTLE_WAIT_MS, (results) =>
    settlePatiently(tools, stand, results),
  );
  return { settle: (delivery, outcome) => batch.add({ delivery, outcome }) };
}

// What the server has accepted is worth waiting for: while Redis takes no writes, nobody else can claim it either.
async function settlePatiently(
  tools: DeliverTools,
  stand: Stand,
  results: readonly Result[],
): Promise<boolean[]> {
  for (let tries = 1; ; tries++) {
    try {
      return await settle(tools, stand, results);
    } catch (error) {
      if (tries >= SETTLE_TRIES) throw error;
      tools.log.warn(
        { reason: error instanceof Error ? error.message : String(error) },
        'could not settle yet',
      );
      await sleep(SETTLE_PAUSE_MS);
    }
  }
}

async function settle(tools: DeliverTools, stand: Stand, results: readonly Result[]): Promise<boolean[]> {
  const settled = await settleUnder(tools, stand, stand.plan, results);
  if (settled !== STALE_PLAN) return settled;
  return retryWhenStale(tools.store, stand.plan.series, (plan = stand.plan) =>
    settleUnder(tools, stand, plan, results),
  );
}

async function settleUnder(
  { store, onUncertain, log }: DeliverTools,
  stand: Stand,
  plan: SeriesPlan,
  results: readonly Result[],
): Promise<boolean[] | StalePlan> {
  // Asked now, not when the batch was claimed: the gap counts from the server's answer.
  const now = await store.now();
  const settlements = results.map(({ delivery, outcome }) =>
    settlementOf(delivery, outcome, plan, now, onUncertain),
  );
  const settled = await store.deliveries.settle({ ...stand, plan }, settlements);
  if (settled === STALE_PLAN) return STALE_PLAN;
  for (const { kind, reason, delivery } of settlements) {
    if (kind === 'accepted' || kind === 'released') continue;
    const { series, issue, subscriber } = delivery;
    log.warn({ series, issue, subscriber, reason }, kind);
  }
  return settled;
}
