/** More than this takes seconds to read. */
export const MOST_WORK = 40_000_000;

/** How much more the parser does for a line of an import or an export than for a character of an expression. */
const LINE_WORK = 30;

const FENCED_CODE = /^[ \t>]*(```|~~~)[^]*?^[ \t>]*\1/gm;

/**
 * About how many characters the parser of MDX would look at, at worst: every } may end an expression that is open and every blank
 * line an import that is, and each time all that is open is read anew.
 */
export function readingWork(text: string): number {
  const prose = text.replace(FENCED_CODE, '');
  const ends = prose.match(/\}/g)?.length ?? 0;
  return (ends * prose.length) / 2 + moduleWork(prose.split(/\n[ \t]*(?=\n)/));
}

function moduleWork(parts: readonly string[]): number {
  let work = 0;
  let open: { lines: number; balance: number; quotes: number } | undefined;
  for (const part of parts) {
    if (open === undefined && /^\n?(?:import|export)\b/.test(part))
      open = { lines: 0, balance: 0, quotes: 0 };
    if (open === undefined) continue;
    open.lines += part.split('\n').length;
    open.balance += count(part, /[([{]/g) - count(part, /[)\]}]/g);
    open.quotes += count(part, /`/g) + count(part, /\/\*/g) - count(part, /\*\//g);
    work += open.lines * LINE_WORK;
    if (open.balance <= 0 && open.quotes % 2 === 0) open = undefined;
  }
  return work;
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
