import { setImmediate } from 'node:timers/promises';
import type { Delivery, Outcome } from '../domain/delivery.ts';
import { failpoint } from '../domain/failpoint.ts';
import { SECOND_MS } from '../domain/instant.ts';
import { reasonOf } from '../domain/reason-of.ts';
import type { Stand } from '../store/deliveries.ts';
import { openAttempts, type Batch } from './attempts.ts';
import { changeState } from './change-state.ts';
import { LEASE_MS, type DeliverTools } from './deliver-tools.ts';
import { Departures } from './departures.ts';
import { HeldClaims, thisMoment } from './held-claims.ts';
import type { RateWait } from './sending-rates.ts';
import type { Settler } from './settle-outcomes.ts';
import type { Claimed } from './ticket-claims.ts';
import type { TicketPlace } from './ticket-order.ts';
import { Turns } from './turns.ts';

/** The ticket ends when its last mail has been with the server for so long: some take minutes, and other readers wait. */
const STRAGGLER_MS = 2 * SECOND_MS;

/** What the claims of a ticket have in common. */
interface Course {
  readonly settler: Settler;
  readonly place: TicketPlace;
}

/** One claimed batch on its way. */
interface Run extends Course {
  readonly batch: Batch;
  readonly turns: Turns;
  readonly attempt: (delivery: Delivery) => Promise<Outcome | undefined>;
  accepted: number;
  isRenewing: boolean;
}

/** How it ended; it never rejects. */
type Lane = Promise<readonly [PromiseSettledResult<void>]>;

export interface Sending {
  /** As many of its mails have had their turn as may at once: they are offered, unless their domain or the pieces keep them waiting. */
  readonly begun: Promise<unknown>;
  /** How many mails were accepted; a few stragglers may still be under way then. */
  readonly accepted: Promise<number>;
  /** Every mail of it has set out, or will not now. */
  readonly departed: Promise<unknown>;
}

/**
 * Sends what was claimed over as many lanes as are of use to the connections, and settles it. What cannot be sent now is released, so
 * that it is due again.
 */
export async function sendClaimed(tools: DeliverTools, claimed: Claimed, course: Course): Promise<Sending> {
  const { stand, deliveries } = claimed;
  const held = new HeldClaims(claimed);
  const { soon, later } = await tools.rates.screen(stand.plan.series, deliveries);
  const departures = new Departures(deliveries);
  const batch: Batch = { tools, stand, held, departures, limited: new Map(), isLedgerOut: false };
  const run: Run = {
    ...course,
    batch,
    turns: new Turns(soon, tools.pace),
    attempt: openAttempts(batch),
    accepted: 0,
    isRenewing: false,
  };
  const begun = startLanes(run);
  const work = sendAll(run, begun, later).catch((error) =>
    tools.log.error({ reason: reasonOf(error) }, 'a lane broke'),
  );
  tools.stragglers.add(work);
  const accepted = Promise.race([work, onlyStragglersAreLeft(batch)]).then(() => run.accepted);
  return { begun, accepted, departed: Promise.race([departures.all, accepted]) };
}

