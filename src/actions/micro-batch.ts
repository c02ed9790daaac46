/** Gathered, and not handled yet. */
interface Entry<In, Out> {
  readonly item: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
}

export interface MicroBatchLimits {
  /** Most items handled together. */
  readonly size: number;
  /** Most batches on their way at the same time; one unless given. */
  readonly atOnce?: number;
  /** How long the first item waits for others, in ms, unless there are `size` before; until the end of this turn of the event loop unless given. */
  readonly patienceMs?: number;
}

/**
 * Handles together what comes in together, a few batches at once: what arrives while as many are handled as may be is the next one. So a
 * quiet hour waits for next to nothing, and a busy one pays for a script call once for many mails. A batch that fails fails for each of
 * its items.
 */
export class MicroBatch<In, Out> {
  readonly #handle: (items: readonly In[]) => Promise<readonly Out[]>;
  readonly #size: number;
  readonly #atOnce: number;
  readonly #patienceMs: number;
  #gathered: Entry<In, Out>[] = [];
  #isGathering = false;
  /** The first of those gathered has waited long enough. */
  #isDue = false;
  #handling = 0;

  constructor(
    { size, atOnce = 1, patienceMs = 0 }: MicroBatchLimits,
    handle: (items: readonly In[]) => Promise<readonly Out[]>,
  ) {
    this.#handle = handle;
    this.#size = size;
    this.#atOnce = atOnce;
    this.#patienceMs = patienceMs;
  }

  /** The item's result, once its batch is done. */
  add(item: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.#gathered.push({ item, resolve, reject });
      this.#goOn();
    });
  }

  #goOn(): void {
    if (this.#gathered.length === 0 || this.#handling >= this.#atOnce) return;
    if (this.#isDue || this.#gathered.length >= this.#size) void this.#handleSome();
    else this.#gather();
  }

  #gather(): void {
    if (this.#isGathering) return;
    this.#isGathering = true;
    const end = (): void => {
      this.#isGathering = false;
      this.#isDue = this.#gathered.length > 0;
      this.#goOn();
    };
    if (this.#patienceMs === 0) setImmediate(end);
    else setTimeout(end, this.#patienceMs);
  }

  async #handleSome(): Promise<void> {
    const entries = this.#gathered.splice(0, this.#size);
    this.#isDue = false;
    this.#handling++;
    try {
      const results = await this.#handle(entries.map(({ item }) => item));
      entries.forEach(({ resolve }, index) => resolve(results[index] as Out));
    } catch (error) {
      for (const { reject } of entries) reject(error);
    }
    this.#handling--;
    this.#goOn();
  }
}
