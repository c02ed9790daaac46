import { toHtml } from 'hast-util-to-html';
import type { Problem } from '../../../src/domain/problem.ts';
import { composeArticle } from '../../../src/compose/article/compose-article.ts';
import { renderText } from '../../../src/compose/text/render-text.ts';
import { SITE, sampleIssue, sampleSeries } from '../sample-series.ts';

const imageLabel = (alt: string): string => `[Image: ${alt}]`;

/** What becomes of a post's body. */
export function articleOf(body: string, { siteUrl = SITE, aliases = sampleIssue().aliases } = {}) {
  const issue = sampleIssue({ body, aliases });
  const problems: Problem[] = [];
  const place = { series: sampleSeries(issue), issue, ...(siteUrl === '' ? {} : { siteUrl }) };
  const article = composeArticle(place, { notes: 'Notes', imageLabel }, problems);
  const warnings = problems.map(({ line, message }) => `${line}: ${message}`);
  return {
    ...article,
    html: toHtml(article.tree),
    text: renderText(article.tree, imageLabel),
    problems,
    warnings,
  };
}

export const withoutSite = { siteUrl: '' };
