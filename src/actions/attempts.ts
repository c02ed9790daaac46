import type { Delivery, Judgement, Outcome } from '../domain/delivery.ts';
import { domainOf } from '../domain/email-address.ts';
import { blockingFailpoint, failpoint } from '../domain/failpoint.ts';
import { reasonOf } from '../domain/reason-of.ts';
import { judge } from '../domain/smtp-outcome.ts';
import type { Clearance } from '../mail/offered-mail.ts';
import type { Stand } from '../store/deliveries.ts';
import { LEASE_MS, type DeliverTools } from './deliver-tools.ts';
import type { Departures } from './departures.ts';
import { thisMoment, type HeldClaims } from './held-claims.ts';
import { MicroBatch } from './micro-batch.ts';
import type { Leave, RateWait } from './sending-rates.ts';

/** What the tries of one claimed batch have in common. */
export interface Batch {
  readonly tools: DeliverTools;
  readonly stand: Stand;
  readonly held: HeldClaims;
  readonly departures: Departures<Delivery>;
  /** Mails whose turn it was, and that a limit keeps from leaving. */
  readonly limited: Map<Delivery, RateWait>;
  isLedgerOut: boolean;
}

/** A connection may wait for it, so it waits for nobody: mails come to it in bunches. */
const SUBMIT_TOGETHER = 50;

const GRANTED = Promise.resolve(true);

/** Tries to send the deliveries of a batch. The result of a try: undefined = it is not ours any more, or may not be sent. */
export function openAttempts(batch: Batch): (delivery: Delivery) => Promise<Outcome | undefined> {
  const submitter = new MicroBatch<Delivery, boolean>({ size: SUBMIT_TOGETHER }, (leaving) =>
    submit(batch, leaving),
  );
  const { stopping, brake, pace, meter } = batch.tools;
  return async (delivery) => {
    const domain = domainOf(delivery.address);
    let begunAt: number | undefined;
    try {
      await failpoint('attempt.begun');
      if (stopping.aborted || brake.isOn || batch.isLedgerOut) return { kind: 'untried' };
      return await attempt(batch, delivery, () => begunAt, {
        mayLeave() {
          begunAt = performance.now();
          batch.departures.note(delivery);
          pace.begin(domain, delivery);
          return hasLeave(batch, delivery) ? GRANTED : submitter.add(delivery);
        },
        mayStillLeave() {
          blockingFailpoint('message.before');
          return batch.held.isSure(delivery);
        },
      });
    } finally {
      batch.departures.note(delivery);
      pace.end(domain, delivery);
      if (begunAt !== undefined) meter.note(delivery, performance.now() - begunAt);
    }
  };
}

/** The ledger has just been asked, and there is nothing to count. */
const hasLeave = ({ held, tools }: Batch, { address }: Delivery): boolean =>
  held.areJustSubmitted && !tools.rates.isLimited(address);

async function submit(batch: Batch, leaving: readonly Delivery[]): Promise<boolean[]> {
  const { tools, stand } = batch;
  await failpoint('submit.before');
  try {
    const granted = await tools.ledger.surely(async () => {
      const leave = await tools.rates.take(stand.plan.series, leaving);
      const mayLeave = leaving.filter((delivery) => !isLimited(batch, leave, delivery));
      const submitted = await submitSome(batch, mayLeave);
      return leaving.map((delivery) => submitted.has(delivery) && !isLimited(batch, leave, delivery));
    });
    await failpoint('submit.granted');
    return granted;
  } catch (error) {
    // Said once for a batch, and the rest of it is given back.
    if (!tools.ledger.suspect(error) && !batch.isLedgerOut)
      tools.log.warn({ reason: reasonOf(error) }, 'the ledger takes no writes');
    batch.isLedgerOut = true;
    throw error;
  }
}

async function submitSome(
  { tools, stand, held }: Batch,
  leaving: readonly Delivery[],
): Promise<ReadonlySet<Delivery>> {
  if (leaving.length === 0 || held.areJustSubmitted) return new Set(leaving);
  const since = thisMoment();
  const granted = await tools.store.deliveries.submit(stand, leaving, LEASE_MS);
  const submitted = leaving.filter((_, index) => granted[index] === true);
  for (const delivery of submitted) held.submit(delivery, since);
  return new Set(submitted);
}

function isLimited({ limited }: Batch, leave: Leave, delivery: Delivery): boolean {
  const wait = leave.waitOf(delivery);
  if (wait === undefined) limited.delete(delivery);
  else limited.set(delivery, wait);
  return wait !== undefined;
}

async function attempt(
  batch: Batch,
  delivery: Delivery,
  begunAt: () => number | undefined,
  clearance: Clearance,
): Promise<Outcome | undefined> {
  const { tools } = batch;
  const { series, issue } = delivery;
  try {
    const sent = await tools.sender.send(delivery, clearance);
    if (sent === 'withdrawn') return withdrawn(batch, delivery);
    if (sent === 'lapsed') return { kind: 'untried' };
    const judgement = tools.rejections.weigh(series, judge(sent), begunAt());
    await brakeOn(tools, judgement);
    return judgement;
  } catch (error) {
    if (batch.isLedgerOut || tools.ledger.suspect(error)) return { kind: 'untried', waitMs: LEASE_MS };
    // Senders answer for whatever a server does; what is thrown is about this message, before any of it has left.
    tools.log.error({ series, issue, reason: reasonOf(error) }, 'a message cannot be made');
    return tools.rejections.weighUnmade(series, reasonOf(error));
  }
}

/** What is submitted and does not leave after all would be in doubt. */
function withdrawn({ limited, held }: Batch, delivery: Delivery): Outcome | undefined {
  const wait = limited.get(delivery);
  return wait === undefined && !held.isSubmitted(delivery) ? undefined : { kind: 'untried', ...wait };
}

async function brakeOn({ brake, store, ledger, log }: DeliverTools, outcome: Judgement): Promise<void> {
  const hadTrouble = brake.hasTrouble;
  const pauseMs = brake.note(outcome);
  try {
    if (pauseMs > 0 && 'reason' in outcome) {
      log.warn({ reason: outcome.reason, pauseMs }, 'mail does not go out; waiting');
      await store.transport.recordTrouble(outcome.reason, pauseMs + LEASE_MS);
    }
    if (hadTrouble && !brake.hasTrouble) await store.transport.clearTrouble();
  } catch (error) {
    if (!ledger.suspect(error)) log.warn({ reason: reasonOf(error) }, 'the trouble is not on record');
  }
}
