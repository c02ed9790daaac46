/**
 * Memory for one message at a time, used over and over, so that sending a million messages allocates a handful of
 * buffers. It belongs to whoever is sending: what was written into it stays valid until the next `reserve`.
 */
export class Slab {
  #bytes: Buffer;

  constructor(size = 128 * 1024) {
    this.#bytes = Buffer.allocUnsafeSlow(size);
  }

  /** At least `size` bytes, with whatever was in them before; grows by doubling when there are fewer. */
  reserve(size: number): Buffer {
    if (this.#bytes.length < size) {
      const grown = Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(size)));
      this.#bytes.copy(grown);
      this.#bytes = grown;
    }
    return this.#bytes;
  }
}
