import rehypeRaw from 'rehype-raw';
import type { Root } from 'hast';
import { expect, test } from 'vitest';
import { openingWords } from '../../src/compose/opening-words.ts';
import { textWidth } from '../../src/compose/text/text-width.ts';
import { unified } from 'unified';

const article = (html: string): Root =>
  unified()
    .use(rehypeRaw)
    .runSync({ type: 'root', children: [{ type: 'raw', value: html }] });

const LONG = 'The first frost of the year came in the night, and nobody in the garden had heard it come. ';
const LONG_CJK = '第一場霜在夜裡下了，園子裡沒有人聽見它來。早上起來，羽衣甘藍的葉子邊上都是白的，';

test.each([
  ['a short paragraph', '<p>Leaves.</p>', 'Leaves.'],
  ['several paragraphs', '<p>Dear all,</p>\n<p>it froze.</p>', 'Dear all, it froze.'],
  ['several CJK paragraphs', '<p>各位好：</p>\n<p>下霜了。</p>', '各位好：下霜了。'],
  ['what is no prose', '<h2>A</h2><pre>b</pre><table><tr><td>c</td></tr></table><p>d</p>', 'd'],
  ['a callout', '<div class="callout"><p>Note</p></div><p>d</p>', 'd'],
  ['a footnote mark', '<p>It froze.<sup>[1]</sup> Hard.</p>', 'It froze. Hard.'],
  ['x squared', '<p>x<sup>2</sup></p>', 'x2'],
  ['a reading aid', '<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby></p>', '漢'],
  ['a button', '<p><a class="button" href="https://example.org">Go</a></p><p>d</p>', 'd'],
  ['a line break', '<p>a<br>b</p>', 'a b'],
  ['an image', '<p><img src="https://example.org/a.png" alt="x"></p>', ''],
  ['nothing', '', ''],
])('%s', (_, html, expected) => {
  expect(openingWords(article(html))).toBe(expected);
});

test.each([
  ['whole sentences when they fill the line', `<p>${LONG}${LONG}</p>`, LONG.trim()],
  [
    'a cut between words',
    `<p>${LONG.replace('.', ',').repeat(3)}</p>`,
    /nobody in the garden had heard it come, The first .*\w…$/,
  ],
  ['no sentence that is too short', `<p>No. ${LONG.replace('.', ',').repeat(3)}</p>`, /^No\. The first .*…$/],
  ['CJK sentences', `<p>${LONG_CJK.replace(/，$/, '。')}${LONG_CJK}</p>`, LONG_CJK.replace(/，$/, '。')],
  ['a cut between CJK characters', `<p>${LONG_CJK.repeat(3).replaceAll('。', '，')}</p>`, /[^，]…$/],
  ['a closing quote', `<p>「${LONG_CJK.replace(/，$/, '！')}」然後${'葉'.repeat(60)}</p>`, /！」$/],
  ['an abbreviation in a word', `<p>${'a.b '.repeat(60)}</p>`, /a\.b…$/],
])('long text is cut: %s', (_, html, expected) => {
  const words = openingWords(article(html));
  expect(words).toMatch(expected);
  expect(textWidth(words)).toBeLessThanOrEqual(140);
  expect(textWidth(words)).toBeGreaterThan(60);
});

test('one that is made of several characters is not cut in two', () => {
  const family = '👩‍👩‍👧';
  expect(openingWords(article(`<p>${family.repeat(200)}</p>`))).toMatch(new RegExp(`^(?:${family})+…$`, 'u'));
});

test('a paragraph as long as a book costs no more than its beginning', () => {
  const sentence = 'a這是一個很長的句子。';
  const words = openingWords(article(`<p>${sentence.repeat(6_000)}</p>`));
  expect(words).toBe(sentence.repeat(6));
});
