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
  const ids = new Set(series.issues.map(({ id }) => decoded(id)));
  const pages = new Set(series.issues.flatMap(({ aliases }) => aliases.map(plainPath)));
  const archive = folderOf(slots.webUrl);
  const sections =
    siteUrl === undefined
      ? []
      : ownSections(series.id, pages).map((section) => siteUrl.replace(/\/$/, '') + section);

  return (href) => {
    const address = decoded(href.replace(/[?#].*$/, ''));
    if (address.startsWith(archive) && isDirectlyBelow(archive, address))
      return !ids.has(address.slice(archive.length));
    const section = sections.find((section) => isDirectlyBelow(section, address));
    return section !== undefined && siteUrl !== undefined && !pages.has(plainPath(new URL(address).pathname));
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

const plainPath = (path: string): string => decoded(path).replace(/\/(?:index\.html)?$|\.html$/, '');

function decoded(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    // Not percent-encoded text, so it is compared as it stands.
    return address;
  }
}
