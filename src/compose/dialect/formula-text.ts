import { CJK_CHARACTER } from '../article/cjk-character.ts';

const WORDS_IN_FORMULA = /\\(?:text|mbox|textbf|textit|textrm|mathrm|operatorname|label|tag)\*?\{[^{}]*\}/g;

/** Whether what stands between two dollars is a formula: `x_1`, `\pi`, `n`, `f(x)`; not `5 and `, not `HOME/bin:`. */
export function looksLikeFormula(inside: string): boolean {
  const bare = inside.replace(WORDS_IN_FORMULA, '\\text');
  if (CJK_CHARACTER.test(bare)) return false;
  return /[\\^_=+{}<>]/.test(bare) || isOfSingleLetters(bare);
}

/** `n`, `2n`, `(a, b)`, `f(x)/2`; prices and shell variables have no letters, or longer words. */
const isOfSingleLetters = (inside: string): boolean =>
  /^[\p{L}\d\s()[\],.;:!|*/'-]+$/u.test(inside) && /\p{L}/u.test(inside) && !/\p{L}{2}/u.test(inside);
