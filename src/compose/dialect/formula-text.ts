import { CJK_CHARACTER } from '../article/cjk-character.ts';

const WORDS_IN_FORMULA = /\\(?:text|mbox|textbf|textit|textrm|mathrm|operatorname|label|tag)\*?\{[^{}]*\}/g;

/** Whether what stands between two dollars is a formula: `x_1`, `\pi`, `n`, `f(x)`; not `5 and `, not `HOME/bin:`. */
export function looksLikeFormula(inside: string): boolean {
  const bare = inside.replace(WORDS_IN_FORMULA, '\\text');
  if (CJK_CHARACTER.test(bare) || isProse(bare)) return false;
  return /[\\^_=+{}<>]/.test(bare) || isOfSingleLetters(bare);
}

const BRACED = /\{[^{}]*\}/g;
const FUNCTIONS = /\b(?:arc)?(?:sin|cos|tan|log|ln|exp|max|min|lim|mod|gcd|det)\b/g;
/** A word with nothing but a space, a comma or a bracket between it and what is before or after it. */
const WORD_BESIDE_ANOTHER = /[\p{L}\p{N}][\s,;(]+\p{L}{2}|\p{L}{2}[\s,;(]*\s[\p{L}\p{N}]/u;
const VARIABLE_OF_A_SHELL = /(?<![\p{L}\p{N}])\p{Lu}{2,}(?:_\p{Lu}{2,})+/u;
const PRICES = /^\d[^]*\s[^]*\p{L}{2}$/u;

/** `5 (or 4_000 NT` of two prices, `b_1 for 100` of a price and a variable; `ax^2 + bx` has operators between its letters. */
function isProse(bare: string): boolean {
  if (bare.includes('\\')) return false;
  const outside = bare.replace(BRACED, '').replace(FUNCTIONS, 'f');
  return [WORD_BESIDE_ANOTHER, VARIABLE_OF_A_SHELL, PRICES].some((pattern) => pattern.test(outside));
}

/** `n`, `2n`, `(a, b)`, `f(x)/2`; prices and shell variables have no letters, or longer words. */
const isOfSingleLetters = (inside: string): boolean =>
  /^[\p{L}\d\s()[\],.;:!|*/'-]+$/u.test(inside) && /\p{L}/u.test(inside) && !/\p{L}{2}/u.test(inside);
