import { readFileSync } from 'node:fs';
import { toHtml } from 'hast-util-to-html';
import type { FoundImages } from '../../../src/compose/article/images/find-images.ts';
import type { Issue } from '../../../src/domain/issue.ts';
import type { Series } from '../../../src/domain/series.ts';
import type { Problem } from '../../../src/domain/problem.ts';
import { composeArticle, parseArticle } from '../../../src/compose/article/compose-article.ts';
import { imageLabelFrom, type Words } from '../../../src/compose/words.ts';
import { renderText } from '../../../src/compose/text/render-text.ts';
import { SITE, sampleIssue, sampleSeries } from '../sample-series.ts';

export const sampleWords = JSON.parse(readFileSync('templates/locales/en.json', 'utf8')).issue as Words;
const imageLabel = imageLabelFrom(sampleWords);

interface ArticleOptions extends Partial<Issue> {
  readonly siteUrl?: string;
  readonly images?: FoundImages;
  readonly series?: Partial<Series>;
}

/** What becomes of a post's body. */
export function articleOf(
  body: string,
  { siteUrl = SITE, images, series = {}, ...changes }: ArticleOptions = {},
) {
  const issue = sampleIssue({ body, ...changes });
  const problems: Problem[] = [];
  const webUrl = 'https://news.example.com/s/garden/soil';
  const place = {
    series: sampleSeries(issue, series),
    issue,
    webUrl,
    ...(siteUrl === '' ? {} : { siteUrl }),
  };
  const article = composeArticle(
    parseArticle(place, sampleWords, problems),
    place,
    sampleWords,
    problems,
    images,
  );
  const warnings = problems.map(({ line, message }) => `${line}: ${message}`);
  return {
    ...article,
    html: toHtml(article.tree),
    text: renderText(article.tree, imageLabel),
    problems,
    warnings,
    rules: problems.map(({ rule }) => rule),
  };
}

export const withoutSite = { siteUrl: '' };
