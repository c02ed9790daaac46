const LONGEST_LINE = 76;
// What fits into the first word of any header of ours.
const LONGEST_WHOLE = 30;
const FRAME = '=?UTF-8?B??='.length;
const characters = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Text as RFC 2047 encoded words, each of them at most 75 long and whole by itself: no character, and no emoji made of
 * several, is split. `column` is where the first word begins on its line; the others begin a line of their own.
 */
export function encodedWords(text: string, column: number): string[] {
  const first = roomAt(column);
  if (Buffer.byteLength(text) <= first) return text === '' ? [] : [encodedWord(text)];

  const words: string[] = [];
  let word = '';
  for (const part of parts(text)) {
    const room = words.length === 0 ? first : roomAt(1);
    if (word !== '' && Buffer.byteLength(word + part) > room) {
      words.push(encodedWord(word));
      word = '';
    }
    word += part;
  }
  return [...words, encodedWord(word)];
}

const roomAt = (column: number): number => Math.floor((LONGEST_LINE - column - FRAME) / 4) * 3;

const encodedWord = (text: string): string => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;

function* parts(text: string): Generator<string> {
  for (const { segment } of characters.segment(text)) {
    // Letters with dozens of marks piled on them have no room in one word.
    if (Buffer.byteLength(segment) > LONGEST_WHOLE) yield* segment;
    else yield segment;
  }
}
