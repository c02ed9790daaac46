import { endOfFence, lineAt } from './tags/code-stretch.ts';
import { DEEPEST } from './is-nested-deeper.ts';

const MARK = String.raw`(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))`;
const DEEP = new RegExp(`^(?:[ \\t]*${MARK}){${DEEPEST + 1}}`);
const ANY_DEEP = new RegExp(DEEP, 'm');
const RULE = /^[ \t]*([-*])(?:[ \t]*\1)*[ \t]*\r?$/;

/**
 * 0-based number of the first line that opens more quotes and lists in each other than a post may have; undefined when there is none.
 * For the parser takes time in the square of how many there are.
 */
export function findDeepLine(text: string): number | undefined {
  if (!ANY_DEEP.test(text)) return undefined;
  let number = 0;
  for (let at = 0; at <= text.length;) {
    const line = lineAt(text, at);
    if (DEEP.test(line) && !RULE.test(line)) return number;
    const end = endOfFence(text, at) ?? at + line.length;
    number += text.slice(at, end).split('\n').length;
    at = text.indexOf('\n', end) < 0 ? text.length + 1 : text.indexOf('\n', end) + 1;
  }
  return undefined;
}
