import { describe, expect, test } from 'vitest';
import { imagePlaceholder } from '../../src/web/preview/image-placeholder.ts';
import { replaceSources, type ImageTag } from '../../src/web/preview/image-tags.ts';
import { inboxWords } from '../../src/web/preview/inbox-words.ts';
import { inScheme } from '../../src/web/preview/in-scheme.ts';
import { viewOf, withView } from '../../src/web/preview/preview-view.ts';

const boxFor = (image: Partial<ImageTag>) =>
  decodeURIComponent(imagePlaceholder({ src: 'https://elm.example.org/a.png', alt: '', ...image }, 'light'));
const styled = (query: string) => `<head><style>@media ${query} { a { color: red } }</style></head>`;
const hidden = (text: string) =>
  `<body class="desk"> <div style="display:none;font-size:1px">${text}</div><p>More.</p></body>`;

describe('images of a mail', () => {
  test.each<[string, ImageTag, string]>([
    ['<img src="a.png" alt="A">', { src: 'a.png', alt: 'A' }, '<img src="/new" alt="A">'],
    ["<IMG SRC='a.png'>", { src: 'a.png', alt: '' }, '<img src="/new">'],
    ['<img src=a.png width=20 />', { src: 'a.png', alt: '', width: 20 }, '<img src="/new" width=20 />'],
    [
      '<img alt="a > b" src="a.png?b=1&amp;c=2">',
      { src: 'a.png?b=1&c=2', alt: 'a > b' },
      '<img src="/new" alt="a > b">',
    ],
    [
      '<img src="a.png" srcset="b.png 2x" height="auto">',
      { src: 'a.png', alt: '' },
      '<img src="/new" height="auto">',
    ],
    [
      '<img data-src="b.png" src="&#97;&#x2e;png">',
      { src: 'a.png', alt: '' },
      '<img src="/new" data-src="b.png">',
    ],
    [
      '<img alt="&lt;b&gt; &amp;amp; &unknown;" src="">',
      { src: '', alt: '<b> &amp; &unknown;' },
      '<img src="/new" alt="&lt;b&gt; &amp;amp; &unknown;">',
    ],
  ])('%s', async (html, image, shown) => {
    const seen: ImageTag[] = [];
    const replaced = await replaceSources(`<p>${html}</p>`, async (tag) => {
      seen.push(tag);
      return '/new';
    });
    expect(seen).toEqual([image]);
    expect(replaced).toBe(`<p>${shown}</p>`);
  });

  test('the words of an image that is written about stay', async () => {
    const html = '<p>&lt;img src="a.png"&gt;</p>';
    expect(await replaceSources(html, async () => '/new')).toBe(html);
  });
});

describe('a box in the place of an image', () => {
  test.each([
    [{ width: 300, height: 90 }, 'width="300" height="90"'],
    [{ width: 300 }, 'width="300" height="150"'],
    [{ height: 90 }, 'width="180" height="90"'],
    [{}, 'size unknown'],
    [{ alt: '<b>"&' }, '“&lt;b&gt;&quot;&amp;”'],
    [{ alt: '花'.repeat(100) }, '…</text>'],
    [{ src: 'no address' }, 'Not fetched: elsewhere'],
  ])('%j', (image, words) => {
    expect(boxFor(image)).toContain(words);
  });

  test('has no words where there is no room for them', () => {
    expect(boxFor({ width: 20, height: 20 })).not.toContain('<text');
  });
});

describe('in a colour scheme', () => {
  test.each([
    ['(prefers-color-scheme: dark)', 'dark', '(min-width: 0)'],
    ['(prefers-color-scheme: dark)', 'light', '(max-width: 0)'],
    ['screen and (PREFERS-COLOR-SCHEME:light)', 'light', 'screen and (min-width: 0)'],
    ['not (prefers-color-scheme: light)', 'dark', 'not (max-width: 0)'],
  ] as const)('%s in %s is %s', (query, scheme, shown) => {
    expect(inScheme(styled(query), scheme)).toContain(styled(shown).slice(0, -'</head>'.length));
  });

  test('what a post says about it stays', () => {
    const code = '<p><code>@media (prefers-color-scheme: dark)</code></p>';
    expect(inScheme(code, 'dark')).toContain(code);
  });

  test.each([
    '<meta name="color-scheme" content="light dark">',
    '<meta content="light" name="supported-color-schemes">',
  ])('%s', (meta) => {
    expect(inScheme(`<head>${meta}</head>`, 'dark')).toContain(
      ':root { color-scheme: dark !important; }</style></head>',
    );
  });
});

describe('the view', () => {
  test.each([
    [{}, '/a'],
    [{ tab: 'mail', width: 'phone', scheme: 'light' }, '/a'],
    [{ tab: 'text', scheme: 'dark' }, '/a?tab=text&scheme=dark'],
    [{ width: 'desktop' }, '/a?width=desktop'],
    [{ tab: 'toString', width: '"><script>', scheme: '' }, '/a'],
  ])('%j is %s', (query: Record<string, string>, address) => {
    expect(
      withView(
        '/a',
        viewOf((name) => query[name]),
      ),
    ).toBe(address);
  });
});

describe('what a list of mails shows beside the subject', () => {
  test.each([
    [hidden('Wrap the roses.'), 'Wrap the roses.'],
    [hidden('Wrap &amp; wait.\u034f\u2007\u034f\u2007 '), 'Wrap & wait.'],
    [hidden(''), ''],
    ['<body><p>More.</p></body>', ''],
  ])('%j', (html, words) => {
    expect(inboxWords(html)).toBe(words);
  });
});
