import type { Delivery, Judgement, Outcome } from '../domain/delivery.ts';
import { judge } from '../domain/smtp-outcome.ts';
import type { Stand } from '../store/deliveries.ts';
import { changeState } from './change-state.ts';
import { LEASE_MS, type DeliverTools } from './deliver-tools.ts';
import { MicroBatch } from './micro-batch.ts';
import { openSettler, type Settler } from './settle-outcomes.ts';

const SUBMIT_TOGETHER = 50;
const SUBMIT_WAIT_MS = 1;

/** One claimed batch on its way. */
interface Run {
  readonly tools: DeliverTools;
  readonly stand: Stand;
  /** Claimed and not settled: their lease is renewed. */
  readonly open: Set<Delivery>;
  readonly settler: Settler;
  readonly submitter: MicroBatch<Delivery, boolean>;
  isRenewing: boolean;
}

/**
 * Sends what was claimed over as many lanes as there are connections, and settles it. What cannot be sent now is released, so
 * that it is due again at once. Returns how many mails were accepted.
 */
export async function sendClaimed(
  tools: DeliverTools,
  stand: Stand,
  deliveries: readonly Delivery[],
): Promise<number> {
  const open = new Set(deliveries);
  const run: Run = {
    tools,
    stand,
    open,
    settler: openSettler(tools, stand),
    submitter: new MicroBatch(SUBMIT_TOGETHER, SUBMIT_WAIT_MS, (leaving) =>
      tools.store.deliveries.submit(stand, leaving, LEASE_MS),
    ),
    isRenewing: false,
  };
  const renewal = setInterval(() => void renew(run), LEASE_MS / 3);
  try {
    const todo = deliveries.values();
    const lanes = Array.from({ length: tools.sender.connections }, () => runLane(run, todo));
    const counts = await Promise.all(lanes);
    return counts.reduce((sum, n) => sum + n, 0);
  } finally {
    clearInterval(renewal);
  }
}

/** Returns how many of the lane's mails were accepted. */
async function runLane(run: Run, todo: Iterator<Delivery>): Promise<number> {
  const settled: Promise<boolean>[] = [];
  for (let next = todo.next(); !next.done; next = todo.next()) {
    const delivery = next.value;
    const outcome = await tryToSend(run, delivery);
    if (outcome === undefined) run.open.delete(delivery);
    // The lane goes on while the ledger writes: the next mail need not wait for this one's settlement.
    else settled.push(settle(run, delivery, outcome));
  }
  const results = await Promise.allSettled(settled);
  for (const result of results) {
    if (result.status === 'rejected')
      run.tools.log.error({ reason: String(result.reason) }, 'an outcome is not on record');
  }
  return results.filter((result) => result.status === 'fulfilled' && result.value).length;
}

/** undefined = not ours any more: unsubscribed, paused, or taken over by another worker. */
async function tryToSend(run: Run, delivery: Delivery): Promise<Outcome | undefined> {
  const { stopping, brake } = run.tools;
  if (stopping.aborted || brake.isOn) return { kind: 'untried' };
  const outcome = await send(run, delivery);
  if (outcome !== undefined) await brakeOn(run.tools, outcome);
  return outcome;
}

async function send({ tools, submitter }: Run, delivery: Delivery): Promise<Judgement | undefined> {
  try {
    const sent = await tools.sender.send(delivery, () => submitter.add(delivery));
    return sent === 'withdrawn' ? undefined : tools.rejections.weigh(delivery.series, judge(sent));
  } catch (error) {
    // Senders answer for whatever a server does; what is thrown comes from the ledger or the message, before any of it has left.
    const { series, issue } = delivery;
    tools.log.error({ series, issue, reason: reasonOf(error) }, 'a mail cannot be sent');
    return { kind: 'unavailable', reason: reasonOf(error) };
  }
}

async function brakeOn({ brake, store, log }: DeliverTools, outcome: Judgement): Promise<void> {
  const hadTrouble = brake.hasTrouble;
  const pauseMs = brake.note(outcome);
  try {
    if (pauseMs > 0 && 'reason' in outcome) {
      log.warn({ reason: outcome.reason, pauseMs }, 'mail does not go out; waiting');
      await store.transport.recordTrouble(outcome.reason, pauseMs + LEASE_MS);
    }
    if (hadTrouble && !brake.hasTrouble) await store.transport.clearTrouble();
  } catch (error) {
    log.warn({ reason: reasonOf(error) }, 'the trouble is not on record');
  }
}

/** Whether the mail was accepted and the acceptance is on record. */
async function settle(run: Run, delivery: Delivery, outcome: Outcome): Promise<boolean> {
  const { tools, stand, settler, open } = run;
  if (outcome.kind === 'senderFault' && outcome.scope === 'series') {
    tools.log.error(
      { series: stand.plan.series, reason: outcome.reason },
      'the server refuses this series; pausing it',
    );
    await changeState(tools, stand.plan.series, 'paused', `the mail server refuses it: ${outcome.reason}`);
  }
  const isOnRecord = await settler.settle(delivery, outcome);
  open.delete(delivery);
  if (!isOnRecord)
    tools.log.warn({ subscriber: delivery.subscriber }, 'settled by another claim, or the reader has left');
  return isOnRecord && outcome.kind === 'accepted';
}

async function renew(run: Run): Promise<void> {
  const { tools, stand, open } = run;
  // While Redis is away one renewal waits for it; more of them would only pile up.
  if (open.size === 0 || run.isRenewing) return;
  run.isRenewing = true;
  try {
    await tools.store.deliveries.extend(stand, [...open], LEASE_MS);
  } catch (error) {
    // The lease runs out and somebody else takes over: safe, and worth a line.
    tools.log.warn({ reason: reasonOf(error) }, 'could not renew claims');
  } finally {
    run.isRenewing = false;
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
