import type { Issue } from '../../domain/issue.ts';
import type { IssueBeside, SeriesAround } from '../series-around.ts';
import { decoded } from './decoded.ts';
import { blogUrlOf, findLinkedIssue, MARKDOWN_FILE } from './find-linked-issue.ts';

/** From where a link is read: the issue it stands in, and the blog, when we know it. */
export interface Place {
  readonly series: SeriesAround;
  readonly issue: Issue;
  readonly siteUrl?: string;
  /** Where the whole issue can be seen: on the blog when we know it, else our own page (a slot's mark until it is mailed). */
  readonly webUrl: string;
}

/** Where a link leads once it is taken out of the blog. */
export type Target =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'anchor'; readonly id: string }
  /** Another issue of the series, or this one; `url` is missing when we do not know where the blog has it. */
  | { readonly kind: 'issue'; readonly issue: IssueBeside; readonly url: string | undefined }
  | { readonly kind: 'unusable'; readonly scheme: string }
  /** Relative to a blog or a page whose address we do not know. */
  | { readonly kind: 'unknown' };

/** What the composer itself writes for "this issue on the web", before `webUrl` is put in. */
export const WEB_VERSION = 'partwork:web-version';

const MAILABLE_SCHEMES = new Set(['http', 'https', 'mailto', 'tel']);

export const isWebUrl = (url: string): boolean => /^https?:/i.test(url);

/** What a link or an image address in a post means to somebody who reads it in a mail. */
export function targetOf(written: string, place: Place): Target {
  // Browsers ignore these too, so `java\nscript:` must not pass for a relative path.
  // oxlint-disable-next-line no-control-regex
  const href = written.replace(/[\t\r\n]/g, '').replace(/^[\u0000-\u0020]+|[\u0000-\u0020]+$/g, '');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(href)?.[1]?.toLowerCase();
  const web = href.indexOf(WEB_VERSION);
  if (web >= 0) return { kind: 'url', url: place.webUrl + anchorIn(href.slice(web)) };
  if (scheme !== undefined) return absoluteTarget(href, scheme, place);
  if (href.startsWith('//')) return absoluteTarget(`https:${href}`, 'https', place);
  if (href.startsWith('#')) return { kind: 'anchor', id: decoded(href.slice(1)) };
  return pathTarget(href, place);
}

function absoluteTarget(href: string, scheme: string, place: Place): Target {
  if (!MAILABLE_SCHEMES.has(scheme) || !URL.canParse(href)) return { kind: 'unusable', scheme };
  const url = new URL(href);
  const isOurs = place.siteUrl !== undefined && url.origin === new URL(place.siteUrl).origin;
  const issue = isOurs ? findLinkedIssue(place.series, inSite(url.pathname, place.siteUrl)) : undefined;
  const encoded = /^[!-~]*$/.test(href) ? href : url.href;
  return issue === undefined ? { kind: 'url', url: encoded } : { kind: 'issue', issue, url: encoded };
}

function pathTarget(href: string, place: Place): Target {
  const { path, suffix } = splitSuffix(href);
  const issue = findLinkedIssue(place.series, inSite(path, place.siteUrl));
  // The writer's own path is left alone: only a file, or a neighbour of the file, has to be looked up.
  const isPath = path.startsWith('/') && !MARKDOWN_FILE.test(path);
  if (issue !== undefined && !isPath) {
    return { kind: 'issue', issue, url: blogUrlOf(issue, place.siteUrl, suffix) };
  }
  const base = href.startsWith('/') ? place.siteUrl : blogUrlOf(place.issue, place.siteUrl);
  const url = base !== undefined && URL.canParse(href, base) ? new URL(href, base).href : undefined;
  if (issue !== undefined) return { kind: 'issue', issue, url };
  return url === undefined ? { kind: 'unknown' } : { kind: 'url', url };
}

/** A path of a blog that lies in a folder of its site (`https://elm.example.org/blog`), counted from that folder. */
function inSite(path: string, siteUrl: string | undefined): string {
  const base = siteUrl === undefined ? '/' : new URL(siteUrl).pathname.replace(/\/*$/, '/');
  return path.startsWith(base) ? path.slice(base.length - 1) : path;
}

function splitSuffix(href: string): { path: string; suffix: string } {
  const at = href.search(/[?#]/);
  return at < 0 ? { path: href, suffix: '' } : { path: href.slice(0, at), suffix: href.slice(at) };
}

// What a writer has put behind a tag that led nowhere, as in `{{< ref "a" >}}#b`.
const anchorIn = (href: string): string => /#[^\s"<>]*/.exec(href)?.[0] ?? '';

/** The address to mail for a target that is not inside this post; undefined when there is none. */
export const urlOf = (target: Target): string | undefined => ('url' in target ? target.url : undefined);
