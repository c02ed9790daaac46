import { median } from './statistics.ts';

export type Unit = 'times' | 'mails/s' | 'µs' | 'MB' | 'kB' | 'B' | 's' | 'ms';

/** One number of the bench, measured once a round. */
export interface Figure {
  /** Stable, for scripts: `throughput/node-sink/product over a`. */
  readonly key: string;
  /** For people. */
  readonly title: string;
  readonly unit: Unit;
  /** The median of the rounds. */
  readonly value: number;
  readonly rounds: readonly number[];
}

/** Throws when nothing was measured. */
export const figure = (key: string, title: string, unit: Unit, rounds: readonly number[]): Figure => ({
  key,
  title,
  unit,
  value: median(rounds),
  rounds,
});
