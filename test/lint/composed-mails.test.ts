import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { composeIssue } from '../../src/actions/compose-issue.ts';
import { openStudio, type Studio } from '../../src/app/studio.ts';
import { loadConfig } from '../../src/config.ts';
import { formatProblem } from '../../src/domain/problem.ts';
import { expectedOf, siteNames } from '../corpus/site-mails.ts';

const SITES = resolve(import.meta.dirname, '../fixtures/sites');
const EXAMPLES = resolve(import.meta.dirname, '../../content');

/** As an installation that mails to the world. */
function studioOf(contentFolder: string, siteUrl: string, language: string): Studio {
  const config = loadConfig(contentFolder, {
    PARTWORK_CONTENT: contentFolder,
    PARTWORK_LANGUAGE: language,
    PARTWORK_FROM: 'Garden Letters <letters@example.com>',
    PARTWORK_POSTAL_ADDRESS: '1 Garden Lane\n10000 Example City',
    BASE_URL: 'https://letters.example.com',
    SITE_URL: siteUrl,
    SMTP_URL: 'smtp://mail.example.com',
  });
  if (Array.isArray(config)) throw new Error(config.map(formatProblem).join('\n'));
  return openStudio(config);
}

/** What the lint finds in the mails of a content folder, as lines; and how many mails that were. */
async function lintAll(studio: Studio, template: string): Promise<{ mails: number; found: string[] }> {
  const composer = await studio.composer();
  const found: string[] = [];
  let mails = 0;
  for (const loaded of (await studio.load()).series) {
    const series = { ...loaded, template };
    for (const issue of series.issues) {
      const result = await composer.renderIssue(series, issue);
      if (!('rendered' in result)) continue;
      mails += 1;
      found.push(...(await studio.lint(series, issue, result.rendered)).map(formatProblem));
    }
  }
  return { mails, found };
}

describe.each(['issue', 'plain'])('in the mails that the template %s makes', (template) => {
  test('of the example series the lint finds nothing', async () => {
    const { mails, found } = await lintAll(studioOf(EXAMPLES, 'https://blog.example.com', 'en'), template);
    expect(found).toEqual([]);
    expect(mails).toBe(10);
  }, 60_000);

  test.each(siteNames)('of %s, as it lies there, the lint finds nothing', async (site) => {
    const { content, siteUrl, language } = expectedOf(site);
    const { mails, found } = await lintAll(studioOf(join(SITES, site, content), siteUrl, language), template);
    expect(found).toEqual([]);
    expect(mails).toBeGreaterThan(0);
  });
});

test('what the composer has told of an issue already is not told again', async () => {
  const studio = studioOf(EXAMPLES, 'https://blog.example.com', 'en');
  const series = (await studio.load()).series[0]!;
  const issue = {
    ...series.issues[0]!,
    body: 'One of a great many sentences in a garden book.\n\n'.repeat(1_500),
  };
  const tools = { composer: await studio.composer(), lint: studio.lint };
  const { problems } = await composeIssue(tools, series, issue);
  expect(problems.map(({ rule }) => rule)).toEqual(['clip']);
});
