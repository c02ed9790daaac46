import { expect, test } from 'vitest';
import type { Issue } from '../../../src/domain/issue.ts';
import { sampleIssue } from '../sample-series.ts';
import { articleOf, withoutSite } from './article-of.ts';

const IN_GARDEN: Partial<Issue> = { aliases: ['soil', '02-soil', '/posts/soil/', '/garden/soil/'] };

test.each([
  ['[x]()', '<p>x</p>'],
  ['[x](#)', '<p>x</p>'],
  ['<a>x</a>', '<p>x</p>'],
  ['<a href=" ">x</a>', '<p>x</p>'],
  ['a [](https://a.tw) b', '<p>a  b</p>'],
  ['a <a href="https://a.tw"><span> </span></a>b', '<p>a b</p>'],
])('%s is an empty link', (body, html) => {
  const article = articleOf(`one\n\n${body}`);
  expect(article.html).toContain(html);
  expect(article.problems).toMatchObject([{ rule: 'empty-link', severity: 'warning', line: 7 }]);
});

test.each([
  '<a id="here"></a>words',
  '<a name="here">words</a>',
  '## Soil <a href="#soil" class="anchor"></a>',
  '<a href="https://a.tw"><img src="https://a.tw/x.png" alt="A"></a>',
])('%s is none', (body) => {
  expect(articleOf(body).rules).toEqual([]);
});

test.each([
  ['04-frost.md', 'error'],
  ['./04-frost.md#x', 'error'],
  ['../garden/04-frost.mdx', 'error'],
  ['04-frost/index.md', 'error'],
  ['/garden/frost/', 'error'],
  ['/garden/frost', 'error'],
  ['../../garden/frost/', 'error'],
  ['https://blog.example.com/garden/frost/', 'error'],
  ['../posts/frost.md', 'warning'],
  ['/posts/frost.md', 'warning'],
  ['frost', 'warning'],
  ['www.example.com', 'warning'],
  ['example.org/frost', 'warning'],
])('%s leads to nothing, which is an %s', (href, severity) => {
  const { problems, linkedIssues } = articleOf(`one\n\n[x](${href})`, IN_GARDEN);
  expect(problems).toMatchObject([{ severity, rule: 'broken-link', line: 7 }]);
  expect([...linkedIssues]).toEqual([]);
});

test.each([
  '01-tools.md',
  '01-tools.mdx',
  '/garden/',
  '/garden/map.pdf',
  '/garden/page/2/',
  '/garden/tags/',
  '/garden/feeding-the-soil/',
  '/posts/frost/',
  '/frost/',
  './frost/',
  'map.pdf',
  'https://example.org/garden/frost/',
  'https://example.org/frost.md',
])('%s may lead somewhere', (href) => {
  expect(articleOf(`[x](${href})`, IN_GARDEN).problems).toEqual([]);
});

test.each([
  ['content/posts', '_index.md'],
  ['content/garden', 'first-post.md'],
])('%s, described by %s, may hold other posts than the series', (folder, head) => {
  const file = `${folder}/soil.md`;
  const section = folder.replace('content', '');
  const issues = [sampleIssue({ file })];
  const article = articleOf(`[x](${section}/frost/)`, {
    file,
    aliases: ['soil', `${section}/soil/`],
    series: { file: `${folder}/${head}`, issues },
  });
  expect(article.problems).toEqual([]);
});

test('a Markdown file that is no issue keeps its words only', () => {
  expect(articleOf('[x](../posts/frost.md)').html).toBe('<p>x</p>');
});

test.each([
  ['## Two Words!', 'two-words'],
  ['## Two Words!', 'Two-Words'],
  ['## Two Words!', 'two_words'],
  ['## 1. Two Words', '1-two-words'],
  ['## 土壤，與水', '土壤與水'],
  ['## 土壤，與水', '%E5%9C%9F%E5%A3%A4%E8%88%87%E6%B0%B4'],
  ['## Soil\n\n## Soil', 'soil-1'],
  ['<h2 id="own">Soil</h2>', 'own'],
  ['<h2 id="own">Soil</h2>', 'soil'],
])('a link in %j to #%s stays inside the mail', (headings, anchor) => {
  const { html, rules } = articleOf(`${headings}\n\n[x](#${anchor})`);
  const id = / id="([^"]*)"/.exec(html)?.[1];
  expect(html).toContain(`<a href="#${id}">x</a>`);
  expect(rules).toEqual([]);
});

test('two ways to write one anchor lead to one heading', () => {
  const { html } = articleOf('## Two Words\n\n[x](#two-words) [y](#Two_Words)');
  expect(html.match(/#two-words"/g)).toHaveLength(2);
});

test.each([
  ['#frost', ['broken-anchor']],
  ['#comments', []],
  ['#top', []],
  ['#here', []],
  ['#there', []],
])('an anchor %s that is no heading breaks %j', (href, rules) => {
  const article = articleOf(`<p id="here">a</p><a name="there"></a>\n\n[x](${href})`);
  expect(article.html).toContain(`href="https://blog.example.com/posts/soil/${href}"`);
  expect(article.rules).toEqual(rules);
});

test.each([
  ['javascript:alert(1)', 'unmailable-address'],
  ['sms:123', 'unmailable-address'],
  ['/about/', 'relative-address'],
])('%s without a blog breaks %s', (href, rule) => {
  expect(articleOf(`[x](${href})`, withoutSite).rules).toEqual([rule]);
});

test('an address that is no URL is no bug', () => {
  const { html, rules } = articleOf('<a href="/\\[">x</a> <img src="/\\[" alt="A">');
  expect(html).toBe('<p>x [Image: A]</p>');
  expect(rules).toEqual(['relative-address', 'relative-address']);
});
