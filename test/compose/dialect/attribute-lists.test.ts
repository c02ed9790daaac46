import { expect, test } from 'vitest';
import { readAttributeList } from '../../../src/compose/dialect/attribute-list/read-attribute-list.ts';
import { articleOf } from '../article/article-of.ts';

test.each([
  [
    '{: .note #here width="300" }',
    { id: 'here', classes: ['note'], attributes: { width: '300' }, names: [] },
  ],
  ["{:.a.b title='it is'}", { classes: ['a', 'b'], attributes: { title: 'it is' }, names: [] }],
  ['{: class="a b" id=here}', { id: 'here', classes: ['a', 'b'], attributes: {}, names: [] }],
  ['{:toc}', { classes: [], attributes: {}, names: ['toc'] }],
  ['{:photo: .wide}', { defines: 'photo', classes: ['wide'], attributes: {}, names: [] }],
  ['{#標題 .a}', { id: '標題', classes: ['a'], attributes: {}, names: [] }],
  ['{width=300}', { classes: [], attributes: { width: '300' }, names: [] }],
])('%s is an attribute list', (source, list) => {
  expect(readAttributeList(source)).toMatchObject(list);
});

test.each([
  '{a, b}',
  '{a}',
  '{}',
  '{:}',
  '{: }',
  '{:a 1}',
  '{ x: 1 }',
  '{"a": 1}',
  '{1}',
  '{{ x }}',
  '{: .a, .b}',
])('%s is none', (source) => {
  expect(readAttributeList(source)).toBeUndefined();
});

test.each<[string, string, string]>([
  [
    'Goldmark gives a heading its id',
    '## Soil {#earth .x}\n\n[a](#earth)',
    '<h2 id="earth">Soil</h2>\n<p><a href="#earth">',
  ],
  ['so does Kramdown', '## Soil {: #earth}\n\n[a](#earth)', '<h2 id="earth">Soil</h2>'],
  ['also on the line below', '## Soil\n{: #earth}\n\n[a](#earth)', '<h2 id="earth">Soil</h2>'],
  ['and on the line above', '{: #earth}\n## Soil\n\n[a](#earth)', '<h2 id="earth">Soil</h2>'],
  ['under a line', 'Soil {#earth}\n===\n\n[a](#earth)', '<h2 id="earth">Soil</h2>'],
  ['a set is no list', '### 集合 {a, b}', '<h2>集合 {a, b}</h2>'],
  [
    'a picture has a size',
    '![A](/a.png){: width="300" height="200" .shadow}',
    'alt="A" width="300" height="200">',
  ],
  ['a picture of Pandoc', '![A](/a.png){width=300}', 'alt="A" width="300">'],
  ['a picture on a line of its own', '![A](/a.png)\n{: width="300"}', 'alt="A" width="300">'],
  ['a picture gets its words', '![](/a.png){: alt="Ash"}', 'alt="Ash"'],
  ['a picture by reference', '![A][a]{: width="300"}\n\n[a]: /a.png', 'alt="A" width="300">'],
  [
    'a button',
    '[Go](https://example.com/){: .btn .btn--primary}{:target="_blank"}',
    '<p><a href="https://example.com/" class="button">Go</a></p>',
  ],
  ['a button by its paragraph', '[Go](https://example.com/)\n{: .button}', 'class="button">Go</a>'],
  ['a list of another name', '{:go: .btn}\n\n[Go](https://example.com/){: go}', 'class="button">Go</a>'],
  [
    'two names that name each other',
    '{:a: b}\n{:b: a .btn}\n\n[Go](https://example.com/){: a}',
    'class="button">Go</a>',
  ],
  [
    'a paragraph that is a notice',
    'Rake.\n{: .notice--info}',
    '<p class="callout-title">Note</p><p>Rake.</p></div>',
  ],
  [
    'a quote that is a prompt',
    '> Rake.\n{: .prompt-danger }',
    '<div class="callout callout-caution"><p class="callout-title">Caution</p><p>Rake.</p></div>',
  ],
  ['a list inside that quote', '> Rake.\n> {: .prompt-tip }', '<div class="callout callout-tip">'],
  ['the contents with their list', '* TOC\n{:toc}\n\nText', '<p>Text</p>'],
  ['a heading that is not in the contents', '## A\n{:.no_toc}', '<h2>A</h2>'],
  ['a table', '| a |\n|---|\n| b |\n{: .table}\n\nText', '</table>\n<p>Text</p>'],
  ['a list', '- a\n- b\n{: .list}\n\nText', '<li>b</li>\n</ul>\n<p>Text</p>'],
  ['code', '```\na\n```\n{: .nolineno }\n\nText', 'a\n</code></pre>\n<p>Text</p>'],
  ['a part of a line', 'a *b*{: .x} `c`{: .filepath} d', '<p>a <em>b</em> <code>c</code> d</p>'],
  ['a paragraph between two', 'a\n{: .x}\nb', '<p>a</p>\n<p>b</p>'],
  ['code shows what it is', '`{: .x}` and `a {#b}`', '<p><code>{: .x}</code> and <code>a {#b}</code></p>'],
  ['a block of code too', '```\n{: .x}\n```', '<pre><code>{: .x}\n</code></pre>'],
  ['braces in a sentence stay', 'set {x=5} and {:foo} and {a: 1}', '<p>set {x=5} and {:foo} and {a: 1}</p>'],
  ['what is escaped stays', 'a \\{: .x}', '<p>a {: .x}</p>'],
])('attribute lists: %s', (_, markdown, html) => {
  const article = articleOf(markdown);
  expect(article.html).toContain(html);
  expect(article.warnings).toEqual([]);
});

