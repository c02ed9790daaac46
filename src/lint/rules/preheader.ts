import { shorten } from '../shorten.ts';
import type { Finding, Rule } from '../rule.ts';

const LONGEST = 200;
/** Characters that take room and show nothing, which keep the mail's own text out of the line. */
const FILLING = /(?:[\s\u00ad\u200b-\u200f\u2060\ufeff]|\u034f)+$/u;

/** The line beside the subject is short enough to be read there. */
export const preheader: Rule = {
  name: 'preheader',
  severity: 'warning',
  check({ page }) {
    const hidden = page.runs.filter(({ isHidden, text }) => isHidden && isLine(text));
    const line = (hidden[0]?.text ?? '').replace(FILLING, '').trim();
    const { length } = Array.from(line);
    return length > LONGEST ? [finding(length, line)] : [];
  },
};

const isLine = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

const finding = (length: number, text: string): Finding => ({
  message: `The line beside the subject has ${length} characters, of which mail programs show about 100: "${shorten(text, 40)}".`,
  fix: 'Give the post a short `newsletter.preheader`.',
  at: 'preheader',
});
