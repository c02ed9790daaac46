import { CommanderError } from 'commander';
import { packageVersion } from '../app/package-folder.ts';
import { EXIT } from '../domain/refusal.ts';
import { buildProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

/** Runs the command that `words` name, and tells `end` how it went, perhaps long before what it started is over. */
export async function runCommand(
  terminal: Terminal,
  words: readonly string[],
  end: (exitCode: number) => void,
): Promise<void> {
  try {
    await buildProgram(terminal, packageVersion(), end).parseAsync(words, { from: 'user' });
  } catch (error) {
    end(exitCodeFor(terminal, error));
  }
}

/** Commander has said what was wrong with the words; anything else is a bug and shows where it is. */
function exitCodeFor(terminal: Terminal, error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  terminal.say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.failed;
}
