import { nameOfCharacter } from './hidden-character.ts';

const CLOSED_BY: Readonly<Record<string, string>> = {
  '\u202a': '\u202c',
  '\u202b': '\u202c',
  '\u202d': '\u202c',
  '\u202e': '\u202c',
  '\u2066': '\u2069',
  '\u2067': '\u2069',
  '\u2068': '\u2069',
};

/** The first embedding, override or isolate that a text leaves open, or closing one that closes nothing, named (UAX #9). */
export function unbalancedDirection(text: string): string | undefined {
  const open: string[] = [];
  for (const [character] of text.matchAll(/[\u202a-\u202e\u2066-\u2069]/gu)) {
    if (CLOSED_BY[character] !== undefined) open.push(character);
    else if (CLOSED_BY[open.at(-1) ?? ''] === character) open.pop();
    else return nameOfCharacter(character);
  }
  const [left] = open;
  return left === undefined ? undefined : nameOfCharacter(left);
}
