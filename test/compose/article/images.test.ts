import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Issue } from '../../../src/domain/issue.ts';
import { parseArticle } from '../../../src/compose/article/compose-article.ts';
import { findImages } from '../../../src/compose/article/images/find-images.ts';
import { sampleIssue, sampleSeries } from '../sample-series.ts';
import { articleOf, sampleWords, withoutSite } from './article-of.ts';
import { imageFolder, type ImageFolder } from './image-folder.ts';

let folder: ImageFolder;
beforeAll(async () => {
  folder = await imageFolder();
  await folder.add('bed.jpg', 400, 300);
  await folder.add('wide.png', 1104, 500);
  await folder.add('sharp@2x.png', 800, 400);
  await folder.add('土 壤.png', 10, 20);
  await folder.add('plan.svg', 100, 100);
  await folder.add('plan.png', 200, 100);
  await folder.add('leaf.webp', 300, 200);
  await folder.add('frost.webp', 300, 200);
  await folder.add('frost.jpg', 300, 200);
  await folder.add('heavy.jpg', 1200, 800, 1_200_000);
  await folder.add('vast.png', 4000, 3000);
  for (let part = 0; part < 9; part += 1) await folder.add(`part${part}.png`, 552, 300, 950_000);
});
afterAll(() => folder.remove());

async function found(body: string, changes: Partial<Issue> & { siteUrl?: string } = {}) {
  const issue = sampleIssue({ body, ...changes });
  const tree = parseArticle({ series: sampleSeries(issue), issue, webUrl: '' }, sampleWords, []);
  return articleOf(body, { ...changes, images: await findImages(tree, issue, folder.find) });
}

const POST = 'https://blog.example.com/posts/soil';

