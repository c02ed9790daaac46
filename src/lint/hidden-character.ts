// C0 and C1 controls, the two Unicode line ends, a byte order mark inside, bidi embeddings, overrides and isolates (UAX #9).
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u;

/** `U+202E`: a character as people look it up. */
export const nameOfCharacter = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** The first character that has no business in one line of text, named; undefined when there is none. */
export function hiddenCharacter(line: string): string | undefined {
  const found = UNSAFE.exec(line)?.[0];
  return found === undefined ? undefined : nameOfCharacter(found);
}
