import { expect, test } from 'vitest';
import { articleOf } from '../article/article-of.ts';

const TABLE = `before

<table>
  <tr>

    <td>Peas</td>

    <td>March</td>

  </tr>

    <tr>
        <td>Beans</td>

\t<td>May</td>
    </tr>
</table>

after`;

test('cells of a table stay in it, however far they are indented after a blank line', () => {
  const { html, text } = articleOf(TABLE);
  expect(html).not.toContain('<pre>');
  expect(html.indexOf('before')).toBeLessThan(html.indexOf('<table>'));
  expect(html.indexOf('<td>May</td>')).toBeLessThan(html.indexOf('</table>'));
  expect(text).not.toContain('<td>');
});

test.each([
  ['a list', '<ul>\n\n    <li>Peas</li>\n\n    <li>Beans</li>\n\n</ul>', '<li>Peas</li>\n<li>Beans</li>'],
  ['definitions', '<dl>\n  <dt>Peas</dt>\n\n      <dd>March</dd>\n</dl>', '<dd>March</dd>'],
  [
    'a figure',
    '<figure>\n\n    <img src="/a.png" alt="A">\n\n    <figcaption>C</figcaption>\n</figure>',
    '<figcaption>C</figcaption>',
  ],
  ['a box of tags', '<div>\n  <p>Peas</p>\n\n    <p>Beans</p>\n</div>', '<p>Peas</p>\n<p>Beans</p>'],
  [
    'a box in a box',
    '<div>\n  <div>\n\n    <div>\n    <p>Beans</p></div>\n  </div>\n\n    <p>Peas</p>\n</div>',
    '<p>Peas</p>',
  ],
])('%s is HTML to its end', (_, body, html) => {
  const article = articleOf(body);
  expect(article.html).toContain(html);
  expect(article.html).not.toContain('<pre>');
});

test.each([
  ['an indented tag on its own', 'a\n\n    <td>x</td>\n\nb'],
  ['what follows the element', '<table>\n<tr><td>a</td></tr>\n</table>\n\n    <td>x</td>'],
  ['an element that never ends', '<ul>\n\n    <td>x</td>'],
  ['a fence', '```html\n<table>\n\n    <td>x</td>\n\n</table>\n```'],
  ['a fence in the element', '<div>\n  <p>a</p>\n\n```html\n\n    <td>x</td>\n```\n\n</div>'],
  ['Markdown in a box', '<div>\n\n    <td>x</td>\n\n</div>'],
  ['text that is code', '<div>\n  <p>a</p>\n\n    one\n    <td>x</td>\n\n</div>'],
])('%s is code as before', (_, body) => {
  expect(articleOf(body).html).toContain('    <td>x'.trimStart().replaceAll('<', '&#x3C;'));
});

test('blanks stay in an element that keeps them', () => {
  expect(articleOf('<div>\n  <p>a</p>\n\n<pre>\n\n    <b>x</b></pre>\n</div>').html).toContain('    <b>x');
});

test('lines keep their numbers', () => {
  const { problems } = articleOf(`${TABLE}\n\n[x](./nowhere.md)`);
  expect(problems).toMatchObject([{ line: 5 + TABLE.split('\n').length + 1 }]);
});

test('many that never end are no trouble', () => {
  expect(articleOf(`${'<ul>\n\n'.repeat(100)}${'x\n\n'.repeat(2_000)}`).html).toContain('x');
});

test.each([
  ['<iframe src="https://a.example/">\n\nthe rest', 'iframe'],
  ['<iframe src="https://a.example/" />\n\nthe rest', 'iframe'],
  ['<iframe src="https://a.example/">\n\nthe rest\n\n<iframe src="https://b.example/"></iframe>', 'iframe'],
  ['a <textarea> the rest', 'textarea'],
  ['a <title> the rest', 'title'],
])('%j is closed, and what follows is kept', (body, name) => {
  const { html, problems } = articleOf(body);
  expect(html).toContain('the rest');
  expect(problems).toContainEqual(
    expect.objectContaining({ rule: 'html-unmailable', line: 5, fix: `Write </${name}> where it ends.` }),
  );
});

test.each([
  '<iframe src="https://a.example/"></iframe>',
  '<iframe src="https://a.example/">\n\n</iframe>',
  '<!-- <iframe> -->',
  '`<iframe>`',
])('%j needs no closing', (body) => {
  expect(articleOf(body).warnings).toEqual([]);
});

test.each([
  ['Type <your name> here', '<p>Type &#x3C;your name> here</p>'],
  ['vector<int> a, Promise<string> b', '<p>vector&#x3C;int> a, Promise&#x3C;string> b</p>'],
  ['<your name>', '<p>&#x3C;your name></p>'],
  ['a <kbd>b</kbd><wbr> c<br>d', '<p>a <kbd>b</kbd><wbr> c<br>d</p>'],
  ['a <swatch>b</swatch> <my-part> c <swatch color="red"> d', '<p>a b  c  d</p>'],
])('%j: what no HTML has is words', (body, html) => {
  expect(articleOf(body).html).toBe(html);
});
