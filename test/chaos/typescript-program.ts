import { fileURLToPath } from 'node:url';

const LOADER = new URL('../support/typescript.mjs', import.meta.url).href;

/** Node's arguments to run a program of ours, which Node 20 cannot do by itself. */
export const runTypeScript = (program: string, ...args: readonly string[]): string[] => [
  '--import',
  LOADER,
  program,
  ...args,
];

/** The command as an operator has it. */
export const PARTWORK = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
