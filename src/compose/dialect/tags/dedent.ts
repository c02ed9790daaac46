/** A text without the indentation that all of its lines but the first have, so that Markdown does not take it for code. */
export function dedent(text: string): string {
  const [first = '', ...rest] = text.split('\n');
  const indent = rest
    .filter((line) => line.trim() !== '')
    .reduce((least, line) => Math.min(least, indentOf(line)), Number.MAX_SAFE_INTEGER);
  return [first, ...rest.map((line) => line.slice(Math.min(indent, indentOf(line))))].join('\n');
}

const indentOf = (line: string): number => line.length - line.trimStart().length;
