import { rawFields, type RawField } from './raw-fields.ts';

/** A part of a multipart body as it lies in the message. */
export interface RawPart {
  readonly fields: readonly RawField[];
  /** Head and body as they are sent. */
  readonly source: string;
}

/** A multipart body → its parts (RFC 2046 §5.1.1); what stands before the first and after the last is no part. */
export function rawParts(contentType: string, body: string): RawPart[] {
  const boundary = parameterOf(contentType, 'boundary');
  if (boundary === '' || !/^multipart\//i.test(contentType)) return [];
  const [, ...pieces] = `\r\n${body}`.split(`\r\n--${boundary}`);
  const end = pieces.findIndex((piece) => piece.startsWith('--'));
  return pieces.slice(0, end < 0 ? pieces.length : end).map(toPart);
}

/** The value of a parameter of a structured field, unquoted: `charset`, `boundary`; '' when it has none. */
export function parameterOf(value: string, name: string): string {
  const [, quoted, token] =
    new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;]+))`, 'i').exec(value) ?? [];
  return quoted ?? token ?? '';
}

function toPart(piece: string): RawPart {
  const source = piece.replace(/^[ \t]*\r\n/, '');
  return { fields: rawFields(splitHead(source).head), source };
}

/** A message or part → what stands before and after its first blank line. */
export function splitHead(text: string): { readonly head: string; readonly body: string } {
  const blank = /\r\n\r\n|\n\n|\r\r/.exec(text);
  if (blank === null) return { head: text, body: '' };
  return { head: text.slice(0, blank.index), body: text.slice(blank.index + blank[0].length) };
}
