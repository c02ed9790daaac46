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
  /** How long the first item waits for others while there is a rush; at other times, and unless given, until the end of this turn of the event loop. */
  readonly patience?: Patience;
}

interface Patience {
  readonly ms: number;
  /** It is a rush when so many items come within `ms`. */
  readonly rushFrom: number;
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
  readonly #patience: Patience | undefined;
  #gathered: Entry<In, Out>[] = [];
  #isGathering = false;
  #look: NodeJS.Immediate | undefined;
  #laterLook: NodeJS.Timeout | undefined;
  /** Those gathered are to wait no longer. */
  #isDue = false;
  #handling = 0;
  #added = 0;
  /** When items 1, 1 + `rushFrom`, 1 + 2 · `rushFrom`, … came: the last two of them. */
  #marks: readonly [before: number, last: number] = [-Infinity, -Infinity];

  constructor(
    { size, atOnce = 1, patience }: MicroBatchLimits,
    handle: (items: readonly In[]) => Promise<readonly Out[]>,
  ) {
    this.#handle = handle;
    this.#size = size;
    this.#atOnce = atOnce;
    this.#patience = patience;
  }

  /** The item's result, once its batch is done. */
  add(item: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.#gathered.push({ item, resolve, reject });
      this.#mark();
      this.#goOn();
    });
  }

  /** What has been gathered waits no longer. */
  flush(): void {
    this.#isDue = this.#gathered.length > 0;
    this.#goOn();
  }

  #goOn(): void {
    if (this.#gathered.length === 0) return;
    // Also while none can be handled: whoever has waited then does not begin to wait anew.
    if (!this.#isDue && this.#gathered.length < this.#size) this.#gather();
    else if (this.#handling < this.#atOnce) void this.#handleSome();
  }

  #gather(): void {
    if (this.#isGathering) return;
    this.#isGathering = true;
    const end = (): void => {
      this.#isGathering = false;
      this.#isDue = this.#gathered.length > 0;
      this.#goOn();
    };
    if (this.#patience === undefined || !this.#isRush(this.#patience)) this.#look = setImmediate(end);
    else this.#laterLook = setTimeout(end, this.#patience.ms);
  }

  /** Whoever comes next begins to wait anew. */
  #endWait(): void {
    clearImmediate(this.#look);
    clearTimeout(this.#laterLook);
    this.#isGathering = false;
    this.#isDue = false;
  }

  #mark(): void {
    const { rushFrom } = this.#patience ?? {};
    if (rushFrom !== undefined && this.#added++ % rushFrom === 0)
      this.#marks = [this.#marks[1], performance.now()];
  }

  #isRush({ ms }: Patience): boolean {
    const [before, last] = this.#marks;
    return last - before <= ms && performance.now() - last <= ms;
  }

  async #handleSome(): Promise<void> {
    const entries = this.#gathered.splice(0, this.#size);
    if (this.#gathered.length === 0) this.#endWait();
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
