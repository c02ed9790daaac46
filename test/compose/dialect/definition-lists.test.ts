import { expect, test } from 'vitest';
import { articleOf } from '../article/article-of.ts';

test.each<[string, string, string]>([
  [
    'a term and two definitions',
    'Ash\n: a tree\n: what fire leaves',
    'Ash\n\n    a tree\n\n    what fire leaves',
  ],
  ['two terms', 'Ash\nBay\n: trees', 'Ash\n\nBay\n\n    trees'],
  ['an empty line between', 'Ash\n\n: a tree', 'Ash\n\n    a tree'],
  ['a lazy line', 'Ash\n: a\ntree', 'Ash\n\n    a tree'],
  ['blocks inside', 'Ash\n: a tree\n\n    - tall\n    - grey', 'Ash\n\n    a tree\n\n    - tall\n    - grey'],
  ['Chinese', '白蠟\n: 一種樹', '白蠟\n\n    一種樹'],
  ['a full-width colon is a colon', '白蠟\n：一種樹', '白蠟：一種樹'],
  ['without a space it is none', 'Ash\n:a tree', 'Ash :a tree'],
  ['in a quote', '> Ash\n> : a tree', '> Ash\n>\n>     a tree'],
  ['in a list', '- item\n\n  Ash\n  : a *tall* tree', '- item\n\n  Ash\n\n      a tall tree'],
  ['in code', '```\nAsh\n: a tree\n```', '    Ash\n    : a tree'],
])('definition lists: %s', (_, markdown, text) => {
  expect(articleOf(markdown).text).toBe(text);
});

test('are lists of HTML', () => {
  const { html } = articleOf('Ash\n: a tree\n\nBay\n: another');
  expect(html.replace(/\s+/g, ' ')).toBe(
    '<dl> <dt>Ash</dt> <dd>a tree </dd> <dt>Bay</dt> <dd>another </dd> </dl>',
  );
});

test('several paragraphs of a definition stay apart', () => {
  expect(articleOf('Ash\n: a tree\n\n    a tall one').html).toContain('<p>a tree</p>\n<p>a tall one</p>');
});

test('very many are found as well', () => {
  const { html } = articleOf('Ash\n: a tree\n\n'.repeat(200));
  expect(html.match(/<dt>/g)).toHaveLength(200);
});
