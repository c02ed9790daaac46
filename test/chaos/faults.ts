import type { SmtpAnswer, SmtpMoment } from '../support/smtp-server.ts';
import { drawn } from './random.ts';

/** How likely each fault is, of all transactions; at most one meets a transaction. */
export type FaultPlan = Partial<Record<FaultName, number>>;

export type FaultName =
  | 'deferAtRcpt'
  | 'refuseAtRcpt'
  | 'noSuchReader'
  | 'goAway'
  | 'dropMidData'
  | 'dropAfterDot'
  | 'hangAfterDot'
  | 'deferAfterDot';

interface Fault {
  readonly at: SmtpMoment['at'];
  readonly answer: SmtpAnswer;
}

const DROPPED_AFTER_BYTES = 700;
const HANGS_FOR_MS = 3_000;

export const FAULTS: Readonly<Record<FaultName, Fault>> = {
  deferAtRcpt: { at: 'rcpt', answer: '451 4.7.1 Greylisted, come back later' },
  refuseAtRcpt: { at: 'rcpt', answer: '552 5.2.2 Mailbox full' },
  noSuchReader: { at: 'rcpt', answer: '550 5.1.1 No such user here' },
  goAway: { at: 'rcpt', answer: { reply: '421 4.3.2 Shutting down', thenDrop: true } },
  dropMidData: { at: 'data', answer: { dropAfterBytes: DROPPED_AFTER_BYTES } },
  dropAfterDot: { at: 'body', answer: { drop: true } },
  hangAfterDot: { at: 'body', answer: { drop: true, afterMs: HANGS_FOR_MS } },
  deferAfterDot: { at: 'body', answer: '451 4.3.0 Try again later' },
};

/** The fault that meets the `nth` transaction for this recipient; it depends on nothing else but the seed. */
export function faultFor(
  plan: FaultPlan,
  seed: number,
  recipient: string,
  nth: number,
): FaultName | undefined {
  let left = drawn(seed, 'fault', recipient, nth);
  for (const [name, likelihood] of Object.entries(plan) as [FaultName, number][]) {
    if (left < likelihood) return name;
    left -= likelihood;
  }
  return undefined;
}
