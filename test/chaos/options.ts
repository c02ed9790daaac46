import { parseArgs } from 'node:util';
import type { Options } from './scenario.ts';

export interface ChaosArguments extends Options {
  /** Names of scenarios; empty = those of the run that was asked for. */
  readonly only: readonly string[];
  /** Where the runs' folders go; absent = the system's temporary folder. */
  readonly folder?: string;
  /** Keep the run's folder even when nothing was found. */
  readonly keeps: boolean;
}

const MOST_SEED = 1_000_000;

/** `[--long] [--seed N] [--only NAME]… [--folder DIR] [--keep]`; throws on anything else. */
export function parseOptions(args: readonly string[]): ChaosArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      long: { type: 'boolean', default: false },
      seed: { type: 'string' },
      only: { type: 'string', multiple: true, default: [] },
      folder: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  const seed = values.seed === undefined ? Math.floor(Math.random() * MOST_SEED) : Number(values.seed);
  if (!Number.isInteger(seed)) throw new Error('--seed is a whole number.');
  return {
    seed,
    isLong: values.long,
    only: values.only.flatMap((names) => names.split(',')),
    keeps: values.keep,
    ...(values.folder !== undefined && { folder: values.folder }),
  };
}
