/** Moves the clock of this process, as setting the machine's clock does: `Date` tells another time, timers run on evenly. */
export class MachineClock {
  readonly #real = Date;
  #shiftMs = 0;

  constructor() {
    const now = () => this.#real.now() + this.#shiftMs;
    globalThis.Date = new Proxy(this.#real, {
      construct: (real, args: readonly unknown[]) =>
        args.length === 0 ? new real(now()) : (Reflect.construct(real, args) as Date),
      get: (real, key, receiver) => (key === 'now' ? now : (Reflect.get(real, key, receiver) as unknown)),
    });
  }

  step(ms: number): void {
    this.#shiftMs += ms;
  }

  putBack(): void {
    globalThis.Date = this.#real;
  }
}
