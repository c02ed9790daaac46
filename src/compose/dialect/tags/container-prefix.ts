/** What stands before a tag on its line because of the quotes and lists that it is in. */
export interface ContainerPrefix {
  /** How many `>` there are. */
  readonly quotes: number;
  /** Columns after the last of them, list marks included. */
  readonly indent: number;
}

const BEFORE_CONTENT = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*/;

/** The prefix of the line in which an offset lies. */
export function containerPrefix(text: string, at: number): ContainerPrefix {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const [before = ''] = BEFORE_CONTENT.exec(text.slice(lineStart, at)) ?? [];
  const quotes = before.split('>').length - 1;
  const own = before.slice(before.lastIndexOf('>') + 1);
  return { quotes, indent: quotes > 0 ? Math.max(0, widthOf(own) - 1) : widthOf(own) };
}

/** The marks of a quote that begin a line, up to as many as the prefix has, and the spaces after them. */
export function marksOf(line: string, { quotes }: ContainerPrefix): string {
  const [marks = ''] = new RegExp(`^(?:[ \\t]*>){0,${quotes}}[ \\t]*`).exec(line) ?? [];
  return marks;
}

/** A line freed from what its containers put before it. */
export function withoutPrefix(line: string, { quotes, indent }: ContainerPrefix): string {
  const [marks = ''] = new RegExp(`^(?:[ \\t]*>[ ]?){0,${quotes}}`).exec(line) ?? [];
  const rest = line.slice(marks.length);
  return rest.slice((new RegExp(`^[ \\t]{0,${indent}}`).exec(rest)?.[0] ?? '').length);
}

/** The beginning of an empty line inside the containers. */
export const blankPrefix = ({ quotes, indent }: ContainerPrefix): string =>
  '> '.repeat(quotes) + ' '.repeat(indent);

function widthOf(before: string): number {
  let width = 0;
  for (const character of before) width += character === '\t' ? 4 - (width % 4) : 1;
  return width;
}
