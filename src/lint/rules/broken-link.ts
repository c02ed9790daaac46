import type { LintContext } from '../lint-context.ts';
import { elementsNamed } from '../page/page.ts';
import { shorten } from '../shorten.ts';
import { spellingsOf } from '../spellings-of.ts';
import type { Rule } from '../rule.ts';

/** A link into the series leads to one of its issues. */
export const brokenLink: Rule = {
  name: 'broken-link',
  severity: 'error',
  check({ page }, context) {
    const isLost = lostLink(context);
    return elementsNamed(page, 'a', 'area')
      .map(({ attributes: { href = '' } }) => href)
      .filter(isLost)
      .map((href) => ({
        message: `The link "${shorten(href)}" leads into the series, but to none of its issues.`,
        fix: 'Correct the address, or link to a page outside the series in full.',
        seek: spellingsOf(href),
      }));
  },
};

/** Tells links below the series' web pages, or below its own section of the blog, that are no issue's. */
function lostLink({ series, slots, siteUrl }: LintContext): (href: string) => boolean {
  const ids = new Set(series.issues.map(({ id }) => id.normalize('NFC')));
  const pages = new Set(series.issues.flatMap(({ aliases }) => aliases.flatMap(asWrittenOrEncoded)));
  const archive = folderOf(slots.webUrl);
  const sections =
    siteUrl === undefined
      ? []
      : ownSections(series.id, pages).map((section) => decoded(siteUrl).replace(/\/$/, '') + section);

  return (href) => {
    const written = href.replace(/[?#].*$/s, '');
    const address = decoded(written);
    if (isDirectlyBelow(archive, address)) return !ids.has(address.slice(archive.length));
    if (!sections.some((section) => isDirectlyBelow(section, address))) return false;
    return !pages.has(plainPath(written.replace(/^[a-z]+:\/\/[^/]+/i, '')));
  };
}

/** Folders of the blog that are named after the series and hold its posts: `/garden/` where issues are `/garden/frost/`. */
function ownSections(id: string, pages: ReadonlySet<string>): string[] {
  const folders = [...pages].filter((page) => page.startsWith('/')).map(folderOf);
  return [...new Set(folders)].filter((folder) => folder.endsWith(`/${id}/`));
}

const isDirectlyBelow = (folder: string, address: string): boolean =>
  address.startsWith(folder) && /^[^/]+\/?$/.test(address.slice(folder.length));

/** `/garden/frost/` → `/garden/`. */
const folderOf = (path: string): string => decoded(path).replace(/[^/]*\/?$/, '');

const plainPath = (path: string): string => withoutEnd(decoded(path));

const asWrittenOrEncoded = (path: string): string[] => [withoutEnd(path.normalize('NFC')), plainPath(path)];

const withoutEnd = (path: string): string => path.replace(/\/(?:index\.html)?$|\.html$/, '');

/** Segment by segment, as they were encoded: `decodeURI` would leave `%2B` as it is. */
const decoded = (address: string): string =>
  address.split('/').map(decodedSegment).join('/').normalize('NFC');

function decodedSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Not percent-encoded text, so it is compared as it stands.
    return segment;
  }
}
