import { createHash } from 'node:crypto';
import type { Issue } from '../domain/issue.ts';
import type { IssuePage } from '../domain/issue-page.ts';
import { isError, type Problem } from '../domain/problem.ts';
import type { RenderedIssue } from '../domain/rendered-issue.ts';
import type { Series } from '../domain/series.ts';
import type { FindImage } from '../domain/image-file.ts';
import { composeArticle, parseArticle } from './article/compose-article.ts';
import { blogUrlOf } from './article/find-linked-issue.ts';
import { findImages } from './article/images/find-images.ts';
import type { ComposedCache } from './cache/composed-cache.ts';
import { composedKey } from './cache/composed-key.ts';
import { composedOnce } from './cache/composed-once.ts';
import { issuePage } from './issue-page.ts';
import { issueView } from './issue-view.ts';
import { localeOf } from '../domain/locale.ts';
import { mailProblems } from './mail-problems.ts';
import { plainLine } from './plain-line.ts';
import { renderParts, type MailParts } from './render-parts.ts';
import { slotMarks } from './slot-marks.ts';
import { loadStationery, type Stationery } from './template/stationery.ts';
import { unusedTemplates } from './template/unused-templates.ts';
import { areWritersWords, type Words } from './words.ts';

export interface ComposerOptions {
  /** The writer's own templates and words; what is missing there is taken from ours, file by file. */
  readonly templatesFolder?: string;
  /** The blog, for links and images that are relative to it: `https://blog.example.com`. */
  readonly siteUrl?: string;
  /** Shown under every issue, one line per line. */
  readonly postalAddress: string;
  /** Finds images of posts on this machine; none is found without it. */
  readonly findImage?: FindImage;
  /** Where issues are kept that were composed before; each is composed every time without it. */
  readonly cache?: ComposedCache;
}

/** An issue ready to send, with warnings; or only problems, at least one of them an error. */
export type RenderResult =
  | { readonly rendered: RenderedIssue; readonly problems: readonly Problem[] }
  | { readonly problems: readonly Problem[] };

export interface Composer {
  readonly renderIssue: (series: Series, issue: Issue) => Promise<RenderResult>;
}

/**
 * Makes emails of issues. Reads templates once, when the first issue is composed: make another composer when they may have changed.
 * The same input gives the same bytes, with a cache or without. Throws a TypeError when `siteUrl` is no URL.
 */
export function createComposer(options: ComposerOptions): Composer {
  if (options.siteUrl !== undefined && !URL.canParse(options.siteUrl)) {
    throw new TypeError(`siteUrl is no URL: ${options.siteUrl}`);
  }
  let loaded: ReturnType<typeof loadStationery> | undefined;
  return {
    renderIssue: async (series, issue) => {
      const stationery = await (loaded ??= loadStationery(options.templatesFolder));
      if ('severity' in stationery) return { problems: [stationery] };
      const words = stationery.words(localeOf(series.language));
      if ('severity' in words) return { problems: [words] };

      const key = await composedKey(series, issue, options, stationery);
      return composedOnce({ ...options, key, issue }, (findImage) =>
        render(series, issue, { ...options, ...(findImage && { findImage }), stationery, words, key }),
      );
    },
  };
}

interface RenderContext extends ComposerOptions {
  readonly stationery: Stationery;
  readonly words: Words;
  /** A digest of all that the issue is made from. */
  readonly key: string;
}

async function render(
  series: Series,
  issue: Issue,
  { siteUrl, postalAddress, findImage, stationery, words, key }: RenderContext,
): Promise<RenderResult> {
  const problems = unusedTemplates(stationery.templates, series);
  const slots = slotMarks(key + JSON.stringify(issue));
  const webUrl = blogUrlOf(issue, siteUrl) ?? slots.webUrl;
  const place = { series, issue, webUrl, ...(siteUrl === undefined ? {} : { siteUrl }) };
  const parsed = parseArticle(place, words, problems);
  const images = await findImages(parsed, issue, findImage);
  const { tree, linkedIssues } = composeArticle(parsed, place, words, problems, images);
  const wordsAreWriters = areWritersWords(stationery.templates, localeOf(series.language));
  const view = issueView(
    place,
    { words, wordsAreWriters, slots, postalAddress, article: tree, linkedIssues, images },
    problems,
  );

  const parts = await renderParts(tree, place, view, stationery);
  if (Array.isArray(parts)) return { problems: [...problems, ...parts] };
  problems.push(...mailProblems(series, issue, parts));
  if (problems.some(isError)) return { problems };
  return { rendered: freeze(series, issue, parts, issuePage(tree, place, view), words), problems };
}

function freeze(
  series: Series,
  issue: Issue,
  { html, text }: MailParts,
  page: IssuePage,
  words: Words,
): RenderedIssue {
  const content = {
    series: series.id,
    issue: issue.id,
    seriesTitle: plainLine(series.title),
    language: series.language,
    from: { name: series.from.name, address: series.from.address },
    ...(series.replyTo === undefined ? {} : { replyTo: series.replyTo }),
    subject: plainLine(issue.subject),
    html,
    text,
    page,
    greeting: { named: words.greetingNamed, plain: words.greetingPlain },
  };
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);
  return { hash, ...content };
}
