/** Mails that a server takes its time with: their ticket has ended without them, so that others need not wait. */
export class Stragglers {
  readonly #open = new Set<Promise<unknown>>();

  /** `work` must not reject. */
  add(work: Promise<unknown>): void {
    const noted = work.finally(() => this.#open.delete(noted));
    this.#open.add(noted);
  }

  /** When there are none any more. */
  async done(): Promise<void> {
    while (this.#open.size > 0) await Promise.all(this.#open);
  }
}