/** A lane that breaks leaves its mails to the others, and what it had in hand to the end of the lease. */
async function sendAll(
  run: Run,
  begun: Promise<readonly Lane[]>,
  later: ReadonlyMap<Delivery, RateWait>,
): Promise<void> {
  const renewal = setInterval(() => void renew(run), LEASE_MS / 3);
  const postponed = [...later].map(([delivery, wait]) => postpone(run, delivery, wait));
  const ended = (await Promise.all(await begun)).flat();
  await Promise.all(postponed);
  clearInterval(renewal);
  const broken = ended.find((lane) => lane.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
}

/** Not all in one go: while the mails of some are made, the answers to others wait, and so do the connections. */
async function startLanes(run: Run): Promise<readonly Lane[]> {
  const { connections } = run.batch.tools.sender;
  const many = lanesFor(run.batch);
  const lanes: Lane[] = [];
  while (lanes.length < many) {
    lanes.push(Promise.allSettled([runLane(run)]));
    if (lanes.length % connections === 0) await setImmediate();
  }
  await setImmediate();
  return lanes;
}

/** What is submitted sets out now; of others each connection has one, and one that waits for it, so that those of another series come in between. */
const lanesFor = ({ tools: { sender }, held }: Batch): number =>
  held.areJustSubmitted ? held.many : Math.min(held.many, 2 * sender.connections);

async function onlyStragglersAreLeft({ departures }: Batch): Promise<void> {
  await departures.all;
  await new Promise((resolve) => setTimeout(resolve, STRAGGLER_MS).unref());
}

async function runLane(run: Run): Promise<void> {
  const settled: Promise<void>[] = [];
  for (let next = run.turns.next(); next !== undefined; next = run.turns.next()) {
    if (next === 'soon') {
      run.place.pass();
      await run.batch.tools.pace.change();
    }
    // The lane goes on while the ledger writes: the next mail need not wait for this one's settlement.
    else if (next.mayBegin) settled.push(...(await tryToSend(run, next.delivery)));
    else settled.push(postpone(run, next.delivery, { waitMs: run.batch.tools.pace.laterMs }));
    // But, unless there is a rush, not before that is on its way: the work for the next mail would be time in which a crash repeats this one.
    if (!run.turns.isEmpty) await setImmediate();
  }
  await Promise.all(settled);
}

async function tryToSend(run: Run, delivery: Delivery): Promise<Promise<void>[]> {
  const outcome = await run.attempt(delivery);
  if (outcome !== undefined) return [settle(run, delivery, outcome)];
  run.batch.held.letGo(delivery);
  return [];
}

function postpone(run: Run, delivery: Delivery, wait: Partial<RateWait>): Promise<void> {
  run.batch.departures.note(delivery);
  return settle(run, delivery, { kind: 'untried', ...wait });
}

async function settle(run: Run, delivery: Delivery, outcome: Outcome): Promise<void> {
  const { tools, stand, held } = run.batch;
  try {
    await failpoint('outcome.known');
    if (outcome.kind === 'senderFault' && outcome.scope === 'series')
      await pauseSeries(tools, stand, outcome.reason);
    const isOnRecord = await run.settler.settle(stand, delivery, outcome);
    if (isOnRecord && outcome.kind === 'accepted') run.accepted++;
    if (!isOnRecord && outcome.kind !== 'untried')
      tools.log.warn({ subscriber: delivery.subscriber }, 'settled by another claim, or the reader has left');
  } catch (error) {
    tools.log.error({ reason: reasonOf(error) }, 'an outcome is not on record');
  } finally {
    held.letGo(delivery);
  }
}

async function pauseSeries(tools: DeliverTools, { plan: { series } }: Stand, reason: string): Promise<void> {
  tools.log.error({ series, reason }, 'the server refuses this series; pausing it');
  await changeState(tools, series, 'paused', `the mail server refuses it: ${reason}`);
}

/** Keeps what is under way ours; what is not any more must not leave. */
async function renew(run: Run): Promise<void> {
  const { tools, stand, held } = run.batch;
  const deliveries = held.all;
  // While Redis is away one renewal waits for it; more of them would only pile up.
  if (deliveries.length === 0 || run.isRenewing) return;
  run.isRenewing = true;
  const since = thisMoment();
  try {
    const isOurs = await tools.store.deliveries.extend(stand, deliveries, LEASE_MS);
    deliveries.forEach((delivery, index) =>
      isOurs[index] === true ? held.renew(delivery, since) : held.letGo(delivery),
    );
    await failpoint('claims.renewed');
  } catch (error) {
    // The lease runs out and somebody else takes over: safe, and worth a line.
    if (!tools.ledger.suspect(error)) tools.log.warn({ reason: reasonOf(error) }, 'could not renew claims');
  } finally {
    run.isRenewing = false;
  }
}
