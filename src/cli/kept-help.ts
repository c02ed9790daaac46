import { existsSync, readFileSync } from 'node:fs';

/** How wide help is set, on wider terminals too: lines of this length are read best, and one text serves them all. */
export const HELP_COLUMNS = 80;

const KEPT = new URL('./help.txt', import.meta.url);

/**
 * What `partwork --help` says, written down when Partwork was built: it says the same each time, and reading it takes a fraction of the time
 * that loading the commands does. undefined = other words, a terminal too narrow for it, or not built.
 */
export function keptHelp(words: readonly string[], columns = HELP_COLUMNS): string | undefined {
  const [word, ...others] = words;
  const isAsked = (word === '--help' || word === '-h') && others.length === 0;
  const isKept = isAsked && columns >= HELP_COLUMNS && existsSync(KEPT);
  return isKept ? readFileSync(KEPT, 'utf8') : undefined;
}
