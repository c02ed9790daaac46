import type { SmtpResult } from '../domain/smtp-reply.ts';
import type { ConnectBreaker } from './connect-breaker.ts';
import { Deadline } from './deadline.ts';
import type { OfferedMail } from './offered-mail.ts';
import { SLOW_MS, type SmtpPaths } from './smtp-path.ts';
import { SmtpPipeline } from './smtp-pipeline.ts';
import { PlainWire } from './smtp-plain-wire.ts';
import { SmtpSession } from './smtp-session.ts';
import type { SmtpSettings } from './smtp-settings.ts';
import type { Wire } from './smtp-wire.ts';

export interface LaneOptions {
  readonly settings: SmtpSettings;
  readonly breaker: ConnectBreaker;
  readonly paths: SmtpPaths;
  /** It has no connection, and that is why. */
  readonly failed: (failure: SmtpResult) => void;
  /** It may take another mail, or needs another connection, or has been given up. */
  readonly changed: () => void;
}

/** What a lane is: without a connection, on the way to one or from one, or ready. */
type LaneState = 'closed' | 'connecting' | 'open' | 'closing';

/** A connection that ends sooner, and without a mail, is like one that could not be made. */
const OF_USE_MS = 1_000;

/** One place in the pool: a connection, replaced when it is spent, and the mails on it. */
export class SmtpLane {
  readonly #options: LaneOptions;
  readonly #idle: Deadline;
  #state: LaneState = 'closed';
  #session: SmtpSession | undefined;
  #wire: Wire | undefined;
  #mails = 0;
  #openedAt = 0;
  #isEnding = false;
  #drained: () => void = () => undefined;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#idle = new Deadline(() => void this.#rest());
  }

  get state(): LaneState {
    return this.#state;
  }

  /** It can take mails without connecting, as far as we know. */
  get isConnected(): boolean {
    return this.#wire !== undefined && this.#session?.usable === true && !this.#isSpent;
  }

  /** Mails on the connection. */
  get load(): number {
    return this.#wire?.load ?? 0;
  }

  /** A mail could be written at once. */
  get hasRoom(): boolean {
    return this.isConnected && this.#wire?.hasRoom === true;
  }

  /** Its last mail was answered soon, and others may be put behind it. */
  get isQuick(): boolean {
    return this.isConnected && (this.#wire?.depth ?? 0) > 1;
  }

  /** How many mails it is worth to have ready for it. */
  appetiteAt(now: number): number {
    if (this.#wire === undefined || !this.isConnected || this.isSlowAt(now)) return 0;
    const left = this.#options.settings.mailsPerConnection - this.#mails;
    return Math.max(0, Math.min(this.#wire.depth - this.load, left));
  }

  isSlowAt(now: number): boolean {
    return this.load > 0 && now - (this.#wire?.waitingSince ?? now) > SLOW_MS;
  }

  /** Connects and logs in; `breaker` remembers why that failed. Only when `closed`. */
  async open(): Promise<void> {
    const { settings, breaker, changed, failed } = this.#options;
    this.#state = 'connecting';
    const session = new SmtpSession(settings, (reason) => this.#lose(session, reason));
    const failure = await breaker.guard(() => session.open());
    this.#state = failure === undefined ? 'open' : 'closed';
    if (failure === undefined) this.#begin(session);
    else failed(failure);
    if (this.#isEnding) this.#drained();
    changed();
  }

  /** Only while there is room. */
  take(mail: OfferedMail): void {
    const before = this.load;
    this.#wire?.take(mail);
    // What was not to leave any more was not written.
    if (this.load > before) this.#mails += 1;
  }

  /** Begins no message any more, and resolves when those under way have their answers. */
  async close(): Promise<void> {
    this.#isEnding = true;
    this.#wire?.close();
    if (this.load > 0 || this.#state === 'connecting' || this.#state === 'closing')
      await new Promise<void>((resolve) => (this.#drained = resolve));
    await this.#leave();
  }

  get #isSpent(): boolean {
    return this.#mails >= this.#options.settings.mailsPerConnection;
  }

  #begin(session: SmtpSession): void {
    const { settings, paths } = this.#options;
    const wire = session.wire;
    this.#session = session;
    this.#mails = 0;
    this.#openedAt = performance.now();
    const path = paths.choose(wire);
    const changed = (): void => this.#look(session);
    this.#wire =
      wire === undefined || path === 'plain'
        ? new PlainWire(session, changed)
        : new SmtpPipeline({
            wire,
            path,
            limits: settings.limits,
            hangUp: () => session.hangUp(),
            distrust: (path) => paths.distrust(path),
            changed,
          });
    this.#look(session);
  }

  #lose(session: SmtpSession, reason: string): void {
    if (session !== this.#session) return;
    const isOfNoUse = this.#mails === 0 && performance.now() - this.#openedAt < OF_USE_MS;
    this.#wire?.lose(reason);
    if (isOfNoUse) this.#giveUp({ kind: 'lost', stage: 'hello', reason });
    this.#options.changed();
  }

  #giveUp(failure: SmtpResult): void {
    this.#options.breaker.note(failure);
    this.#options.failed(failure);
  }

  /** Something has changed on the connection. */
  #look(session: SmtpSession): void {
    if (session !== this.#session || this.#state !== 'open') return;
    if (this.load === 0) {
      if (this.#isEnding) this.#drained();
      else if (!this.isConnected) void this.#rest();
      else this.#idle.set(this.#options.settings.limits.idleMs);
    }
    this.#options.changed();
  }

  /** Gives the connection back. */
  async #rest(): Promise<void> {
    if (this.load > 0 || this.#state !== 'open') return;
    await this.#leave();
    if (this.#isEnding) this.#drained();
    this.#options.changed();
  }

  async #leave(): Promise<void> {
    this.#idle.clear();
    const session = this.#session;
    this.#wire?.close();
    this.#session = undefined;
    this.#wire = undefined;
    this.#state = 'closing';
    await session?.quit();
    this.#state = 'closed';
  }
}
