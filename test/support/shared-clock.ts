import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { LedgerClock } from '../../src/store/ledger-clock.ts';

/** The ledger's clock of several processes: they read from a file, at every look, how far it is ahead. */
export class SharedClock implements LedgerClock {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  get offsetMs(): number {
    return Number(readFileSync(this.#file, 'utf8'));
  }

  set offsetMs(ms: number) {
    writeFileSync(`${this.#file}.new`, String(ms));
    renameSync(`${this.#file}.new`, this.#file);
  }
}
