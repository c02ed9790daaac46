import type { SmtpResult } from '../domain/smtp-reply.ts';

/**
 * Keeps a pool from hammering a server that cannot be reached or does not let us in: after a failed connect nobody tries for
 * a while, then one does for all, and the while doubles as long as that fails.
 */
export class ConnectBreaker {
  readonly #firstPauseMs: number;
  readonly #longestPauseMs: number;
  #lastFailure: SmtpResult | undefined;
  #pauseMs = 0;
  #until = 0;
  #trying = false;

  constructor(pauses: { readonly firstPauseMs: number; readonly longestPauseMs: number }) {
    this.#firstPauseMs = pauses.firstPauseMs;
    this.#longestPauseMs = pauses.longestPauseMs;
  }

  /** ms until another connect may be tried; 0 while all is well. */
  get pausedForMs(): number {
    return Math.max(0, this.#until - performance.now());
  }

  /** Whether another connect would be tried now, and not answered with the last failure. */
  get mayTry(): boolean {
    return this.#lastFailure === undefined || (!this.#trying && this.pausedForMs === 0);
  }

  /** Why the last connect failed; undefined = it did not. */
  get lastFailure(): SmtpResult | undefined {
    return this.#lastFailure;
  }

  /** A connection that was made and ended before it was of any use is none. */
  note(failure: SmtpResult): void {
    this.#open(failure);
  }

  /** What `connect` returns (why it failed, or undefined), or the last failure at once while it is too soon to try. */
  async guard(connect: () => Promise<SmtpResult | undefined>): Promise<SmtpResult | undefined> {
    if (!this.mayTry) return this.#lastFailure;

    this.#trying = this.#lastFailure !== undefined;
    try {
      const failure = await connect();
      if (failure === undefined) this.#close();
      else this.#open(failure);
      return failure;
    } finally {
      this.#trying = false;
    }
  }

  #close(): void {
    this.#lastFailure = undefined;
    this.#pauseMs = 0;
    this.#until = 0;
  }

  #open(failure: SmtpResult): void {
    this.#lastFailure = failure;
    // Several connects that fail together are one failure.
    if (this.pausedForMs > 0) return;
    this.#pauseMs = Math.min(Math.max(this.#pauseMs * 2, this.#firstPauseMs), this.#longestPauseMs);
    this.#until = performance.now() + this.#pauseMs;
  }
}
