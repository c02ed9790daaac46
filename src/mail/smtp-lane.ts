import type { SmtpResult } from '../domain/smtp-reply.ts';
import type { ConnectBreaker } from './connect-breaker.ts';
import { Slab } from './slab.ts';
import type { SmtpEnvelope } from './smtp-envelope.ts';
import { SmtpSession } from './smtp-session.ts';
import type { SmtpSettings } from './smtp-settings.ts';
import type { WireBytes } from './wire-bytes.ts';

/** A mail to hand over; its bytes are given, or written into the slab when it is their turn. */
export interface OutgoingMail extends SmtpEnvelope {
  readonly bytes: WireBytes | ((slab: Slab) => WireBytes);
}

/** What came of a mail; `withdrawn` = it was not to leave any more, and nothing of it was said to the server. */
export type Sent = SmtpResult | 'withdrawn';

/** One place in the pool: a connection, replaced when it is spent, and the memory of the message that is on it. */
export class SmtpLane {
  readonly #settings: SmtpSettings;
  readonly #breaker: ConnectBreaker;
  readonly #slab = new Slab();
  #session: SmtpSession | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(settings: SmtpSettings, breaker: ConnectBreaker) {
    this.#settings = settings;
    this.#breaker = breaker;
  }

  /** One mail at a time: the caller waits for each. */
  async send(mail: OutgoingMail): Promise<SmtpResult> {
    const sent = await this.offer(mail, () => Promise.resolve(true));
    if (sent === 'withdrawn') throw new Error('A mail that may leave was withdrawn.');
    return sent;
  }

  /** Asks `mayLeave` once the connection is ready, right before MAIL; a no withdraws the mail. */
  async offer(mail: OutgoingMail, mayLeave: () => Promise<boolean>): Promise<Sent> {
    clearTimeout(this.#idle);
    const reused = this.#session?.usable === true && this.#session.used;
    try {
      const session = await this.#open();
      if (!(session instanceof SmtpSession)) return session;
      if (!(await mayLeave())) return 'withdrawn';
      const result = await this.#try(mail);
      // A connection that lay idle may have died unnoticed; while no byte of the message has left, nothing was sent.
      return reused && diedBeforeMessage(result) ? await this.#try(mail) : result;
    } finally {
      this.#idle = setTimeout(() => void this.close(), this.#settings.limits.idleMs).unref();
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const session = this.#session;
    this.#session = undefined;
    await session?.quit();
  }

  async #try(mail: OutgoingMail): Promise<SmtpResult> {
    const session = await this.#open();
    if (!(session instanceof SmtpSession)) return session;
    return session.send(mail, typeof mail.bytes === 'function' ? mail.bytes(this.#slab) : mail.bytes);
  }

  async #open(): Promise<SmtpSession | SmtpResult> {
    if (this.#session?.usable === true) return this.#session;

    await this.close();
    const session = new SmtpSession(this.#settings);
    const failure = await this.#breaker.guard(() => session.open());
    if (failure !== undefined) return failure;
    this.#session = session;
    return session;
  }
}

function diedBeforeMessage(result: SmtpResult): boolean {
  if (result.kind === 'lost') return ['mail', 'rcpt', 'data'].includes(result.stage);
  return result.stage === 'mail' && result.code === 421;
}