test.each([
  ['a\n\n{::comment}\nhidden\n\nalso\n{:/comment}\n\nb', 'a\n\nb'],
  ['a {::comment}hidden{:/comment} b', 'a b'],
  ['{::options toc_levels="2" /}\n\na', 'a'],
  ['{::nomarkdown}\n<b>a</b>\n{:/}', '*a*'],
  ['a\n\n{::comment}\nnever closed', 'a\n\nnever closed'],
  ['`{::comment}`', '`{::comment}`'],
])('%j reads %j', (markdown, text) => {
  expect(articleOf(markdown).text).toBe(text);
});

test.each([
  ['The HTML of HTMLX.\n\n*[HTML]: Hyper *Text*', 'The HTML of HTMLX.'],
  ['用API做。\n*[API]: 介面\n*[做]: x', '用API做。'],
])('abbreviations are taken out: %j', (markdown, text) => {
  const article = articleOf(markdown);
  expect(article.text).toBe(text);
  expect(article.html).toMatch(/<abbr[^>]*>(?:HTML|API)<\/abbr>/);
});

test.each([
  ['<div class="x" markdown="1">\n**a** b\n</div>', '<div>\n<p><strong>a</strong> b</p>\n</div>'],
  ['<div markdown="1">\n\n*a*\n\n</div>', '<p><em>a</em></p>'],
  ['<p markdown="1">*a*</p>', '<p><em>a</em></p>'],
  ['<div>\n**a**\n</div>', '**a**'],
])('Markdown in HTML is read where it says so: %j', (markdown, html) => {
  expect(articleOf(markdown).html).toContain(html);
});

test.each([
  '<div markdown="1">\na\n[b](javascript:x)\n</div>',
  '<div\nmarkdown="1">a\n[b](javascript:x)\n</div>',
])('lines stay right in %j', (markdown) => {
  expect(articleOf(markdown, { bodyLine: 1 }).problems.map(({ line }) => line)).toEqual([3]);
});

test.each([
  ['**Mind:** frost\n{: .notice}', 'note', '<p><strong>Mind:</strong> frost</p>'],
  ['**Mind:** frost\n{: .notice--danger}', 'caution', '<p><strong>Mind:</strong> frost</p>'],
  ['> **Mind** frost\n{: .prompt-tip}', 'tip', '<p><strong>Mind</strong> frost</p>'],
])('%j has words in bold for a title', (body, kind, inside) => {
  const { html } = articleOf(body);
  expect(html.replace(/>\n</g, '><')).toContain(`<div class="callout callout-${kind}">${inside}</div>`);
});
