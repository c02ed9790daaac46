import type { Violation } from './checker.ts';
import type { World } from './world.ts';

export interface Options {
  readonly seed: number;
  /** The whole measure instead of a few minutes' worth. */
  readonly isLong: boolean;
}

/** What a scenario found. */
export interface Findings {
  readonly violations: readonly Violation[];
  /** For the table at the end, in this order. */
  readonly figures: Figures;
}

export type Figures = Readonly<Record<string, string | number>>;

/** One way of trying to break a promise; a file in `scenarios/` that exports it as `scenario`. */
export interface Scenario {
  readonly name: string;
  /** What is done, in a sentence. */
  readonly title: string;
  /** Left out unless `--long` or `--only` asks for it. */
  readonly isLongOnly?: boolean;
  run(world: World, options: Options): Promise<Findings>;
}
