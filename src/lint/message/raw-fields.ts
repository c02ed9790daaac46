/** A header field as it lies in the message. */
export interface RawField {
  readonly name: string;
  /** The name in lower case; '' for a line that is no field at all. */
  readonly key: string;
  /** Unfolded (RFC 5322 §2.2.3), without the space around it; nothing is decoded. */
  readonly value: string;
  /** As they stand, without line ends. */
  readonly lines: readonly string[];
}

const FIELD = /^([!-9;-~]+):(.*)$/s;
const LINE_END = /\r\n|\r|\n/;

/** A head, without the blank line after it → its fields in their order. */
export function rawFields(head: string): RawField[] {
  const fields: string[][] = [];
  for (const line of head.split(LINE_END)) {
    const open = fields.at(-1);
    if (/^[ \t]/.test(line) && open !== undefined) open.push(line);
    else if (line !== '') fields.push([line]);
  }
  return fields.map(toField);
}

function toField(lines: readonly string[]): RawField {
  const unfolded = lines.join('');
  const [, name, value] = FIELD.exec(unfolded) ?? [];
  if (name === undefined) return { name: '', key: '', value: unfolded, lines };
  return { name, key: name.toLowerCase(), value: (value ?? '').trim(), lines };
}
