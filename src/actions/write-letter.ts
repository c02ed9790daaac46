import type { LetterComposer } from '../compose/letter-composer.ts';
import type { Judgement } from '../domain/delivery.ts';
import { failpoint } from '../domain/failpoint.ts';
import type { LetterOrder } from '../domain/letter.ts';
import type { Log } from '../domain/log.ts';
import { judge } from '../domain/smtp-outcome.ts';
import type { LetterSender } from '../mail/letter-sender.ts';
import { addressLetter, type LetterInHand, type LetterStore } from './address-letter.ts';
import type { RejectionWatch } from './rejection-watch.ts';
import type { SendingRates } from './sending-rates.ts';
import type { TransportBrake } from './transport-brake.ts';

export interface LetterTools {
  readonly store: LetterStore;
  readonly composer: LetterComposer;
  readonly sender: LetterSender;
  readonly rates: SendingRates;
  readonly brake: TransportBrake;
  readonly rejections: RejectionWatch;
  readonly log: Log;
  /** Aborted = begin nothing more. */
  readonly stopping: AbortSignal;
}

/**
 * What became of an order. `not-needed`: by now nobody is to get the letter; `refused`: never to be tried again; `deferred`: tried, and to
 * be tried again; `waiting`: not tried, for the mail server is not there or a limit is reached, so that no try is spent.
 */
export type LetterResult =
  | { readonly kind: 'accepted' | 'not-needed' | 'refused' }
  | { readonly kind: 'deferred'; readonly reason: string }
  | { readonly kind: 'waiting'; readonly waitMs: number };

const SOON_MS = 100;

/**
 * Writes an ordered letter, if the ledger still says so, and hands it to the mail server. An order may be carried out twice, after a crash
 * between the server's 250 and the job's end: the second copy has the bytes of the first.
 */
export async function writeLetter(tools: LetterTools, order: LetterOrder): Promise<LetterResult> {
  const { store, brake, stopping } = tools;
  if (stopping.aborted) return { kind: 'waiting', waitMs: SOON_MS };
  if (brake.isOn) return { kind: 'waiting', waitMs: brake.remainingMs };
  const letter = await addressLetter(store, order);
  if (letter === undefined) return { kind: 'not-needed' };
  await failpoint('letter.addressed');
  const sent = await send(tools, letter);
  if (sent.kind === 'waiting') return sent;
  const judgement = tools.rejections.weigh(order.series, sent);
  await failpoint('letter.sent');
  const pauseMs = brake.note(judgement);
  const { kind, series } = letter.order;
  if (judgement.kind === 'accepted') return { kind: 'accepted' };
  tools.log.warn({ letter: kind, series, reason: judgement.reason }, 'a letter was not accepted');
  return resultOf(tools, letter, judgement, pauseMs);
}

async function send(
  { composer, sender, rates }: LetterTools,
  letter: LetterInHand,
): Promise<Judgement | Extract<LetterResult, { kind: 'waiting' }>> {
  const { order, plan, to, locale, others } = letter;
  const { from, replyTo } = plan.about;
  const rendered = await composer.compose({ kind: order.kind, plan, locale, others });
  await failpoint('letter.composed');
  const waitMs = await rates.takeForLetter(to.address);
  if (waitMs > 0) return { kind: 'waiting', waitMs };
  const sent = await sender.send({ order, from, ...(replyTo !== undefined && { replyTo }), to, rendered });
  if (sent.kind === 'refused') return { kind: 'senderFault', scope: 'series', reason: sent.reason };
  return judge(sent);
}

async function resultOf(
  { store, brake }: LetterTools,
  { order: { kind, series, subscriber } }: LetterInHand,
  judgement: Exclude<Judgement, { kind: 'accepted' }>,
  pauseMs: number,
): Promise<LetterResult> {
  const { reason } = judgement;
  switch (judgement.kind) {
    case 'rejected':
      // Nobody can confirm what never came; whether the address is dead is for the issues to find out.
      if (kind === 'confirm') await store.signups.forget(series, subscriber);
      return { kind: 'refused' };
    case 'unavailable':
      return { kind: 'waiting', waitMs: Math.max(pauseMs, brake.remainingMs, SOON_MS) };
    case 'senderFault':
      // Ours to mend, and mended before the tries are over it costs nobody a letter.
      return judgement.scope === 'transport'
        ? { kind: 'waiting', waitMs: pauseMs }
        : { kind: 'deferred', reason };
    case 'deferred':
    case 'uncertain':
      return { kind: 'deferred', reason };
  }
}
