import { elementsNamed } from '../page/page.ts';
import { shorten } from '../shorten.ts';
import { spellingsOf } from '../spellings-of.ts';
import type { Rule } from '../rule.ts';

/** Every image says what is on it, or says by an empty alt that it is decoration. */
export const altText: Rule = {
  name: 'alt-text',
  severity: 'error',
  check: ({ page }) =>
    elementsNamed(page, 'img')
      .filter(({ attributes }) => attributes['alt'] === undefined)
      .map(({ attributes: { src = '' } }) => ({
        message: `The image "${shorten(src)}" has no alt text, so readers who do not see it are told its file name.`,
        fix: 'Describe it in its alt, or write alt="" where it only decorates.',
        seek: spellingsOf(src),
      })),
};
