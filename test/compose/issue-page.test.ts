import { describe, expect, test } from 'vitest';
import type { Issue } from '../../src/domain/issue.ts';
import type { IssuePage } from '../../src/domain/issue-page.ts';
import { renderedSample, SITE } from './sample-series.ts';

interface Wish {
  readonly language?: string;
  readonly issue?: Partial<Issue>;
  /** We do not know where the blog is. */
  readonly hasNoBlog?: boolean;
}

async function pageOf(
  body: string,
  { language = 'en', issue = {}, hasNoBlog = false }: Wish = {},
): Promise<IssuePage> {
  const options = hasNoBlog ? {} : { siteUrl: SITE };
  return (await renderedSample({ body, ...issue }, { language }, options)).page;
}

const htmlOf = async (body: string, wish?: Wish): Promise<string> =>
  (await pageOf(body, wish)).html.replace(/>\n+</g, '><').trim();

const FRAME = '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ" title="Digging"></iframe>';
const DIAGRAM = '```mermaid\ngraph TD; A-->B\n```';
const WATCH = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ';

describe('images', () => {
  test.each([
    [
      'of the blog',
      '![A leaf](/leaf.png)',
      `<p><img src="${SITE}/leaf.png" alt="A leaf" loading="lazy"></p>`,
    ],
    [
      'of the blog, absolute',
      `![A leaf](${SITE}/leaf.png)`,
      `<p><img src="${SITE}/leaf.png" alt="A leaf" loading="lazy"></p>`,
    ],
  ])('%s are shown', async (_, body, html) => {
    expect(await htmlOf(body)).toBe(html);
  });

  const ELSEWHERE = 'https://elsewhere.example.com/leaf.png';
  test.each([
    [
      'with words',
      `![A leaf](${ELSEWHERE})`,
      `<p><a href="${ELSEWHERE}" class="image-link">[Image: A leaf]</a></p>`,
    ],
    [
      'under a name that only begins like the blog’s',
      `![A leaf](${SITE}.evil.example/a.png)`,
      `<p><a href="${SITE}.evil.example/a.png" class="image-link">[Image: A leaf]</a></p>`,
    ],
    [
      'of the blog, without TLS',
      '![A leaf](http://blog.example.com/a.png)',
      '<p><a href="http://blog.example.com/a.png" class="image-link">[Image: A leaf]</a></p>',
    ],
    ['for decoration', `A ![](${ELSEWHERE}) b`, '<p>A  b</p>'],
    ['for decoration, alone', `![](${ELSEWHERE})\n\nB`, '<p>B</p>'],
    [
      'in a link',
      `[![A leaf](${ELSEWHERE})](https://example.org/)`,
      '<p><a href="https://example.org/">[Image: A leaf]</a></p>',
    ],
    [
      'in a link, without words',
      `[![](${ELSEWHERE})](https://example.org/)`,
      '<p><a href="https://example.org/">[Image]</a></p>',
    ],
    [
      'of an embed, whose link stands below',
      FRAME,
      `<div class="embed"><p class="embed-title"><a href="${WATCH}">▶ Watch the video: Digging</a></p></div>`,
    ],
  ])('of other sites are links: %s', async (_, body, html) => {
    expect(await htmlOf(body)).toBe(html);
  });

  test('are all links where we do not know the blog', async () => {
    expect(await htmlOf(`![A leaf](${SITE}/leaf.png)`, { hasNoBlog: true })).toBe(
      `<p><a href="${SITE}/leaf.png" class="image-link">[Image: A leaf]</a></p>`,
    );
  });
});

