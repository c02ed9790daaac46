import type { OperatorProcess } from './operator-process.ts';
import type { Operation } from './operations.ts';
import type { Random } from './random.ts';
import type { Stage } from './world.ts';

export interface LaneTools {
  readonly series: string;
  readonly operator: OperatorProcess;
  readonly stage: Stage;
  readonly random: Random;
  readonly operations: Operation[];
}

/** One thing after the other, beside another lane that does the same; what came of it all is in one list. */
export class Lane {
  readonly series: string;
  readonly operator: OperatorProcess;
  readonly random: Random;
  /** How many operations it has done. */
  done = 0;
  readonly #stage: Stage;
  readonly #operations: Operation[];

  constructor({ series, operator, stage, random, operations }: LaneTools) {
    this.series = series;
    this.operator = operator;
    this.random = random;
    this.#stage = stage;
    this.#operations = operations;
  }

  readonly note = (operation: Operation): void => {
    this.done++;
    this.#operations.push(operation);
  };

  /** A command that must succeed; from when to when it ran. */
  readonly partwork = async (...args: readonly string[]): Promise<{ began: number; acked: number }> => {
    const began = Date.now();
    const { code, stdout, stderr } = await this.#stage.partwork(...args);
    if (code !== 0) throw new Error(`partwork ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
    return { began, acked: Date.now() };
  };
}
