const FENCE =
  /^(?<before>(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*)(?<fence>`{3,}(?=[^`\n]*(?:\n|$))|~{3,})/;

/** Where the fenced code that begins with the line at `start` ends; undefined when that line is no fence. */
export function endOfFence(text: string, start: number): number | undefined {
  const opening = FENCE.exec(lineAt(text, start))?.groups;
  if (opening === undefined) return undefined;
  const { before = '', fence = '' } = opening;
  const quotes = before.split('>').length - 1;
  const column = before.length - before.lastIndexOf('>');
  const closing = new RegExp(
    `^(?:[ \\t]*>){${quotes}}[ \\t]{0,${column + 3}}${fence[0]}{${fence.length},}[ \\t]*\\r?$`,
  );
  const inQuote = new RegExp(`^(?:[ \\t]*>){${quotes}}`);
  for (let at = nextLine(text, start); at < text.length; at = nextLine(text, at)) {
    const line = lineAt(text, at);
    if (closing.test(line)) return at + line.length;
    if (!inQuote.test(line)) return at - 1;
  }
  return text.length;
}

/** Where the code span that begins with the backticks at `start` ends; undefined when nothing closes it in its paragraph. */
export function endOfCodeSpan(text: string, start: number, limit: number): number | undefined {
  const [run = ''] = /^`+/.exec(text.slice(start, limit)) ?? [];
  const pieces = /(?<run>`+)|\n[ \t>]*\r?\n/g;
  pieces.lastIndex = start + run.length;
  for (let piece = pieces.exec(text); piece !== null && piece.index < limit; piece = pieces.exec(text)) {
    if (piece.groups?.['run'] === undefined) return undefined;
    if (piece[0].length === run.length) return pieces.lastIndex;
  }
  return undefined;
}

export const lineAt = (text: string, start: number): string => {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? text.length : end);
};

const nextLine = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
};
