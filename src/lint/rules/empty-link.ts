import type { PageElement } from '../page/page.ts';
import { elementsNamed } from '../page/page.ts';
import { shorten } from '../shorten.ts';
import { spellingsOf } from '../spellings-of.ts';
import type { Finding, Rule } from '../rule.ts';

/** Every link leads somewhere, and has something to click on. */
export const emptyLink: Rule = {
  name: 'empty-link',
  severity: 'error',
  check: ({ page }) =>
    elementsNamed(page, 'a', 'area').flatMap((link) => [...withoutAddress(link), ...withoutWords(link)]),
};

function withoutAddress({ attributes, text, isHidden }: PageElement): Finding[] {
  const { href } = attributes;
  if (isHidden || (href === undefined ? isAnchor(attributes) : !/^[#\s]*$/.test(href))) return [];
  return [
    {
      message: `The link "${shorten(text)}" leads nowhere.`,
      fix: 'Give it an address, or take the link away and keep its words.',
      seek: [text.trim()],
    },
  ];
}

const isAnchor = (attributes: PageElement['attributes']): boolean =>
  'id' in attributes || 'name' in attributes;

function withoutWords({ attributes, text, images, isHidden }: PageElement): Finding[] {
  const { href = '', title = '', 'aria-label': label = '' } = attributes;
  if (href === '' || isHidden || images.length > 0) return [];
  if (/[^\s\u200b\u2060\ufeff]/u.test(text + title + label)) return [];
  return [
    {
      severity: 'warning',
      message: `The link to "${shorten(href)}" has no words, so nobody sees it.`,
      fix: 'Give it words, or take it away.',
      seek: spellingsOf(href),
    },
  ];
}
