import { readFileSync } from 'node:fs';
import { toHtml } from 'hast-util-to-html';
import type { Problem } from '../../../src/domain/problem.ts';
import { composeArticle, parseArticle } from '../../../src/compose/article/compose-article.ts';
import { imageLabelFrom, type Words } from '../../../src/compose/words.ts';
import { renderText } from '../../../src/compose/text/render-text.ts';
import { SITE, sampleIssue, sampleSeries } from '../sample-series.ts';

const sampleWords = JSON.parse(readFileSync('templates/locales/en.json', 'utf8')).issue as Words;
const imageLabel = imageLabelFrom(sampleWords);

/** What becomes of a post's body. */
export function articleOf(body: string, { siteUrl = SITE, aliases = sampleIssue().aliases } = {}) {
  const issue = sampleIssue({ body, aliases });
  const problems: Problem[] = [];
  const webUrl = 'https://news.example.com/s/garden/soil';
  const place = { series: sampleSeries(issue), issue, webUrl, ...(siteUrl === '' ? {} : { siteUrl }) };
  const article = composeArticle(parseArticle(place), place, sampleWords, problems);
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
