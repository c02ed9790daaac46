import { createHash } from 'node:crypto';

/** Numbers in [0, 1) that come from a seed and a name: the same question always has the same answer, in whatever order it is asked. */
export function drawn(seed: number, ...about: readonly (string | number)[]): number {
  return (
    createHash('sha256')
      .update([seed, ...about].join('\n'))
      .digest()
      .readUInt32BE(0) /
    2 ** 32
  );
}

/** A row of draws, one after the other. */
export class Random {
  readonly #seed: number;
  readonly #name: string;
  #drawn = 0;

  constructor(seed: number, name: string) {
    this.#seed = seed;
    this.#name = name;
  }

  /** In [0, 1). */
  next(): number {
    return drawn(this.#seed, this.#name, this.#drawn++);
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.between(0, items.length - 1)];
    if (item === undefined) throw new Error('There is nothing to pick from.');
    return item;
  }

  /** So many of them, none twice, in their order. */
  some<T>(items: readonly T[], count: number): T[] {
    const drawn = items.map((_, index) => [this.next(), index] as const).toSorted(([a], [b]) => a - b);
    const chosen = new Set(drawn.slice(0, count).map(([, index]) => index));
    return items.filter((_, index) => chosen.has(index));
  }
}
