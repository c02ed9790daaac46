const SENTENCE_END = /[.!?…]["'”’)\]]*(?=\s)|[。！？…][」』”’）]*/gu;
const SPACE = /\s(?=\S)/gu;
/** Bytes of `&#x3C;` and `&#x26;`. */
const WRITTEN_LONGER: Readonly<Record<string, number>> = { '<': 6, '&': 6 };
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * The longest beginning of a text that takes at most `bytes` in HTML and ends well: code at the end of a line, prose at the end of a
 * sentence, else between two words, else between two characters. `''` when there is none.
 */
export function textWithin(text: string, bytes: number, isCode: boolean): string {
  const beginning = beginningWithin(text, bytes);
  if (beginning === text) return text;
  if (isCode) return beginning.slice(0, beginning.lastIndexOf('\n') + 1);
  return (
    endedAt(beginning, SENTENCE_END) ??
    endedAt(beginning, SPACE) ??
    beginning.slice(0, graphemes.segment(text).containing(beginning.length)?.index ?? 0)
  );
}

function beginningWithin(text: string, bytes: number): string {
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += WRITTEN_LONGER[character] ?? Buffer.byteLength(character);
    if (used > bytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** Not when more than half of it would be lost. */
function endedAt(beginning: string, edge: RegExp): string | undefined {
  const half = beginning.length / 2;
  const last = [...beginning.matchAll(edge)].map((found) => found.index + found[0].length).at(-1);
  return last === undefined || last < half ? undefined : beginning.slice(0, last);
}
