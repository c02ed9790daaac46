/**
 * Gathers what comes in within a few milliseconds and handles it in one go: one script call for many mails.
 * A batch that fails fails for each of its items.
 */
export class MicroBatch<In, Out> {
  readonly #handle: (items: readonly In[]) => Promise<readonly Out[]>;
  readonly #size: number;
  readonly #waitMs: number;
  #items: { item: In; resolve: (out: Out) => void; reject: (error: unknown) => void }[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(size: number, waitMs: number, handle: (items: readonly In[]) => Promise<readonly Out[]>) {
    this.#size = size;
    this.#waitMs = waitMs;
    this.#handle = handle;
  }

  /** The item's result, once its batch is done. */
  add(item: In): Promise<Out> {
    const done = new Promise<Out>((resolve, reject) => this.#items.push({ item, resolve, reject }));
    if (this.#items.length >= this.#size) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), this.#waitMs);
    return done;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#items;
    this.#items = [];
    this.#handle(batch.map(({ item }) => item)).then(
      (results) => batch.forEach(({ resolve }, index) => resolve(results[index] as Out)),
      (error: unknown) => batch.forEach(({ reject }) => reject(error)),
    );
  }
}
