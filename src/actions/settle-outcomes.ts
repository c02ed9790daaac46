import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery, Outcome } from '../domain/delivery.ts';
import { parseEvery } from '../domain/every.ts';
import { failpoint } from '../domain/failpoint.ts';
import type { Instant } from '../domain/instant.ts';
import type { Log } from '../domain/log.ts';
import type { SeriesPlan } from '../domain/plan.ts';
import { reasonOf } from '../domain/reason-of.ts';
import { settlementOf, type Settlement } from '../domain/settlement.ts';
import { STALE_PLAN, type StalePlan } from '../domain/stale-plan.ts';
import type { Stand } from '../store/deliveries.ts';
import type { DeliverTools } from './deliver-tools.ts';
import { MicroBatch } from './micro-batch.ts';
import { retryWhenStale } from './retry-when-stale.ts';

export interface Settler {
  /** Puts an outcome on record; false = the claim was not ours any more, or the reader has left. */
  settle(stand: Stand, delivery: Delivery, outcome: Outcome): Promise<boolean>;
  /** What waits for others waits no longer. */
  flush(): void;
}

/** What a crash may leave unrecorded, against one script call per mail. */
const SETTLE_TOGETHER = 50;
/** Only while a batch has two thousand a second is it worth to have one wait for others. */
const SETTLE_PATIENCE = { ms: 5, rushFrom: 10 };
/**
 * What Redis has been sent it will do, though we are killed before it answers: an outcome that waited for the answer to another one
 * would be a mail that is sent once more.
 */
const SETTLING_AT_ONCE = 8;
const SETTLE_PAUSE_MS = 500;
/** How long a stopping worker still tries, and how rarely a running one says that it does. */
const GRACE_TRIES = 60;
const TRIES_A_LINE = 120;

interface Result {
  readonly stand: Stand;
  readonly delivery: Delivery;
  readonly outcome: Outcome;
  /** What the ledger said of the reader's pace after the delivery was claimed. */
  readonly newPace?: string;
}

/** Settles the outcomes of one ticket. */
export function openSettler(tools: DeliverTools): Settler {
  const batch = new MicroBatch<Result, boolean>(
    { size: SETTLE_TOGETHER, atOnce: SETTLING_AT_ONCE, patience: SETTLE_PATIENCE },
    (results) => settlePatiently(tools, latestStand(results), results),
  );
  return {
    settle: (stand, delivery, outcome) => batch.add({ stand, delivery, outcome }),
    flush: () => batch.flush(),
  };
}

/** They differ in their plan at most; the ledger says when it is not the plan any more. */
function latestStand(results: readonly Result[]): Stand {
  const latest = results.at(-1);
  if (latest === undefined) throw new Error('Nothing was to be settled.');
  return latest.stand;
}

// What the server has accepted is kept for as long as we live: nobody else knows of it. A Redis that holds another ledger, or an
// older copy of ours, settles nothing, and its answer does not count.
async function settlePatiently(
  tools: DeliverTools,
  stand: Stand,
  results: readonly Result[],
): Promise<boolean[]> {
  for (let tries = 0, graceTries = 0; ; tries++) {
    try {
      await failpoint('settle.before');
      const settled = await tools.ledger.surely(() => settle(tools, stand, results));
      await failpoint('settle.done');
      return settled;
    } catch (error) {
      if (tools.stopping.aborted && ++graceTries > GRACE_TRIES) throw error;
      if (!tools.ledger.suspect(error) && tries % TRIES_A_LINE === 0)
        tools.log.warn({ reason: reasonOf(error) }, 'could not settle yet; trying on');
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
  tools: DeliverTools,
  stand: Stand,
  plan: SeriesPlan,
  results: readonly Result[],
): Promise<boolean[] | StalePlan> {
  // As of now, not of when the batch was claimed: the gap counts from the server's answer.
  const now = await tools.store.nowOrSo();
  const settlements = results.map((result) => settlementFor(tools, result, plan, now));
  const settled = await tools.store.deliveries.settle({ ...stand, plan }, settlements);
  if (settled === STALE_PLAN) return STALE_PLAN;

  const repaced = results.flatMap((result, index) => {
    const flag = settled[index];
    return typeof flag === 'object' ? [{ ...result, newPace: flag.newPace }] : [];
  });
  const again = repaced.length === 0 ? [] : await settle(tools, { ...stand, plan }, repaced);
  tell(
    tools.log,
    settlements.filter((_, index) => typeof settled[index] === 'boolean'),
  );
  const late = again.values();
  return settled.map((flag) => (typeof flag === 'boolean' ? flag : late.next().value === true));
}

function settlementFor(
  { onUncertain }: DeliverTools,
  { delivery, outcome, newPace }: Result,
  plan: SeriesPlan,
  now: Instant,
): Settlement {
  if (newPace === undefined) return settlementOf(delivery, outcome, plan, now, onUncertain);
  const { pace: _, ...rest } = delivery;
  const pace = parseEvery(newPace);
  const repaced = { ...rest, ...(pace !== undefined && { pace }) };
  return { ...settlementOf(repaced, outcome, plan, now, onUncertain), pace: newPace };
}

function tell(log: Log, settlements: readonly Settlement[]): void {
  for (const { kind, reason, delivery } of settlements) {
    if (kind === 'accepted' || kind === 'released') continue;
    const { series, issue, subscriber } = delivery;
    log.warn({ series, issue, subscriber, reason }, kind);
  }
}
