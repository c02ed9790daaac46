import { expect, test } from 'vitest';
import { articleOf } from '../article/article-of.ts';

test.each([
  ['a box of HTML', '<div markdown="1">\na[^1]\n</div>\n\n[^1]: the *note*'],
  ['a shortcode', 'a[^1]\n\n{{< notice >}}\nb\n\n[^1]: the *note*\n{{< /notice >}}'],
  ['a shortcode that refers', '{{< notice >}}\na[^1]\n{{< /notice >}}\n\n[^1]: the *note*'],
])('a note reaches over the edge of %s', (_, body) => {
  const { html, warnings } = articleOf(body);
  expect(html).toContain('a<sup>[1]</sup>');
  expect(html).toContain('the <em>note</em>');
  expect(warnings).toEqual([]);
});

test.each([
  '<div markdown="1">\n[b][r]\n</div>\n\n[r]: https://a.example',
  '[b][r]\n\n{{< notice >}}\n[r]: https://a.example\n{{< /notice >}}',
])('%j: so does the address of a link', (body) => {
  expect(articleOf(body).html).toContain('<a href="https://a.example">b</a>');
});

test('lines in a box keep their numbers', () => {
  const { problems } = articleOf('<div markdown="1">\na[^1] [x](./nowhere.md)\n</div>\n\n[^1]: n');
  expect(problems).toMatchObject([{ rule: 'broken-link', line: 6 }]);
});

test('a note that nothing refers to is told', () => {
  const { html, problems } = articleOf('a[^1]\n\n[^1]: n\n\n[^2]: lost');
  expect(html).not.toContain('lost');
  expect(problems).toMatchObject([{ rule: 'unused-note', severity: 'warning', line: 9 }]);
});

test('a mark whose note was left out with its tag is words', () => {
  const body = 'a[^1]\n\n{% if x %}\n[^1]: n\n{% endif %}';
  expect(articleOf(body, { file: '_posts/2026-01-05-soil.md' }).html).toContain('<p>a[^1]</p>');
});
