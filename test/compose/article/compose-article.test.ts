import { expect, test } from 'vitest';
import { articleOf } from './article-of.ts';

test.each<[string, string, string]>([
  ['a hard break', 'one  \ntwo', '<p>one<br>\ntwo</p>'],
  ['strikethrough', '~~gone~~', '<p><del>gone</del></p>'],
  [
    'table cells keep their alignment',
    '|a|b|c|\n|:-|:-:|-:|\n|1|2|3|',
    '<td align="left">1</td>\n<td align="center">2</td>\n<td align="right">3</td>',
  ],
  ['a task that is done', '- [x] rake', '<li class="task-list-item">☑ rake</li>'],
  ['a task that is not', '- [ ] rake', '<li class="task-list-item">☐ rake</li>'],
  ['a footnote mark', 'a[^1]\n\n[^1]: note', '<sup>[1]</sup>'],
  ['the footnotes', 'a[^1]\n\n[^1]: note', '<section class="notes"><p class="notes-title">Notes</p><ol>'],
  ['a quote inside a quote', '> a\n>\n> > b', '<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>'],
  ['a list inside a list', '- a\n  1. b', '<li>a\n<ol>\n<li>b</li>'],
  ['the language of code', '```js\na < b\n```', '<pre><code class="language-js">a &#x3C; b\n</code></pre>'],
  ['Liquid in code is only text', '`{{ secret }}`', '<code>{{ secret }}</code>'],
  ['a newline between CJK characters', '第一行\n第二行', '<p>第一行第二行</p>'],
  ['a newline after CJK punctuation', '第一行，\n第二行', '<p>第一行，第二行</p>'],
  ['a newline between CJK and a dash', '趨勢——\n回饋', '<p>趨勢——回饋</p>'],
  ['a newline between CJK across emphasis', '**第一行**\n第二行', '<p><strong>第一行</strong>第二行</p>'],
  ['a newline between CJK and Latin', '第一行\nsecond', '<p>第一行\nsecond</p>'],
  ['a newline in Korean', '첫째\n둘째', '<p>첫째\n둘째</p>'],
  ['a newline in CJK code', '```\n第一行\n第二行\n```', '第一行\n第二行\n'],
  ['<!--more--> and other comments', 'a\n\n<!--more-->\n\nb<!-- c -->', '<p>a</p>\n\n<p>b</p>'],
  [
    'details are opened',
    '<details><summary>S</summary>\n\nbody\n\n</details>',
    '<div><p><strong>S</strong></p>\n<p>body</p>',
  ],
  [
    'figures',
    '<figure><img src="/a.png" alt="A"><figcaption>C</figcaption></figure>',
    '<figcaption>C</figcaption></figure>',
  ],
  ['ruby', '<ruby>漢<rt>かん</rt></ruby>', '<ruby>漢<rt>かん</rt></ruby>'],
  [
    'sub, sup, kbd and mark',
    'H<sub>2</sub> m<sup>2</sup> <kbd>K</kbd> <mark>M</mark>',
    'H<sub>2</sub> m<sup>2</sup> <kbd>K</kbd> <mark>M</mark>',
  ],
  ['a raw table', '<table><tr><td>1</td></tr></table>', '<td>1</td>'],
  ['inline styles and classes go', '<p style="color:red" class="x">a</p>', '<p>a</p>'],
])('%s', (_, markdown, html) => {
  expect(articleOf(markdown).html).toContain(html);
});

test.each([
  ['請看https://a.tw/x。謝謝', '請看<a href="https://a.tw/x">https://a.tw/x</a>。謝謝'],
  ['到https://www.iso.org查得到', '到<a href="https://www.iso.org/">https://www.iso.org</a>查得到'],
  [
    '見https://例子.台灣/文章的說明',
    '見<a href="https://xn--fsqu00a.xn--kpry57d/%E6%96%87%E7%AB%A0%E7%9A%84%E8%AA%AA%E6%98%8E">https://例子.台灣/文章的說明</a>',
  ],
  ['（https://a.tw/x）', '（<a href="https://a.tw/x">https://a.tw/x</a>）'],
  [
    '「https://a.tw/x」、https://b.tw/y，好',
    '「<a href="https://a.tw/x">https://a.tw/x</a>」、<a href="https://b.tw/y">https://b.tw/y</a>，好',
  ],
  ['**https://a.tw/x**（見）', '<strong><a href="https://a.tw/x">https://a.tw/x</a></strong>（見）'],
  ['See https://a.tw/x?a=1&b=2.', '<a href="https://a.tw/x?a=1&#x26;b=2">https://a.tw/x?a=1&#x26;b=2</a>.'],
  ['www.example.com.', '<a href="http://www.example.com/">www.example.com</a>.'],
  ['<https://a.tw>', '<a href="https://a.tw">https://a.tw</a>'],
  ['`https://a.tw`', '<code>https://a.tw</code>'],
  ['[https://a.tw](https://b.tw)', '<a href="https://b.tw">https://a.tw</a>'],
  ['<a href="https://b.tw">https://a.tw</a>', '<p><a href="https://b.tw">https://a.tw</a></p>'],
  ['xhttps://a.tw', '<p>xhttps://a.tw</p>'],
])('bare URLs: %s', (markdown, html) => {
  expect(articleOf(markdown).html).toContain(html);
});

test.each([
  ['# a\n## b\n### c', 'h2 h3 h4'],
  ['## a\n### b\n## c', 'h2 h3 h2'],
  ['### a\n## b', 'h2 h2'],
  ['## a\n##### b\n### c', 'h2 h3 h3'],
  ['# a\n## b\n### c\n#### d\n##### e\n###### f', 'h2 h3 h4 h5 h6 h6'],
  ['<h1>a</h1>\n\n<h4>b</h4>', 'h2 h3'],
])('headings %j become %s', (markdown, levels) => {
  expect([...articleOf(markdown).html.matchAll(/<(h\d)/g)].map(([, level]) => level).join(' ')).toBe(levels);
});

test.each([
  [
    'a\n\n<iframe srcdoc="b"></iframe>',
    '7: Mail cannot show <iframe>, so a link to the web version stands in its place.',
  ],
  [
    '<form action="/x"><input name="q"><button>Go</button></form>',
    '5: Mail cannot show <form>, so a link to the web version stands in its place.',
  ],
])('%j is warned of once, with its line', (markdown, warning) => {
  expect(articleOf(markdown).warnings).toEqual([warning]);
});

test('a shortcode in code is only text', () => {
  expect(articleOf('`{{< youtube abc >}}`').warnings).toEqual([]);
});

test('a footnote that is used twice is written once', () => {
  const { html } = articleOf('a[^n] b[^n] c[^m]\n\n[^n]: first\n[^m]: second');
  expect(html.match(/\[\d\]/g)).toEqual(['[1]', '[1]', '[2]']);
  expect(html.match(/<li>/g)).toHaveLength(2);
  expect(html).not.toContain('↩');
});
