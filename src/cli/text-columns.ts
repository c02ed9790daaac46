import { createRequire } from 'node:module';
import type * as StringWidth from 'string-width';
import { plainColumns } from '../domain/plain-columns.ts';

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
