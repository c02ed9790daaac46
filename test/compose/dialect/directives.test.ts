import { describe, expect, test } from 'vitest';
import { articleOf } from '../article/article-of.ts';

const callout = (kind: string, title: string, inside: string): string =>
  `<div class="callout callout-${kind}"><p class="callout-title">${title}</p>${inside}</div>`;

const flat = (html: string): string => html.replace(/\s*\n\s*/g, '');

test.each([
  [':::note\na **b**\n:::', callout('note', 'Note', '<p>a <strong>b</strong></p>')],
  [':::tip[T]\n:::', callout('tip', 'T', '')],
  [':::tip[T *u*]\na\n:::', callout('tip', 'T <em>u</em>', '<p>a</p>')],
  ['::: warning Ha ha\na\n:::', callout('warning', 'Ha ha', '<p>a</p>')],
  [':::danger{title="T"}\na\n:::', callout('caution', 'T', '<p>a</p>')],
  [
    '::::note\n\n:::tip\na\n:::\n\nb\n\n::::',
    callout('note', 'Note', `${callout('tip', 'Tip', '<p>a</p>')}<p>b</p>`),
  ],
  [
    ':::note\n:::tip\na\n:::\nb\n:::',
    callout('note', 'Note', `${callout('tip', 'Tip', '<p>a</p>')}<p>b</p>`),
  ],
  ['- a\n\n  :::note\n  b\n  :::\n\n- c', `<p>a</p>${callout('note', 'Note', '<p>b</p>')}</li>`],
  ['> :::note\n> a\n> :::', `<blockquote>${callout('note', 'Note', '<p>a</p>')}</blockquote>`],
  ['a\n:::note\nb\n:::\nc', `<p>a</p>${callout('note', 'Note', '<p>b</p>')}<p>c</p>`],
  ['::: details Fold\na\n:::', '<div><p><strong>Fold</strong></p><p>a</p></div>'],
  ['::: code-group\n\n```sh [npm]\na\n```\n\n:::', '<pre><code class="language-sh">a</code></pre>'],
  [
    '::: tabs\n@tab A\na\n@tab:active B#b\nb\n:::',
    '<p><strong>A</strong></p><p>a</p><p><strong>B</strong></p><p>b</p>',
  ],
  ['::: v-pre\n{{ a }}\n:::', '<p><code>{{ a }}</code></p>'],
  ['::: center\na\n:::', '<p>a</p>'],
  ['::github{repo="elm/dig"}', '<a href="https://github.com/elm/dig">Open on github.com</a>'],
  ['::youtube{#dQw4w9WgXcQ}', 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"'],
  ['`:::note`', '<p><code>:::note</code></p>'],
  ['```\n:::note\n```', '<pre><code>:::note</code></pre>'],
  ['a :::note b', '<p>a :::note b</p>'],
  ['::before\n\n10::30', '<p>::before</p><p>10::30</p>'],
])('%j', (body, html) => {
  const article = articleOf(body);
  expect(flat(article.html)).toContain(html);
  expect(article.warnings).toEqual([]);
});

test.each([
  [':::mystery\n*a*\n:::', '<p><em>a</em></p>', 'only what it holds was kept'],
  [
    ':::mystery[The *words*]\na\n:::',
    '<p><strong>The <em>words</em></strong></p>\n<p>a</p>',
    'only what it holds was kept',
  ],
  [':::mystery The words\n:::', '<p><strong>The words</strong></p>', 'only what it holds was kept'],
  ['::mystery[The words]', '<p><strong>The words</strong></p>', 'only what it holds was kept'],
  [':::note\n\na', '<p>a</p>', 'it was left out'],
  ['a\n\n:::', '<p>a</p>', 'it was left out'],
])('%j is told, and loses no words', (body, html, instead) => {
  const article = articleOf(body);
  expect(article.html).toBe(html);
  expect(article.problems).toMatchObject([{ rule: 'template-syntax', severity: 'warning' }]);
  expect(article.problems[0]?.message).toContain(instead);
});

describe('alerts', () => {
  test.each([
    ['> [!NOTE]\n> a', callout('note', 'Note', '<p>a</p>')],
    ['> [!NOTE]\r\n> a\r\n> b', callout('note', 'Note', '<p>ab</p>')],
    ['> [!NOTE] T \r\n> a', callout('note', 'T', '<p>a</p>')],
    ['> [!IMPORTANT]\n>\n> a', callout('important', 'Important', '<p>a</p>')],
    [
      '> [!tip] T **u**\n> a\n>\n> - b',
      callout('tip', 'T <strong>u</strong>', '<p>a</p><ul><li>b</li></ul>'),
    ],
    ['> [!warning]- Folded\n> a', callout('warning', 'Folded', '<p>a</p>')],
    ['> [!FAQ]+\n> a', callout('note', 'Note', '<p>a</p>')],
    ['> [!danger|left] T', callout('caution', 'T', '')],
    [
      '> [!bug]\n> a\n> > [!note]\n> > b',
      callout('caution', 'Caution', `<p>a</p>${callout('note', 'Note', '<p>b</p>')}`),
    ],
    ['> [!mine]\n> a', callout('note', 'Note', '<p>a</p>')],
    ['- > [!NOTE]\n  > a', callout('note', 'Note', '<p>a</p>')],
    ['> a [!NOTE]', '<blockquote><p>a [!NOTE]</p></blockquote>'],
    ['> `[!NOTE]`', '<blockquote><p><code>[!NOTE]</code></p></blockquote>'],
  ])('%j', (body, html) => {
    expect(flat(articleOf(body).html)).toContain(html);
  });

  test('are quotes with a title in the text part', () => {
    expect(articleOf('> [!TIP] Do **this**\n> a\n>\n> - b').text).toBe('> *Do this*\n>\n> a\n>\n> - b');
  });
});
