import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Issue } from '../../src/domain/issue.ts';
import { imageFolder, type ImageFolder } from './article/image-folder.ts';
import { SITE, filled, renderSample, renderedSample } from './sample-series.ts';

let folder: ImageFolder;
beforeAll(async () => {
  folder = await imageFolder();
  await folder.add('bed.jpg', 1104, 500);
  await folder.add('plan.svg', 100, 100);
  await folder.add('frost.avif', 100, 100);
  await folder.add('frost.png', 300, 200);
});
afterAll(() => folder.remove());

const htmlOf = async (body: string): Promise<string> =>
  filled((await renderedSample({ body }, {}, { siteUrl: SITE, findImage: folder.find })).html);

test.each<[string, string, string]>([
  [
    '![A <b>](leaf.webp)',
    '<a href="https://blog.example.com/posts/soil/leaf.webp">A &lt;b&gt;</a>',
    'alt="A <b>"',
  ],
  ['[![A](leaf.webp)](https://a.tw)', 'A', 'alt="A"'],
  ['a <img src="leaf.webp" alt=""> b', '', 'alt '],
  [
    '![--><![endif]--><script>](leaf.webp)',
    '--&gt;&lt;![endif]--&gt;&lt;script&gt;</a>',
    'alt="--><![endif]--><script>"',
  ],
])('Outlook gets words for the WebP image %s', async (body, words, alt) => {
  const html = await htmlOf(body);
  const [, forOutlook = '', forOthers = ''] =
    /<!--\[if mso\]>((?:(?!<!--)[^])*leaf\.webp[^]*?|[^<]*)<!\[endif\]--><!--\[if !mso\]><!-->(<img[^]*?)<!--<!\[endif\]-->/.exec(
      html,
    ) ?? [];
  expect(forOutlook).toContain(words);
  expect(forOthers).toContain('leaf.webp');
  expect(forOthers).toContain(alt);
});

test('a WebP image that stands alone is a picture like any other', async () => {
  expect(await htmlOf('![A](leaf.webp)')).toContain('class="picture"');
});

test('a post cannot speak to Outlook alone', async () => {
  const html = await htmlOf(
    'a <!--[if mso]><p>secret</p><![endif]--> b\n\n<!--[if !mso]><!--> c <!--<![endif]-->',
  );
  expect(html).not.toContain('secret');
});

test('the size of an image reaches the mail', async () => {
  expect(await htmlOf('![A](bed.jpg)')).toMatch(/<img[^>]* width="552" height="250"[^>]*height: ?auto/);
});

test.each([
  ['- ![A](bed.jpg)', 526, 238],
  ['> - ![A](bed.jpg)', 505, 229],
  ['> small ![A](bed.jpg)', 531, 240],
  ['<video poster="bed.jpg" src="a.mp4"></video>', 514, 233],
])('the image of %j is %i by %i px, inside what it stands in', async (body, width, height) => {
  expect(await htmlOf(body)).toMatch(new RegExp(`<img[^>]* width="${width}" height="${height}"`));
});

test('an image of unknown size has the width of the column for Outlook, and its own for others', async () => {
  expect(await htmlOf('![A](https://a.tw/x.jpg)')).toMatch(/<img[^>]* width="552"[^>]*width: ?auto/);
});

test('a video of the blog is a block of its own', async () => {
  const html = await htmlOf('a\n\n<iframe src="https://youtu.be/abcdefghijk"></iframe>\n\nb');
  expect(html).toContain('class="embed"');
});

test('an embed speaks the language of the series', async () => {
  const body = '<iframe src="https://youtu.be/abcdefghijk" title="雨"></iframe>';
  const { html, text } = await renderedSample({ body }, { language: 'zh-Hant' });
  for (const part of [html, text]) expect(filled(part)).toContain('▶ 觀看影片：雨');
});

test.each<[string, string, readonly string[]]>([
  ['bed.jpg', 'A bed', []],
  ['bed.jpg', '', ['alt-text']],
  ['frost.avif', 'Frost', []],
  ['plan.svg', 'A plan', ['image-format']],
  ['gone.png', 'Gone', ['missing-image']],
  ['data:image/png;base64,AAAA', 'A', ['image-format']],
])("the issue's image %s with %j breaks %j", async (url, alt, rules) => {
  const issue: Partial<Issue> = { image: { url, alt }, lines: { image: 3 } };
  const { problems } = await renderSample(issue, {}, { siteUrl: SITE, findImage: folder.find });
  expect(problems.map(({ rule }) => rule)).toEqual(rules);
  for (const problem of problems) {
    expect(problem).toMatchObject({ severity: 'warning', file: 'content/garden/02-soil.md', line: 3 });
  }
});

test("the issue's image is replaced by the same in a format that mail shows", async () => {
  const image = { url: 'frost.avif', alt: 'Frost' };
  const { html } = await renderedSample({ image }, {}, { siteUrl: SITE, findImage: folder.find });
  expect(filled(html)).toContain('src="https://blog.example.com/posts/soil/frost.png"');
});
