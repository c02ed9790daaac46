import { hasHiddenCharacters } from './mailbox.ts';

const LONGEST_NAME = 200;

/** What a reader wants to be called, '' for nothing; undefined for what no line shown to anybody may have, and for more than 200 characters. */
export function parseReaderName(typed: string): string | undefined {
  if (typed.length > LONGEST_NAME) return undefined;
  const name = typed.normalize('NFC').trim();
  return name.length > LONGEST_NAME || hasHiddenCharacters(name) ? undefined : name;
}
