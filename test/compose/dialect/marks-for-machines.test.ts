import { expect, test } from 'vitest';
import { articleOf } from '../article/article-of.ts';

test.each([
  '[TOC]',
  '[toc]',
  '[[toc]]',
  '[[_TOC_]]',
  '@[toc]',
  '@[toc](目錄)',
  '${toc}',
  '{{toc}}',
  '{{ toc }}',
  '<!--more-->',
  '<!-- more -->',
  '<!-- excerpt -->',
  '<!-- one\n\ntwo -->',
  '<!---->',
])('%j alone in a paragraph is neither read nor warned of', (mark) => {
  const article = articleOf(`a\n\n${mark}\n\nb`);
  expect(article.text).toBe('a\n\nb');
  expect(article.warnings).toEqual([]);
});

test('a table of contents that is spoken of stays', () => {
  expect(articleOf('The mark [TOC] is gone.').text).toBe('The mark [TOC] is gone.');
});

test.each<[string, string, string]>([
  [
    'a reference of Chinese',
    '[文字][標籤]\n\n[標籤]: https://example.com/',
    '<a href="https://example.com/">文字</a>',
  ],
  ['a collapsed one', '[標籤][]\n\n[標籤]: https://example.com/', '<a href="https://example.com/">標籤</a>'],
  ['a short one', '[標籤]。\n\n[標籤]: https://example.com/', '<a href="https://example.com/">標籤</a>。'],
  ['one of another case', '[A][BAR]\n\n[bar]: <https://example.com/a b>', 'href="https://example.com/a%20b"'],
  ['a picture by reference', '![圖][圖片]\n\n[圖片]: /a.png "題"', 'alt="圖" title="題"'],
  ['a hard break of two spaces', 'a  \nb', 'a<br>\nb'],
  ['a hard break of a backslash', 'a\\\nb', 'a<br>\nb'],
  ['an ordered list that begins at 7', '7. a\n8. b', '<ol start="7">'],
  ['a table in a list', '- a\n\n  | b |\n  |---|\n  | c |', '<td>c</td>'],
  ['quotes in quotes, with a tab', '>\t> a', '<blockquote>\n<blockquote>\n<p>a</p>'],
  ['lists in lists, with a tab', '- a\n\t- b', '<li>a\n<ul>\n<li>b</li>'],
  ['punctuation as it was typed', '"a" -- \'b\' ...', '"a" -- \'b\' ...'],
  ['entities', '&copy; &#x4e2d; &lt;b&gt;', '© 中 &#x3C;b>'],
])('%s', (_, markdown, html) => {
  expect(articleOf(markdown).html).toContain(html);
});
