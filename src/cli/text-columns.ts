import { createRequire } from 'node:module';
import type * as StringWidth from 'string-width';

/** Latin text with its punctuation, and the blocks of bars: a column each. */
const NARROW = /^[\x20-\x7e\xa1-\xac\xae-\u024f\u2010-\u2015\u2018-\u201f\u2026\u2588\u2591]*$/;

const require = createRequire(import.meta.url);
let measure: ((text: string) => number) | undefined;

/** Columns that text takes on a terminal: 2 for a CJK character or an emoji, 1 for a Latin letter. */
export function textColumns(text: string): number {
  if (NARROW.test(text)) return text.length;
  // Loaded for who needs it: it takes a command longer than what the command does.
  measure ??= (require('string-width') as typeof StringWidth).default;
  return measure(text);
}
