/** Latin text with its punctuation, and the blocks of bars: a column each. */
const NARROW = /^[\x20-\x7e\xa1-\xac\xae-\u024f\u2010-\u2015\u2018-\u201f\u2026\u2588\u2591]*$/;

/** Chinese, Japanese and Korean text with its punctuation: two columns each, whatever stands beside it. */
const WIDE = /[\u3001-\u3011\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]/g;

/**
 * Columns of text in which each character stands for itself, in a terminal or a fixed-width font: 2 for a CJK character, 1 for a Latin letter.
 * undefined where there may be others (marks, emoji), which take a closer look, and much more time.
 */
export function plainColumns(text: string): number | undefined {
  const others = text.replace(WIDE, '');
  return NARROW.test(others) ? 2 * text.length - others.length : undefined;
}
