import type { Judgement } from '../domain/delivery.ts';
import { MINUTE_MS, SECOND_MS } from '../domain/instant.ts';

const LONGEST_PAUSE_MS = MINUTE_MS;
/** A refused log-in or signature is not mended in seconds, and servers lock out those who keep trying. */
const FAULT_PAUSE_MS = 5 * MINUTE_MS;

/**
 * Stops one worker from claiming while its mail server is not there or will not have us, so that no reader's try is spent and
 * the server is not hammered. Opens again by itself: the next mail after the pause is the probe.
 */
export class TransportBrake {
  #until = 0;
  #failures = 0;
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get isOn(): boolean {
    return this.remainingMs > 0;
  }

  /** For how long it is on still. */
  get remainingMs(): number {
    return Math.max(0, this.#until - this.#now());
  }

  /** Whether the server has not answered about a mail since it last failed. */
  get hasTrouble(): boolean {
    return this.#failures > 0 || this.isOn;
  }

  /** Takes note of an outcome; returns for how many ms it brakes because of it, 0 = not at all. */
  note(outcome: Judgement): number {
    const pauseMs = this.#pauseFor(outcome);
    if (pauseMs > 0) this.#until = Math.max(this.#until, this.#now() + pauseMs);
    return pauseMs;
  }

  #pauseFor(outcome: Judgement): number {
    if (outcome.kind === 'senderFault') return outcome.scope === 'transport' ? FAULT_PAUSE_MS : 0;
    if (outcome.kind !== 'unavailable') {
      this.#failures = 0;
      return 0;
    }
    // Mails that were under way together fail together: that is one failure of the server, not twenty.
    if (this.isOn) return 0;
    this.#failures++;
    return Math.min(LONGEST_PAUSE_MS, SECOND_MS * 2 ** (this.#failures - 1));
  }
}
