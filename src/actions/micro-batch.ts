/** Gathered, and not handled yet. */
interface Entry<In, Out> {
  readonly item: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Handles together what comes in together, a few batches at once: what arrives while they are handled is the next one. So a quiet
 * hour waits for nothing, and a busy one pays for a script call once for many mails. A batch that fails fails for each of its items.
 */
export class MicroBatch<In, Out> {
  readonly #handle: (items: readonly In[]) => Promise<readonly Out[]>;
  readonly #size: number;
  readonly #atOnce: number;
  #gathered: Entry<In, Out>[] = [];
  #isGathering = false;
  #handling = 0;

  /** `size` = most items handled together; `atOnce` = most batches on their way at the same time. */
  constructor(size: number, handle: (items: readonly In[]) => Promise<readonly Out[]>, atOnce = 1) {
    this.#handle = handle;
    this.#size = size;
    this.#atOnce = atOnce;
  }

  /** The item's result, once its batch is done. */
  add(item: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.#gathered.push({ item, resolve, reject });
      if (!this.#isGathering && this.#handling < this.#atOnce) void this.#handleAll();
    });
  }

  async #handleAll(): Promise<void> {
    // What the same turn of the event loop brings belongs together.
    this.#isGathering = true;
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.#isGathering = false;
    this.#handling++;
    while (this.#gathered.length > 0) await this.#handleSome(this.#gathered.splice(0, this.#size));
    this.#handling--;
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
