import { monotonicMs } from '../monotonic-ms.ts';
import { verdictOn, type SinkRules } from './sink-rules.ts';

export interface TallyReport {
  /** Of the mails that are to come. */
  readonly expected: number;
  readonly taken: number;
  /** Readers without a mail, readers with several, and mails to nobody we know. */
  readonly missing: number;
  readonly doubled: number;
  readonly strangers: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

const MOST_COUNTED = 255;

/** Who got how many mails: a byte for each reader, so that a million cost a megabyte. */
export class Tally {
  readonly #rules: SinkRules;
  #counts = new Uint8Array(1);
  #taken = 0;
  #strangers = 0;
  #firstAt = 0;
  #lastAt = 0;

  constructor(rules: SinkRules) {
    this.#rules = rules;
  }

  expect(readers: number): void {
    this.#counts = new Uint8Array(readers + 1);
    this.#taken = this.#strangers = this.#firstAt = this.#lastAt = 0;
  }

  get taken(): number {
    return this.#taken;
  }

  record(reader: number): void {
    this.#lastAt = monotonicMs();
    if (this.#taken === 0) this.#firstAt = this.#lastAt;
    this.#taken += 1;
    if (reader === 7 && this.#rules.fault !== undefined) return this.#recordWrongly(reader);
    this.#count(reader);
  }

  report(): TallyReport {
    let [expected, missing, doubled] = [0, 0, 0];
    for (let reader = 1; reader < this.#counts.length; reader++) {
      const count = this.#counts[reader] ?? 0;
      const isExpected = verdictOn(this.#rules, reader) === 'taken';
      if (isExpected) expected += 1;
      if (isExpected && count === 0) missing += 1;
      if (count > 1 || (!isExpected && count > 0)) doubled += 1;
    }
    return {
      expected,
      taken: this.#taken,
      missing,
      doubled,
      strangers: this.#strangers,
      firstAt: this.#firstAt,
      lastAt: this.#lastAt,
    };
  }

  #recordWrongly(reader: number): void {
    if (this.#rules.fault === 'drop') return;
    this.#count(reader);
    this.#count(reader);
  }

  #count(reader: number): void {
    const count = this.#counts[reader];
    if (reader === 0 || count === undefined) this.#strangers += 1;
    else if (count < MOST_COUNTED) this.#counts[reader] = count + 1;
  }
}
