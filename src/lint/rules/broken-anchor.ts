import { elementsNamed } from '../page/page.ts';
import { shorten } from '../shorten.ts';
import type { Rule } from '../rule.ts';

/** A link to a place in the mail finds that place. */
export const brokenAnchor: Rule = {
  name: 'broken-anchor',
  severity: 'warning',
  check({ page }) {
    const names = new Set(page.elements.flatMap(({ attributes: { id, name } }) => [id, name]));
    return elementsNamed(page, 'a', 'area')
      .map(({ attributes: { href = '' } }) => href)
      .filter((href) => /^#\S/.test(href) && href !== '#top' && !names.has(decoded(href.slice(1))))
      .map((href) => ({
        message: `The link "${shorten(href)}" leads to a place that is not in the mail.`,
        fix: 'Link to a heading or footnote of this post, or to the page on the web.',
        seek: [href, decoded(href)],
      }));
  },
};

function decoded(anchor: string): string {
  try {
    return decodeURIComponent(anchor);
  } catch {
    // Not percent-encoded text, so it is compared as it stands.
    return anchor;
  }
}
