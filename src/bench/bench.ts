import type { Figure } from './figure.ts';
import type { SinkRules } from './sinks/sink-rules.ts';
import type { Workshop } from './workshop.ts';

/** What a row measures with. */
export interface Bench {
  readonly workshop: Workshop;
  /** At least one; medians want five. */
  readonly rounds: number;
  /** Readers of the product in a round of the throughput; everything else is sized by it. */
  readonly readers: number;
  /** Readers of the largest sending. */
  readonly million: number;
  /** Small sizes everywhere: to see that it works, not how fast. */
  readonly isQuick: boolean;
  /** For a test of the bench: what our mail server does wrong. */
  readonly fault: SinkRules['fault'];
  /** What is being done, for who waits. */
  progress(text: string): void;
  /** What cannot be measured here, and why. */
  note(text: string): void;
}

export interface Row {
  /** As `--only` takes it. */
  readonly name: string;
  readonly title: string;
  /** How long it takes on a machine of two cores, seconds. */
  readonly seconds: (bench: Pick<Bench, 'rounds' | 'readers' | 'million'>) => number;
  run(bench: Bench): Promise<readonly Figure[]>;
}
