#!/usr/bin/env node
import { CommanderError } from 'commander';
import { EXIT } from '../domain/refusal.ts';
import { packageVersion } from '../app/package-folder.ts';
import { buildProgram } from './program.ts';
import { openTerminal } from './terminal.ts';

const terminal = openTerminal((exitCode) => process.exit(exitCode));

try {
  const program = buildProgram(terminal, packageVersion(), (exitCode) => (process.exitCode = exitCode));
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeFor(error);
}

/** Commander has said what was wrong with the words; anything else is a bug and shows where it is. */
function exitCodeFor(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  terminal.say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.failed;
}