describe('what mail can only show on the web', () => {
  test.each([
    [
      'en',
      '<p><a href="https://blog.example.com/posts/soil/">A diagram: see it in the original post</a></p>',
    ],
    ['zh-Hant', '<p><a href="https://blog.example.com/posts/soil/">這裡有一張圖表，請看原文</a></p>'],
    ['zh-Hans', '<p><a href="https://blog.example.com/posts/soil/">此处有一张图表，请看原文</a></p>'],
  ])('leads to the blog, in the language of the series: %s', async (language, html) => {
    expect(await htmlOf(DIAGRAM, { language })).toBe(`<div class="embed">${html}</div>`);
  });

  test.each([
    ['{{< map "here" >}}', '<p>(This part cannot be shown here.)</p>'],
    [DIAGRAM, '<div class="embed"><p>(There is a diagram here that cannot be shown.)</p></div>'],
    ['<form><input name="a"></form>', '<div class="embed"><p>(This part cannot be shown here.)</p></div>'],
  ])('is said to be missing where there is no blog to lead to: %s', async (body, html) => {
    expect(await htmlOf(body, { hasNoBlog: true })).toBe(html);
  });

  test('never leaves a mail’s slot or a link of the composer’s own', async () => {
    const { html } = await pageOf(
      `${DIAGRAM}\n\n{{< map >}}\n\n<video src="a.mp4"></video>\n\n<svg><title>x</title></svg>`,
      { hasNoBlog: true },
    );
    expect(html).not.toMatch(/slot[0-9a-f]{32}|partwork:/);
  });

  test('is in the mail as before', async () => {
    const { html } = await renderedSample({
      body: `${DIAGRAM}\n\n![A leaf](https://elsewhere.example.com/leaf.png)`,
    });
    const mail = html.join('');
    expect(mail).toContain('A diagram: see it on the web');
    expect(mail).toContain('src="https://elsewhere.example.com/leaf.png"');
  });
});

describe('notes', () => {
  test('are linked to and fro', async () => {
    expect(await htmlOf('A[^x] b[^y] c[^x].\n\n[^x]: One.\n[^y]: Two.')).toBe(
      '<p>A<sup><a class="note-mark" href="#note-1" role="doc-noteref" id="note-mark-1">[1]</a></sup>' +
        ' b<sup><a class="note-mark" href="#note-2" role="doc-noteref" id="note-mark-2">[2]</a></sup>' +
        ' c<sup><a class="note-mark" href="#note-1" role="doc-noteref">[1]</a></sup>.</p>' +
        '<section class="notes"><p class="notes-title">Notes</p><ol>' +
        '<li id="note-1"><p>One. <a class="note-back" href="#note-mark-1" role="doc-backlink" aria-label="Back to the text">↩\ufe0e</a></p></li>' +
        '<li id="note-2"><p>Two. <a class="note-back" href="#note-mark-2" role="doc-backlink" aria-label="Back to the text">↩\ufe0e</a></p></li>' +
        '</ol></section>',
    );
  });

  test('are left alone where a number only looks like a mark', async () => {
    expect(await htmlOf('x<sup>[2]</sup>, [y<sup>[1]</sup>](https://example.org/)')).not.toContain(
      'note-mark',
    );
  });
});

describe('for screens', () => {
  test('tables and code scroll by themselves and can be reached by keyboard', async () => {
    const html = await htmlOf('| A | B |\n| - | -: |\n| 1 | 2 |\n\n```js\nx\n```');
    expect(html).toContain('<div class="wide" tabindex="0"><table>');
    expect(html).toContain('<th scope="col" align="left">A</th><th align="right" scope="col">B</th>');
    expect(html).toContain('<pre tabindex="0" data-language="js"><code class="language-js">');
  });

  test('emphasis of Chinese words is dotted', async () => {
    expect(await htmlOf('*茶*與 *tea*', { language: 'zh-Hant' })).toBe(
      '<p><em class="dotted">茶</em>與 <em>tea</em></p>',
    );
  });

  test('the whole article is there, however long the mail may be', async () => {
    const body = Array.from(
      { length: 400 },
      (_, n) => `Paragraph ${n}. ${'Leaves and soil. '.repeat(30)}`,
    ).join('\n\n');
    expect(await htmlOf(body)).toContain('Paragraph 399.');
  });
});

test('says what the post says of itself', async () => {
  const page = await pageOf('Leaves.', {
    issue: {
      title: 'Soil &amp; **seed**',
      description: 'What lies below.',
      date: 1_770_000_000_000,
      image: { url: '/a.png', alt: 'A' },
      source: { url: 'https://example.org/', name: 'Notes' },
    },
  });
  expect(page).toEqual({
    title: 'Soil & seed',
    description: 'What lies below.',
    date: 1_770_000_000_000,
    readingMinutes: 1,
    image: { url: `${SITE}/a.png`, alt: 'A' },
    source: { url: 'https://example.org/', name: 'Notes' },
    canonicalUrl: `${SITE}/posts/soil/`,
    html: '<p>Leaves.</p>',
  });
});
