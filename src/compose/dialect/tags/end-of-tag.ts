/** Longer than any tag written by hand; what is longer has lost its end. */
export const LONGEST_TAG = 10_000;

const QUOTED: Readonly<Record<string, RegExp>> = {
  '"': /"(?:[^"\\\n]|\\.)*"/y,
  "'": /'(?:[^'\\\n]|\\.)*'/y,
  '`': /`[^`]*`/y,
};

/**
 * The offset of what closes the tag whose inside begins at `from`, which may stand in quotes earlier. When the quotes do not add up, the
 * first one counts. -1 when the tag is not closed before another one opens, or before `limit`.
 */
export function closeOf(text: string, from: number, close: string, quotes: string, limit: number): number {
  const end = Math.min(limit, from + LONGEST_TAG);
  const first = text.slice(from, end).indexOf(close);
  if (first < 0) return -1;
  const quoted = closeOutsideQuotes(text, from, close, quotes, end);
  if (quoted >= 0) return quoted;
  return text.slice(from, from + first).includes('{{') ? -1 : from + first;
}

function closeOutsideQuotes(text: string, from: number, close: string, quotes: string, end: number): number {
  let at = from;
  while (at < end) {
    const character = text[at] ?? '';
    if (text.startsWith(close, at)) return at;
    if (character === '{' && (text[at + 1] === '{' || text[at + 1] === '%')) return -1;
    const ending = quotes.includes(character) ? endOfQuoted(text, at, character, end) : at + 1;
    if (ending < 0) return -1;
    at = ending;
  }
  return -1;
}

// An apostrophe inside a bare word opens nothing.
function endOfQuoted(text: string, at: number, quote: string, end: number): number {
  if (/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return at + 1;
  const pattern = QUOTED[quote];
  if (pattern === undefined) return at + 1;
  pattern.lastIndex = at;
  return pattern.test(text) && pattern.lastIndex <= end ? pattern.lastIndex : -1;
}
