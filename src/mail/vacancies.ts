/** Room for mails on the connections, kept for who has asked for it. */
export interface Vacancy {
  /** How many those that answer quickly would have ready beside what they have; 0 = no connection is known to answer quickly. */
  readonly many: number;
  /** The mails have been offered, or will not be: whoever asked next may have what is left. */
  end(): void;
}

/** Who waits for room. One at a time has it, so that no two fill the same. */
export class Vacancies {
  readonly #waiting: ((vacancy: Vacancy) => void)[] = [];
  readonly #ended: () => void;
  #isTaken = false;

  /** `ended` is told when another one may have room. */
  constructor(ended: () => void) {
    this.#ended = ended;
  }

  get isWanted(): boolean {
    return !this.#isTaken && this.#waiting.length > 0;
  }

  ask(): Promise<Vacancy> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Gives it to who has waited longest; only when it is wanted. */
  give(many: number): void {
    this.#isTaken = true;
    let isEnded = false;
    const end = (): void => {
      if (isEnded) return;
      isEnded = true;
      this.#isTaken = false;
      this.#ended();
    };
    this.#waiting.shift()?.({ many, end });
  }
}
