import type { Element, ElementContent, Root } from 'hast';
import type { IssueId } from '../../domain/issue.ts';
import { anchorsIn, type Anchors } from './anchors-in.ts';
import { brokenLink } from './broken-link.ts';
import { attribute, isBlank, isElement } from './element.ts';
import { blogUrlOf } from './find-linked-issue.ts';
import { leadsNowhere, pictureWithoutWords, toNoAnchor, withoutWords } from './link-problems.ts';
import { targetOf, urlOf, type Place, type Target } from './link-target.ts';
import type { ReportInBody } from './report-in-body.ts';
import { rewriteElements } from './rewrite-elements.ts';
import { whyUnusable } from './why-unusable.ts';

/** How an image is spoken of where it cannot be shown: `[Image: …]`. */
export type ImageLabel = (alt: string) => string;

/**
 * Makes every link work from inside a mail, or leaves only its words, and reports those that lead nowhere.
 * Returns the issues of the series that the post links to.
 */
export function resolveLinks(tree: Root, place: Place, report: ReportInBody): Set<IssueId> {
  const linkedIssues = new Set<IssueId>();
  const anchors = anchorsIn(tree);

  rewriteElements(tree, (link) => {
    if (link.tagName !== 'a') return undefined;
    const href = (attribute(link, 'href') ?? '').trim();
    if (href === '' || href === '#') return wordsOf(link, report);
    if (!hasContent(link)) return namedByAddress(link, href, report);

    const target = targetOf(href, place);
    if (target.kind === 'issue') linkedIssues.add(target.issue.id);
    const url = urlFor(link, href, target, { anchors, place, report });
    if (url === undefined) return link.children;
    if (isPictureWithoutWords(link)) report(link, pictureWithoutWords(href));
    link.properties['href'] = url;
    return undefined;
  });
  return linkedIssues;
}

// `<a id="here">` marks a place, and needs no address.
function wordsOf(link: Element, report: ReportInBody): ElementContent[] {
  const isMark = attribute(link, 'id') !== undefined || attribute(link, 'name') !== undefined;
  if (hasContent(link) && !isMark) report(link, leadsNowhere(link));
  return link.children;
}

// Blogs put empty links to a heading beside it.
function namedByAddress(link: Element, href: string, report: ReportInBody): ElementContent[] {
  if (href.startsWith('#')) return [];
  report(link, withoutWords(href));
  return [];
}

const hasContent = (link: Element): boolean =>
  link.children.some((child) => !isBlank(child) && child.type !== 'comment' && !isEmptyElement(child));

const isEmptyElement = (node: ElementContent): boolean =>
  node.type === 'element' && node.tagName !== 'img' && !hasContent(node);

function isPictureWithoutWords(link: Element): boolean {
  const visible = link.children.filter((child) => !isBlank(child));
  return visible.every((child) => isElement(child, 'img') && attribute(child, 'alt') === '');
}

interface LinkContext {
  readonly anchors: Anchors;
  readonly place: Place;
  readonly report: ReportInBody;
}

/** The address to mail; undefined when only the words are kept. What is wrong with it is reported. */
function urlFor(link: Element, href: string, target: Target, context: LinkContext): string | undefined {
  const { place, report } = context;
  if (target.kind === 'anchor') return anchorUrl(link, target.id, context);
  const broken = target.kind === 'issue' || target.kind === 'unusable' ? undefined : brokenLink(href, place);
  if (broken !== undefined) report(link, broken.problem);
  if (broken?.keepsAddress === false) return undefined;
  const url = urlOf(target);
  if (url === undefined && broken === undefined) report(link, whyUnusable('link', href, target, place));
  return url;
}

function anchorUrl(link: Element, id: string, { anchors, place, report }: LinkContext): string | undefined {
  const heading = anchors.headingAt(id);
  if (heading !== undefined) {
    const name = attribute(heading, 'id') ?? id;
    heading.properties['id'] = name;
    return `#${name}`;
  }
  const url = blogUrlOf(place.issue, place.siteUrl, `#${id}`);
  if (url === undefined) report(link, whyUnusable('link', `#${id}`, { kind: 'unknown' }, place));
  else if (!anchors.isElsewhere(id) && !ON_ANY_PAGE.test(id)) report(link, toNoAnchor(id));
  return url;
}

/** What templates of blogs have around a post. */
const ON_ANY_PAGE =
  /^(?:top|page-top|toc|contents|table-of-contents|comments?|disqus_thread|respond|giscus|more|footer|header|main|content|newsletter|subscribe|search)$/i;
