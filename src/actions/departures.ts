/** Tells when the last one of many has set out, or need not any more. */
export class Departures<T> {
  readonly #ahead: Set<T>;
  #tell: () => void = () => undefined;
  /** Resolves when nobody is left who has not. */
  readonly all = new Promise<void>((resolve) => (this.#tell = resolve));

  constructor(all: readonly T[]) {
    this.#ahead = new Set(all);
  }

  note(one: T): void {
    this.#ahead.delete(one);
    if (this.#ahead.size === 0) this.#tell();
  }
}
