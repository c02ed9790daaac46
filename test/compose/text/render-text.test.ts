import { expect, test } from 'vitest';
import { element, text } from '../../../src/compose/article/element.ts';
import { renderText } from '../../../src/compose/text/render-text.ts';
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
  ['a list straight in a list', '<ul><li>A</li><ul><li>B</li></ul><li>C</li></ul>', '- A\n  - B\n- C'],
  ['a numbered one', '<ol><li>A</li><ol><li>B</li></ol><li>C</li></ol>', '1. A\n   1. B\n2. C'],
  ['a list that begins with a list', '<ul><ul><li>B</li></ul><li>C</li></ul>', '  - B\n- C'],
  ['nothing but a list in a list', '<ul><ul><li>B</li></ul></ul>', '- B'],
  ['words between items', '<ul>one <b>two</b><li>A</li>three</ul>', '  one *two*\n- A\n  three'],
  ['a paragraph between items', '<ul><li>A</li><p>one</p><li>B</li></ul>', '- A\n\n  one\n\n- B'],
  ['a list counted down', '<ol reversed><li>A</li><li>B</li></ol>', '2. A\n1. B'],
  ['one from a number', '<ol reversed start="9"><li>A</li><li>B</li></ol>', '9. A\n8. B'],
  ['an item with its own number', '<ol><li>A</li><li value="9">B</li><li>C</li></ol>', ' 1. A\n 9. B\n10. C'],
  ['a number that is none', '<ol start="x"><li value="y">A</li><li>B</li></ol>', '1. A\n2. B'],
  ['an empty list', 'a<ul> <!-- x --> </ul>', 'a'],
  [
    'odd children of a definition list',
    '<dl>one<dd>A</dd><p>two</p><dt>B</dt></dl>',
    'one\n\n    A\n\ntwo\n\nB',
  ],
  ['words among rows', '<table>one<tr>two<td>A</td></tr><p>three</p></table>', 'onetwo\n\nthree\n\nA'],
  [
    'rows within and without a body',
    '<table><tr><td>A</td></tr><tbody><tr><td>B</td></tr></tbody></table>',
    'A\nB',
  ],
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

const SOIL = 'soil '.repeat(8).trim();

test.each([
  ['nothing but a head', `|${SOIL}|${SOIL}|\n|-|-|`, `${SOIL}\n${SOIL}`],
  ['rows without a word', `|${SOIL}|${SOIL}|\n|-|-|\n| | |`, `${SOIL}\n${SOIL}`],
  [
    'a column without a word',
    `|${SOIL}|B|${SOIL}|\n|-|-|-|\n|1| |2|\n|3| | |`,
    `${SOIL}: 1\nB:\n${SOIL}: 2\n\n${SOIL}: 3\nB:`,
  ],
  [
    'rows shorter than the head',
    `<table><tr><th>${SOIL}</th><th>${SOIL}</th></tr><tr><td>1</td></tr></table>`,
    `${SOIL}: 1\n${SOIL}:`,
  ],
])('no heading is lost of a table too wide for the page: %s', (_, markdown, text) => {
  expect(articleOf(markdown).text).toBe(text);
});

test('an item of a list hangs under its words', () => {
  const text = articleOf(`- ${'土'.repeat(40)}`).text;
  expect(text).toBe(`- ${'土'.repeat(35)}\n  ${'土'.repeat(5)}`);
});

test('no words are lost in a table that no HTML parser has put in order', () => {
  const cell = element('td', {}, [text('cell')]);
  const row = element('tr', {}, [text('in a row'), cell]);
  const body = element('tbody', {}, [element('p', {}, [text('in a body')]), row]);
  const caption = element('caption', {}, [text('caption')]);
  const table = element('table', {}, [text('loose'), element('td', {}, [text('free cell')]), body, caption]);
  expect(renderText({ type: 'root', children: [table] }, () => '')).toBe(
    'caption\n\nloose\n\nin a body\n\nin a row\n\nfree cell\ncell',
  );
});
