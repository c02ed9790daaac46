import { encodedWordsIn } from '../lint/message/encoded-word.ts';
import { splitHead } from '../lint/message/raw-parts.ts';
import { rawFields } from '../lint/message/raw-fields.ts';

/** A header field of a message. */
export interface HeaderField {
  readonly name: string;
  /** As a mail program shows it: unfolded, encoded words decoded. */
  readonly value: string;
  /** The lines as they are sent, without line ends. */
  readonly lines: readonly string[];
}

/** The header of a message, field by field, in its order. */
export function headerFields(message: Uint8Array): HeaderField[] {
  const { head } = splitHead(Buffer.from(message).toString('latin1'));
  return rawFields(head).map(({ name, value, lines }) => ({ name, value: decodeWords(value), lines }));
}

/** White space between two encoded words is not part of the text (RFC 2047 §6.2). */
function decodeWords(value: string): string {
  const joined = value.replace(/\?=[ \t]+(?==\?)/g, '?=');
  return encodedWordsIn(joined).reduce(
    (text, { source, decoded }) => (decoded === undefined ? text : text.replace(source, () => decoded)),
    joined,
  );
}
