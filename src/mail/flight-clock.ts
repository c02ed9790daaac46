import { Deadline } from './deadline.ts';
import type { Flight } from './smtp-flight.ts';
import { SLOW_MS } from './smtp-path.ts';
import type { SmtpLimits } from './smtp-settings.ts';

const RESET_MS = 5_000;
/** About so many of the last answers count. */
const REMEMBERED = 8;

/**
 * How long the server may take for the mail that is first in line on a connection: time begins when it becomes that. The
 * others wait for it, not for the server.
 */
export class FlightClock {
  readonly #limits: SmtpLimits;
  readonly #deadline: Deadline;
  readonly #patience: Deadline;
  #since = 0;
  #limitMs = 0;
  #isQuick = false;
  #usualMs = 0;

  /** `onSlow` is told after a second or so, `onOver` when it was too long for a server that means well. */
  constructor(limits: SmtpLimits, onSlow: () => void, onOver: (reason: string) => void) {
    this.#limits = limits;
    this.#patience = new Deadline(onSlow);
    this.#deadline = new Deadline(() => onOver(`no answer after ${this.#limitMs} ms`));
  }

  /** When the first in line became that, by `performance.now()`. */
  get since(): number {
    return this.#since;
  }

  /** The last mail was answered soon: one behind another will not have to wait for long. */
  get isQuick(): boolean {
    return this.#isQuick;
  }

  /** How many mails are answered in so many ms, going by the last ones. */
  manyIn(ms: number): number {
    return Math.ceil(ms / this.#usualMs);
  }

  begin({ step, isChunked }: Flight, now: number): void {
    this.#since = now;
    this.#patience.set(SLOW_MS, now);
    this.#limit(step === 'reset' && !isChunked ? RESET_MS : this.#limits.envelopeMs);
  }

  /** RSET is answered. */
  beginMail(): void {
    this.#limit(this.#limits.envelopeMs);
  }

  /** The message is with the server. */
  beginBody(): void {
    this.#limit(this.#limits.mailMs);
  }

  end(now: number): void {
    const tookMs = now - this.#since;
    this.#isQuick = tookMs < SLOW_MS;
    this.#usualMs += (tookMs - this.#usualMs) / REMEMBERED;
    this.#deadline.pause();
    this.#patience.pause();
  }

  stop(): void {
    this.#deadline.clear();
    this.#patience.clear();
  }

  #limit(ms: number): void {
    this.#limitMs = ms;
    this.#deadline.set(ms, this.#since);
  }
}
