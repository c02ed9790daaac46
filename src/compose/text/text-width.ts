import stringWidth from 'string-width';

const NARROW = /^[\x20-\x7e]*$/;
const WIDE = /^[\u3001-\u3011\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uff01-\uff60]+$/;

/** Columns that text takes in a terminal or a fixed-width font: 2 for a CJK character or an emoji, 1 for a Latin letter. */
export function textWidth(text: string): number {
  // Nearly all text is one of these two, and string-width takes its time.
  if (NARROW.test(text)) return text.length;
  if (WIDE.test(text)) return 2 * text.length;
  return stringWidth(text);
}
