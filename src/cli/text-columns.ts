import { createRequire } from 'node:module';
import type * as StringWidth from 'string-width';

/** Latin text with its punctuation, and the blocks of bars: a column each. */
const NARROW = /^[\x20-\x7e\xa1-\xac\xae-\u024f\u2010-\u2015\u2018-\u201f\u2026\u2588\u2591]*$/;

/** Chinese, Japanese and Korean text with its punctuation: two columns each, whatever stands beside it. */
const WIDE = /[\u3001-\u3011\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]/g;

const require = createRequire(import.meta.url);
let measure: ((text: string) => number) | undefined;

/** Columns that text takes on a terminal: 2 for a CJK character or an emoji, 1 for a Latin letter. */
export function textColumns(text: string): number {
  const columns = plainColumns(text);
  if (columns !== undefined) return columns;
  // Loaded for who needs it: it takes a command longer than what the command does.
  measure ??= (require('string-width') as typeof StringWidth).default;
  return measure(text);
}

/** The same of text in which each character stands for itself; undefined where there may be others. */
export function plainColumns(text: string): number | undefined {
  const others = text.replace(WIDE, '');
  return NARROW.test(others) ? 2 * text.length - others.length : undefined;
}