test.each([
  ['![A](bed.jpg)', 'width="400" height="300"'],
  ['![A](wide.png)', 'width="552" height="250"'],
  ['![A](wide.png?v=2)', 'width="552" height="250"'],
  ['![A](sharp@2x.png)', 'width="400" height="200"'],
  ['<img src="bed.jpg" alt="A" width="200">', 'width="200" height="150"'],
  ['<img src="bed.jpg" alt="A" width="200px" height="9">', 'width="200" height="150"'],
  ['<img src="bed.jpg" alt="A" height="30">', 'width="40" height="30"'],
  ['<img src="bed.jpg" alt="A" width="50%">', 'width="276" height="207"'],
  ['<img src="bed.jpg" alt="A" style="max-width: 9px; width: 200px">', 'width="200" height="150"'],
  ['<img src="bed.jpg" alt="A" width="2000">', 'width="552" height="414"'],
  ['<img src="bed.jpg" alt="A" width="auto" height="auto">', 'width="400" height="300"'],
  ['<img src="https://a.tw/x.jpg" alt="A" width="1104" height="600">', 'width="552" height="300"'],
  ['<img src="https://a.tw/x.jpg" alt="A" width="0">', 'alt="A">'],
  ['<img src="https://a.tw/x.jpg" alt="A" height="600">', 'alt="A">'],
])('%s is shown as %s', async (body, size) => {
  const { html, rules } = await found(body);
  expect(html).toContain(size);
  expect(html).not.toMatch(/style=|%"/);
  expect(rules).toEqual([]);
});

test.each<[string, Partial<Issue>, string]>([
  ['bed.jpg', {}, `${POST}/bed.jpg`],
  ['./bed.jpg', { file: 'content/posts/soil/index.md' }, `${POST}/bed.jpg`],
  ['<土 壤.png>', {}, `${POST}/%E5%9C%9F%20%E5%A3%A4.png`],
  ['/images/bed.jpg', {}, 'https://blog.example.com/images/bed.jpg'],
  ['https://blog.example.com/bed.jpg', {}, 'https://blog.example.com/bed.jpg'],
  ['//cdn.example.com/bed.jpg', {}, 'https://cdn.example.com/bed.jpg'],
  ['soil/bed.jpg', { file: 'source/_posts/soil.md' }, `${POST}/bed.jpg`],
  ['./soil/bed.jpg', { file: 'source/_posts/soil.md' }, `${POST}/bed.jpg`],
  ['other/bed.jpg', { file: 'source/_posts/soil.md' }, `${POST}/other/bed.jpg`],
  ['soil/bed.jpg', { file: 'content/garden/soil.md' }, `${POST}/soil/bed.jpg`],
])('the image %s of %j is at %s', async (address, changes, url) => {
  const { html, rules } = await found(`![A](${address})`, changes);
  expect(html).toContain(`src="${url}"`);
  expect(rules).toEqual([]);
});

test('an address in raw HTML is percent-encoded', () => {
  const { html } = articleOf('<img src="https://a.tw/土 壤.png" alt="A">');
  expect(html).toContain('src="https://a.tw/%E5%9C%9F%20%E5%A3%A4.png"');
});

test.each([
  ['![](bed.jpg)', ['alt-text']],
  ['![ ](bed.jpg)', ['alt-text']],
  ['![][bed]\n\n[bed]: bed.jpg', ['alt-text']],
  ['<img src="bed.jpg">', ['alt-text']],
  ['<img src="bed.jpg" alt="">', []],
  ['![](bed.jpg "A bed")', []],
  ['[![](bed.jpg)](https://a.tw)', ['alt-text']],
  ['<a href="https://a.tw"><img src="bed.jpg" alt=""></a>', ['alt-text']],
  ['<a href="https://a.tw"><img src="bed.jpg" alt=""> words</a>', []],
  ['![A](heavy.jpg)', ['large-image']],
  ['![A](vast.png)', ['large-image']],
  ['![A](gone.png)', ['missing-image']],
  ['![A](../gone.png)', ['missing-image']],
  ['![A](/gone.png)', []],
  ['![A](https://a.tw/gone.png)', []],
  ['![A](counter?id=3)', []],
  ['<img alt="A">', ['missing-image']],
  ['![A](chart.svg)', ['missing-image']],
  ['![A](plan.svg)', []],
  ['![A](https://a.tw/x.avif)', ['image-format']],
  ['![A](https://a.tw/x.HEIC?a=b.png)', ['image-format']],
  ['![A](data:image/png;base64,AAAA)', ['image-format']],
  ['![A](leaf.webp)', []],
])('%s breaks the rules %j', async (body, rules) => {
  const { problems } = await found(`one\n\n${body}`);
  expect(problems.map(({ rule }) => rule)).toEqual(rules);
  for (const problem of problems) {
    expect(problem).toMatchObject({ severity: 'warning', file: 'content/garden/02-soil.md', line: 7 });
    expect(problem.fix).toMatch(/\.$/);
  }
});

test('a large image is named, with its size and what to do', async () => {
  const { problems } = await found('![A](heavy.jpg) ![B](vast.png)');
  expect(problems.map(({ message }) => message)).toEqual([
    'The image "heavy.jpg" is 1.2 MB, and is loaded by every reader.',
    'The image "vast.png" is 4000 px wide, and is loaded by every reader.',
  ]);
});

test('many images that are large together are told once, each file counted once', async () => {
  const all = Array.from({ length: 9 }, (_, part) => `![A](part${part}.png)`).join(' ');
  expect((await found(all)).warnings).toEqual([
    'undefined: The 9 images of this issue are 8.6 MB together, and are loaded by every reader.',
  ]);
  expect((await found('![A](part0.png) '.repeat(9))).warnings).toEqual([]);
});

test.each([
  [
    'a sibling in the place of SVG',
    '![A](plan.svg)',
    `<img src="${POST}/plan.png" alt="A" width="200" height="100">`,
  ],
  ['a sibling in the place of WebP', '![A](frost.webp)', `src="${POST}/frost.jpg"`],
  ['WebP without a sibling', '![A](leaf.webp)', `src="${POST}/leaf.webp" alt="A" width="300" height="200"`],
  ['SVG elsewhere', '![A](https://a.tw/x.svg)', '<a href="https://a.tw/x.svg">[Image: A]</a>'],
  [
    'SVG in a link',
    '[![A](https://a.tw/x.svg)](https://b.tw)',
    '<p><a href="https://b.tw">[Image: A]</a></p>',
  ],
  ['SVG as decoration', 'a<img src="https://a.tw/x.svg" alt="">b', '<p>ab</p>'],
  [
    'a data: address',
    '![A](data:image/png;base64,AAAA)',
    '<a href="https://news.example.com/s/garden/soil">[Image: A]</a>',
  ],
  [
    'a late image',
    '<img src="data:image/gif;base64,R0" data-src="bed.jpg" alt="A">',
    `src="${POST}/bed.jpg"`,
  ],
  ['a later image', '<img src="spinner.gif" data-original="bed.jpg" alt="A">', `src="${POST}/bed.jpg"`],
  [
    'an image for those without scripts',
    '<noscript><img src="bed.jpg" alt="A"></noscript>',
    `src="${POST}/bed.jpg"`,
  ],
  [
    'a late image and the same for those without scripts',
    '<p><img data-src="x.jpg"><noscript><img src="bed.jpg" alt="A"></noscript></p>',
    `<p><img src="${POST}/bed.jpg" alt="A" width="400" height="300"></p>`,
  ],
  [
    'a picture of several formats',
    '<picture><source srcset="a.avif" type="image/avif"><source srcset="b.webp"><img src="bed.jpg" alt="A"></picture>',
    `src="${POST}/bed.jpg"`,
  ],
  [
    'a picture whose fallback is SVG',
    '<picture><source srcset="bed.jpg 1x, sharp@2x.png 2x"><img src="plan.svg" alt="A"></picture>',
    `src="${POST}/sharp@2x.png"`,
  ],
  [
    'a picture for the dark',
    '<picture><source srcset="dark.png" media="(prefers-color-scheme: dark)"><img src="x.svg" alt="A"></picture>',
    `href="${POST}/x.svg"`,
  ],
  [
    'a set of sizes',
    '<img srcset="s.jpg 480w, bed.jpg 1200w, l.jpg 4000w" alt="A">',
    `src="${POST}/bed.jpg"`,
  ],
])('%s', async (_, body, html) => {
  expect((await found(body)).html).toContain(html);
});

test.each(['./hero.png', '../../assets/hero.png', '@assets/hero.png'])(
  'Astro gives %s an address that nobody knows before',
  async (address) => {
    const { html, rules } = await found(`![A](${address})`, { file: 'src/content/blog/soil.mdx' });
    expect(html).toContain('<a href="https://news.example.com/s/garden/soil">[Image: A]</a>');
    expect(rules).toEqual([address.startsWith('@') ? 'image-address' : 'missing-image']);
  },
);

test('a fallback beside a post whose blog is unknown asks for SITE_URL', () => {
  const { html, problems } = articleOf('![A](plan.svg)', withoutSite);
  expect(html).toBe('<p>[Image: A]</p>');
  expect(problems).toMatchObject([{ rule: 'relative-address' }]);
});
