import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { checkContent } from '../../src/actions/check-content.ts';
import { composeIssue } from '../../src/actions/compose-issue.ts';
import { openStudio, type Studio } from '../../src/app/studio.ts';
import { loadConfig } from '../../src/config.ts';
import { formatProblem } from '../../src/domain/problem.ts';
import { randomPost } from '../compose/random-post.ts';
import { expectedOf, siteNames } from '../corpus/site-mails.ts';
import { propertyRuns } from '../support/property-runs.ts';

const SITES = resolve(import.meta.dirname, '../fixtures/sites');
const EXAMPLES = resolve(import.meta.dirname, '../../content');

// Not beside the posts: another test may be copying them.
let dataFolder: string;
beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'partwork-linted-'));
});
afterAll(() => rm(dataFolder, { recursive: true }));

/** As an installation that mails to the world. */
function studioOf(contentFolder: string, siteUrl: string, language: string): Studio {
  const config = loadConfig(contentFolder, {
    PARTWORK_CONTENT: contentFolder,
    PARTWORK_DATA: dataFolder,
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

test('a post without a title is told of once, and its neighbours have nothing to tell of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'partwork-untitled-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'garden'));
  const files = {
    '_index.md': '---\ntitle: Garden Letters\nevery: 1d\n---\n',
    '01-thaw.md': '---\ntitle: Thaw\n---\nThe ice goes.\n',
    '02-frost.md': '---\ndescription: Cold.\n---\nBring the pots in.\n',
    '03-snow.md': '---\ntitle: Snow\n---\nSee [the frost](02-frost.md).\n',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, 'garden', name), text);
  const checked = await checkContent(studioOf(folder, 'https://blog.example.com', 'en'));
  expect(checked?.problems.map(({ message }) => message)).toEqual(['The post has no title.']);
});

const CODE = [
  '["@babel/preset-env", { "a": ["@babel/preset-env"] }] ["@babel/preset-env"]',
  '[params.page]\n[params.page.library]\n[[menu.main]]\n[[menu.main]]\n  identifier = "a"',
  '[<input.css>:<output.css>] [<input/>:<output/>] <https://example.com/a> [1] [1] a[1]',
];

test('any post with code in it is the same in both parts', async () => {
  const studio = studioOf(EXAMPLES, 'https://blog.example.com', 'en');
  const series = (await studio.load()).series[0]!;
  const composer = await studio.composer();
  const post = fc.tuple(randomPost, fc.constantFrom(...CODE), randomPost);
  await fc.assert(
    fc.asyncProperty(post, async ([before, code, after]) => {
      const body = [
        before.markdown,
        `Write \`${code.replaceAll('\n', ' ')}\`, as in`,
        `\`\`\`\n${code}\n\`\`\``,
        `| A rather long heading of a column that does not fit | [Another](https://example.org/) heading, just as long as it |\n|-|-|\n| \`${code.replaceAll('\n', ' ')}\` | Tea |`,
        '<ul><li>One</li><ul><li>Two</li></ul></ul>',
        after.markdown,
      ].join('\n\n<!-- -->\n\n');
      const issue = { ...series.issues[0]!, body };
      const result = await composer.renderIssue(series, issue);
      const found = 'rendered' in result ? await studio.lint(series, issue, result.rendered) : [];
      expect(found.filter(({ rule }) => rule === 'text-in-step')).toEqual([]);
    }),
    propertyRuns(40),
  );
}, 60_000);
