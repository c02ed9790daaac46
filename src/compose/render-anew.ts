import { createHash } from 'node:crypto';
import type { Issue } from '../domain/issue.ts';
import type { IssuePage } from '../domain/issue-page.ts';
import { localeOf } from '../domain/locale.ts';
import { isError } from '../domain/problem.ts';
import type { RenderedIssue } from '../domain/rendered-issue.ts';
import type { Series } from '../domain/series.ts';
import { composeArticle, parseArticle } from './article/compose-article.ts';
import { blogUrlOf } from './article/find-linked-issue.ts';
import { findImages } from './article/images/find-images.ts';
import { issuePage } from './issue-page.ts';
import { issueView } from './issue-view.ts';
import { mailProblems } from './mail-problems.ts';
import { plainLine } from './plain-line.ts';
import type { ComposerOptions, RenderResult } from './render-issue.ts';
import { renderParts, type MailParts } from './render-parts.ts';
import { slotMarks } from './slot-marks.ts';
import type { Stationery } from './template/stationery.ts';
import { unusedTemplates } from './template/unused-templates.ts';
import { areWritersWords, type Words } from './words.ts';

interface RenderContext extends ComposerOptions {
  readonly stationery: Stationery;
  readonly words: Words;
  /** A digest of all that the issue is made from. */
  readonly key: string;
}

/** An issue → its mail and its page, from nothing. */
export async function renderAnew(
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
