const characters = new Intl.Segmenter('und', { granularity: 'grapheme' });
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\ufe0f/u;

/** How wide a line is in columns, a CJK character or emoji being two. */
export function columnsOf(line: string): number {
  let columns = 0;
  for (const { segment } of characters.segment(line)) columns += WIDE.test(segment) ? 2 : 1;
  return columns;
}
