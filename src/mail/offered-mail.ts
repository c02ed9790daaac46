import type { EmailAddress } from '../domain/email-address.ts';
import type { SmtpResult } from '../domain/smtp-reply.ts';
import type { Slab } from './slab.ts';
import type { SmtpEnvelope } from './smtp-envelope.ts';
import type { WireBytes } from './wire-bytes.ts';

/** A mail to hand over; its bytes are given, or written into the slab when it is their turn. */
export interface OutgoingMail extends SmtpEnvelope {
  readonly bytes: WireBytes | ((slab: Slab) => WireBytes | Promise<WireBytes>);
}

/** Whether a mail may leave, by whoever has to answer for it. */
export interface Clearance {
  /** Asked once a connection is ready, or about to be, and MAIL is the next step. */
  readonly mayLeave: () => Promise<boolean>;
  /** Asked at the moment the message is written: time has passed since, and a process may have stood still. */
  readonly mayStillLeave: () => boolean;
}

/** What came of a mail; `withdrawn` = it was not to leave, `lapsed` = not any more: no byte of the message was sent. */
export type Sent = SmtpResult | 'withdrawn' | 'lapsed';

/** Where the memory of messages comes from and goes back to, and where a mail waits that is tried again. */
export interface MailDepot {
  takeSlab(): Slab;
  giveBack(slab: Slab): void;
  tryAgain(mail: OfferedMail): void;
}

/** Mails are made ready for the next milliseconds; when the server stands still meanwhile, much may have changed. */
const GOOD_FOR_MS = 1_000;

/** A mail on its way through the pool. */
export class OfferedMail {
  readonly from: EmailAddress;
  readonly to: EmailAddress;
  readonly sent: Promise<Sent>;
  readonly #mail: OutgoingMail;
  readonly #clearance: Clearance;
  readonly #depot: MailDepot;
  #resolve: (sent: Sent) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  #bytes: WireBytes | undefined;
  #slab: Slab | undefined;
  #clearedAt = 0;

  constructor(mail: OutgoingMail, clearance: Clearance, depot: MailDepot) {
    this.from = mail.from;
    this.to = mail.to;
    this.#mail = mail;
    this.#clearance = clearance;
    this.#depot = depot;
    this.sent = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** What is to go over; there is none before `clear`. */
  get bytes(): WireBytes {
    if (this.#bytes === undefined) throw new Error('A mail was to be written before it was made.');
    return this.#bytes;
  }

  /** Whether it was asked so long ago that it had better be asked again. */
  isStaleAt(now: number): boolean {
    return now - this.#clearedAt > GOOD_FOR_MS;
  }

  /** Asks whether it may leave and makes its bytes. False = it has its end already, it goes nowhere. */
  async clear(): Promise<boolean> {
    this.#letGo();
    try {
      if (!(await this.#clearance.mayLeave())) {
        this.settle('withdrawn');
        return false;
      }
      this.#clearedAt = performance.now();
      const { bytes } = this.#mail;
      if (typeof bytes === 'function') {
        this.#slab = this.#depot.takeSlab();
        const made = bytes(this.#slab);
        this.#bytes = made instanceof Promise ? await made : made;
      } else this.#bytes = bytes;
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  mayStillLeave(): boolean {
    return this.#clearance.mayStillLeave();
  }

  /** The same, at the moment it would be written. False = it does not, and has its end. */
  leavesNow(): boolean {
    try {
      if (this.mayStillLeave()) return true;
      this.settle('lapsed');
    } catch (error) {
      this.fail(error);
    }
    return false;
  }

  /**
   * What came of it on a connection. A reused one may have died unnoticed, or taken another mail's refusal badly: while no byte of
   * this message has left nothing was sent, and it goes over the next one.
   */
  end(result: SmtpResult | 'lapsed', isReused: boolean): void {
    if (isReused && diedBeforeMessage(result)) this.#depot.tryAgain(this);
    else this.settle(result);
  }

  /** Its memory is used again from here on: whatever it was written to has let go of it. */
  settle(sent: Sent): void {
    this.#letGo();
    this.#resolve(sent);
  }

  fail(error: unknown): void {
    this.#letGo();
    this.#reject(error);
  }

  #letGo(): void {
    if (this.#slab !== undefined) this.#depot.giveBack(this.#slab);
    this.#slab = undefined;
  }
}

function diedBeforeMessage(result: SmtpResult | 'lapsed'): boolean {
  if (result === 'lapsed') return false;
  if (result.kind === 'lost') return ['mail', 'rcpt', 'data'].includes(result.stage);
  return result.stage === 'mail' && result.code === 421;
}
