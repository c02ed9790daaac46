// C0, C1, the two Unicode line ends, bidi embeddings, overrides and isolates, and halves of surrogate pairs: nothing that
// is read as text, all of it good for breaking a header or showing another sender than there is.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u;
const UNSAFE_RUN = new RegExp(`${UNSAFE.source}+`, 'gu');

/** The first character that must not stand in a header, named (`U+202E`), or undefined when the text is safe. */
export function unsafeCharacter(text: string): string | undefined {
  const found = UNSAFE.exec(text)?.[0].codePointAt(0);
  return found === undefined ? undefined : `U+${found.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Text from a reader as one line without anything unsafe: a strange name is no reason for not sending the mail. */
export function oneSafeLine(text: string): string {
  return UNSAFE.test(text) ? text.replace(UNSAFE_RUN, ' ').trim() : text;
}
