import { DEEPEST } from '../check-head-limits.ts';

/** For smol-toml: integers that JavaScript cannot hold are no error, deep nesting is. */
export const TOML_OPTIONS = { integersAsBigInt: 'asNeeded', maxDepth: DEEPEST } as const;
