import { hasHiddenCharacters } from '../domain/mailbox.ts';
import type { Complaints } from './complaints.ts';
import type { Field } from './front-matter-value.ts';

/**
 * A field's text as one line, or undefined with a complaint. Numbers and the like are taken as they are typed (`title: 2024`).
 */
export function readLine(field: Field | undefined, complaints: Complaints): string | undefined {
  return readText(field, (text) => text, complaints);
}

/** As `readLine`, for text that may be written over several lines, which become one. */
export function readParagraph(field: Field | undefined, complaints: Complaints): string | undefined {
  return readText(field, (text) => text.replace(/[ \t\r\n]+/g, ' '), complaints);
}

function readText(
  field: Field | undefined,
  fold: (text: string) => string,
  complaints: Complaints,
): string | undefined {
  if (field === undefined) return undefined;
  const { key, line, value } = field;
  if (value.kind !== 'scalar') {
    const found = value.kind === 'list' ? 'a list' : 'a map';
    complaints.error(line, `\`${key}\` must be text, but it is ${found}.`, 'Write it as one line of text.');
    return undefined;
  }
  const text = fold(value.text.normalize('NFC').trim());
  if (!hasHiddenCharacters(text)) return text;
  const message = `\`${key}\` has a line break, a control character, or one that turns the writing direction.`;
  complaints.error(line, message, 'Type it anew, on one line, instead of pasting it.');
  return undefined;
}
