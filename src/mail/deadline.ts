/**
 * A limit that is hardly ever reached and moves all the time: moving it on costs no timer, because the one there is fires
 * early and looks again.
 */
export class Deadline {
  readonly #onPassed: () => void;
  #timer: NodeJS.Timeout | undefined;
  #firesAt = Infinity;
  #at = Infinity;

  constructor(onPassed: () => void) {
    this.#onPassed = onPassed;
  }

  /** `ms` from `since`, a reading of `performance.now()`. */
  set(ms: number, since = performance.now()): void {
    this.#at = since + ms;
    if (this.#at < this.#firesAt) this.#arm();
  }

  /** Nothing to wait for until it is set again. */
  pause(): void {
    this.#at = Infinity;
  }

  clear(): void {
    this.#at = Infinity;
    this.#firesAt = Infinity;
    clearTimeout(this.#timer);
  }

  #arm(): void {
    clearTimeout(this.#timer);
    this.#firesAt = this.#at;
    this.#timer = setTimeout(() => this.#look(), Math.max(0, this.#at - performance.now())).unref();
  }

  #look(): void {
    this.#firesAt = Infinity;
    if (this.#at === Infinity) return;
    if (performance.now() < this.#at) return this.#arm();
    this.#at = Infinity;
    this.#onPassed();
  }
}
