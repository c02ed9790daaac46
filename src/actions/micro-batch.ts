/** Gathered, and not handled yet. */
interface Entry<In, Out> {
  readonly item: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Handles what comes in one batch after the other: what arrives while a batch is handled is the next one. So a quiet hour waits
 * for nothing, and a busy one pays for a script call once for many mails. A batch that fails fails for each of its items.
 */
export class MicroBatch<In, Out> {
  readonly #handle: (items: readonly In[]) => Promise<readonly Out[]>;
  readonly #size: number;
  #gathered: Entry<In, Out>[] = [];
  #isHandling = false;

  /** `size` = most items handled at once. */
  constructor(size: number, handle: (items: readonly In[]) => Promise<readonly Out[]>) {
    this.#handle = handle;
    this.#size = size;
  }

  /** The item's result, once its batch is done. */
  add(item: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.#gathered.push({ item, resolve, reject });
      if (!this.#isHandling) void this.#handleAll();
    });
  }

  async #handleAll(): Promise<void> {
    this.#isHandling = true;
    // What the same turn of the event loop brings belongs together.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.#gathered.length > 0) await this.#handleSome(this.#gathered.splice(0, this.#size));
    this.#isHandling = false;
  }

  async #handleSome(entries: readonly Entry<In, Out>[]): Promise<void> {
    try {
      const results = await this.#handle(entries.map(({ item }) => item));
      entries.forEach(({ resolve }, index) => resolve(results[index] as Out));
    } catch (error) {
      for (const { reject } of entries) reject(error);
    }
  }
}
