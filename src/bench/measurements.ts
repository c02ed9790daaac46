import { figure, type Figure, type Unit } from './figure.ts';
import { ratios } from './statistics.ts';
import type { Measurement } from './contenders.ts';

type Value = keyof Measurement;

const WHATS: readonly (readonly [value: Value, unit: Unit, title: string, perUnit: number])[] = [
  ['rate', 'mails/s', 'rate', 1],
  ['rateOnceBegun', 'mails/s', 'rate once begun', 1],
  ['senderUs', 'µs', 'CPU a mail', 1],
  ['redisUs', 'µs', 'Redis’ CPU a mail', 1],
  ['peakRss', 'MB', 'peak memory', 1e-6],
];

/** What several contenders came to, round by round. */
export class Measurements {
  readonly #rounds = new Map<string, Measurement[]>();

  add(contender: string, measurement: Measurement): void {
    const rounds = this.#rounds.get(contender);
    if (rounds === undefined) this.#rounds.set(contender, [measurement]);
    else rounds.push(measurement);
  }

  /** Every figure there is of a contender; `key` and `title` say where it was measured. */
  figuresOf(contender: string, key: string, title: string): Figure[] {
    return WHATS.flatMap(([value, unit, what, perUnit]) => {
      const rounds = this.#valuesOf(contender, value);
      if (rounds.length === 0) return [];
      return [
        figure(
          `${key} ${value}`,
          `${title}: ${what}`,
          unit,
          rounds.map((n) => n * perUnit),
        ),
      ];
    });
  }

  /** The ratio of two contenders' rates, or another of their values, in each round; none when either was not there. */
  over(contender: string, other: string, key: string, title: string, value: Value = 'rate'): Figure[] {
    const [own, others] = [this.#valuesOf(contender, value), this.#valuesOf(other, value)];
    if (own.length === 0 || others.length === 0) return [];
    return [figure(key, title, 'times', ratios(own, others))];
  }

  #valuesOf(contender: string, value: Value): number[] {
    return (this.#rounds.get(contender) ?? []).flatMap((measurement) => measurement[value] ?? []);
  }
}
