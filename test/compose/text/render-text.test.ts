import { expect, test } from 'vitest';
import { articleOf } from '../article/article-of.ts';

test.each<[string, string, string]>([
  ['a heading', '## Soil', 'Soil\n----'],
  ['a CJK heading', '## 土壤', '土壤\n----'],
  ['a deeper heading', '## a\n\n### Leaf mould', 'a\n-\n\n### Leaf mould'],
  ['a link', '[soil](https://a.tw/x)', 'soil <https://a.tw/x>'],
  ['a link that says itself', 'https://a.tw/x', '<https://a.tw/x>'],
  ['a mail link', '<press@example.com>', '<mailto:press@example.com>'],
  ['an image', '![A bed](/a.jpg)', '[Image: A bed]'],
  ['a linked image', '[![A bed](/a.jpg)](https://a.tw)', '[Image: A bed] <https://a.tw>'],
  ['emphasis', 'a *b* **c** ~~d~~ `e`', 'a b *c* ~~d~~ `e`'],
  ['a hard break', 'one  \ntwo', 'one\ntwo'],
  ['a soft break', 'one\ntwo', 'one two'],
  ['a CJK soft break', '第一行\n第二行', '第一行第二行'],
  ['a tight list', '- a\n- b', '- a\n- b'],
  ['a loose list', '- a\n\n- b', '- a\n\n- b'],
  ['numbers stand in line', '9. a\n10. b', ' 9. a\n10. b'],
  ['a nested list', '1. a\n   - b\n     - c', '1. a\n   - b\n     - c'],
  ['tasks', '- [x] a\n- [ ] b', '☑ a\n☐ b'],
  ['a quote', '> a\n>\n> > b', '> a\n>\n> > b'],
  ['code, as it is', '```js\nif (a)\n\n  b();\n```', '    if (a)\n\n      b();'],
  ['a rule', 'a\n\n---\n\nb', `a\n\n${' '.repeat(33)}* * *\n\nb`],
  ['a footnote', 'a[^x]\n\n[^x]: b', 'a[1]\n\nNotes\n\n[1] b'],
  ['a table', '|Bed|kg|\n|:-|-:|\n|玫瑰|12|\n|Kale|8.5|', 'Bed    kg\n----  ---\n玫瑰   12\nKale  8.5'],
  ['a centred column', '|a|\n|:-:|\n|bbbbb|', '  a\n-----\nbbbbb'],
  ['details', '<details><summary>S</summary>\n\nbody\n\n</details>', '*S*\n\nbody'],
  ['a figure', '<figure><img src="/a.jpg" alt="A"><figcaption>C</figcaption></figure>', '[Image: A]\n\nC'],
  ['ruby', '<ruby>漢<rt>かん</rt></ruby>字', '漢（かん）字'],
  ['ruby with parentheses', '<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>', '漢(かん)'],
  ['powers', 'm<sup>2</sup> H<sub>2</sub>O', 'm^2 H2O'],
  ['a list in a section is no list of footnotes', '<section><ol><li>a</li></ol></section>', '1. a'],
  ['a definition list', '<dl><dt>Loam</dt><dd>Good soil</dd></dl>', 'Loam\n\n    Good soil'],
  ['what mail cannot show', 'a <script>b</script> c', 'a c'],
  [
    'a video',
    '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>',
    '▶ Watch the video <https://www.youtube.com/watch?v=abcdefghijk>',
  ],
  ['a telephone number', '[tel:+886-2](tel:+886-2)', '<tel:+886-2>'],
  [
    'a cell over two columns and one over two rows',
    '<table><tr><td rowspan="2">ab</td><td colspan="2">cd</td></tr><tr><td>e</td><td>f</td></tr></table>',
    'ab  cd\n    e   f',
  ],
  ['paragraphs in a cell', '<table><tr><td><p>a</p><p>b<br>c</p></td></tr></table>', 'a / b / c'],
  [
    'a table in a table',
    '<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td><td>c</td></tr></table>',
    'a  b  c',
  ],
])('%s', (_, markdown, text) => {
  expect(articleOf(markdown).text).toBe(text);
});

test('a table too wide for the page becomes lines of heading and value', () => {
  const wide = 'x'.repeat(40);
  expect(articleOf(`|A|B|\n|-|-|\n|${wide}|${wide}|\n|1|2|`).text).toBe(
    `A: ${wide}\nB: ${wide}\n\nA: 1\nB: 2`,
  );
});

test('an item of a list hangs under its words', () => {
  const text = articleOf(`- ${'土'.repeat(40)}`).text;
  expect(text).toBe(`- ${'土'.repeat(35)}\n  ${'土'.repeat(5)}`);
});
