import type { SmtpResult } from '../domain/smtp-reply.ts';
import type { ConnectBreaker } from './connect-breaker.ts';
import { Slab } from './slab.ts';
import type { SmtpEnvelope } from './smtp-envelope.ts';
import { SmtpSession } from './smtp-session.ts';
import type { SmtpSettings } from './smtp-settings.ts';
import type { WireBytes } from './wire-bytes.ts';

/** A mail to hand over; its bytes are given, or written into the slab when it is their turn. */
export interface OutgoingMail extends SmtpEnvelope {
  readonly bytes: WireBytes | ((slab: Slab) => WireBytes | Promise<WireBytes>);
}

/** Whether a mail may leave, by whoever has to answer for it. */
export interface Clearance {
  /** Asked once a connection is ready and MAIL is the next step. */
  readonly mayLeave: () => Promise<boolean>;
  /** Asked once the server waits for the message: time has passed since, and a process may have stood still. */
  readonly mayStillLeave: () => boolean;
}

const CLEARED: Clearance = { mayLeave: () => Promise.resolve(true), mayStillLeave: () => true };

/** What came of a mail; `withdrawn` = it was not to leave, `lapsed` = not any more: no byte of the message was sent. */
export type Sent = SmtpResult | 'withdrawn' | 'lapsed';

/** One place in the pool: a connection, replaced when it is spent, and the memory of the message that is on it. */
export class SmtpLane {
  readonly #settings: SmtpSettings;
  readonly #breaker: ConnectBreaker;
  readonly #slab = new Slab();
  #session: SmtpSession | undefined;
  #idle: NodeJS.Timeout | undefined;
  #isConnecting = false;

  constructor(settings: SmtpSettings, breaker: ConnectBreaker) {
    this.#settings = settings;
    this.#breaker = breaker;
  }

  /** It can take a mail without connecting, as far as we know. */
  get isConnected(): boolean {
    return this.#session?.usable === true;
  }

  /** It may be connected in a moment. */
  get isConnecting(): boolean {
    return this.#isConnecting;
  }

  /** Connects and logs in unless that is done. What is returned says why there is no connection. */
  async open(): Promise<SmtpResult | undefined> {
    clearTimeout(this.#idle);
    const session = await this.#open();
    return session instanceof SmtpSession ? undefined : session;
  }

  /** One mail at a time: the caller waits for each. */
  async send(mail: OutgoingMail): Promise<SmtpResult> {
    const sent = await this.offer(mail, CLEARED);
    if (typeof sent === 'string') throw new Error(`A mail that may leave was ${sent}.`);
    return sent;
  }

  /** The same, for a mail that may have to stay. */
  async offer(mail: OutgoingMail, clearance: Clearance): Promise<Sent> {
    clearTimeout(this.#idle);
    const reused = this.#session?.usable === true && this.#session.used;
    try {
      const session = await this.#open();
      if (!(session instanceof SmtpSession)) return session;
      if (!(await clearance.mayLeave())) return 'withdrawn';
      const result = await this.#try(mail, clearance);
      // A connection that lay idle may have died unnoticed; while no byte of the message has left, nothing was sent.
      return reused && diedBeforeMessage(result) ? await this.#try(mail, clearance) : result;
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

  async #try(mail: OutgoingMail, { mayStillLeave }: Clearance): Promise<Exclude<Sent, 'withdrawn'>> {
    const session = await this.#open();
    if (!(session instanceof SmtpSession)) return session;
    const bytes = typeof mail.bytes === 'function' ? await mail.bytes(this.#slab) : mail.bytes;
    return session.send(mail, bytes, mayStillLeave);
  }

  async #open(): Promise<SmtpSession | SmtpResult> {
    if (this.#session?.usable === true) return this.#session;

    await this.close();
    const session = new SmtpSession(this.#settings);
    this.#isConnecting = true;
    const failure = await this.#breaker.guard(() => session.open());
    this.#isConnecting = false;
    if (failure !== undefined) return failure;
    this.#session = session;
    return session;
  }
}

function diedBeforeMessage(result: SmtpResult | 'lapsed'): boolean {
  if (result === 'lapsed') return false;
  if (result.kind === 'lost') return ['mail', 'rcpt', 'data'].includes(result.stage);
  return result.stage === 'mail' && result.code === 421;
}
