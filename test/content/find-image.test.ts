import { spawnSync } from 'node:child_process';
import { mkdir, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createImageFinder } from '../../src/content/find-image.ts';
import type { Issue } from '../../src/domain/issue.ts';
import { folderWith } from './content-folder.ts';
import { avif, gif, jpg, png, webp } from './image-bytes.ts';

const issueAt = (file: string, aliases: string[] = []): Issue => ({
  id: 'a' as Issue['id'],
  number: 1,
  title: 'A',
  subject: 'A',
  preheader: '',
  description: '',
  aliases,
  body: '',
  params: {},
  file,
  bodyLine: 1,
  lines: {},
});

interface Asked {
  readonly content: string;
  readonly post: string;
  readonly siteUrl?: string;
  readonly aliases?: string[];
}

/** Where in the site the image was found, or undefined. */
async function placeOf(root: string, url: string, { content, post, siteUrl, aliases }: Asked) {
  const find = createImageFinder({ contentFolder: join(root, content), siteUrl });
  const found = await find(issueAt(join(root, post), aliases), url);
  return found && relative(root, found.path);
}

async function siteWith(...places: string[]): Promise<string> {
  return folderWith(Object.fromEntries(places.map((place) => [place, png(3, 2)])));
}

describe('an image is found', () => {
  const hugo = { content: 'content', post: 'content/posts/frost/index.md', siteUrl: 'https://example.com/' };
  const hugoFiles = ['hugo.toml', 'content/posts/frost/a b.png', 'content/posts/frost/deep/x.png'];
  const hugoStatics = [
    'static/images/x.png',
    'assets/y.png',
    'static/posts/frost/z.png',
    'content/images/own.png',
  ];
  const leaf = { ...hugo, post: 'content/posts/frost.md', aliases: ['frost', '/posts/frost/', '/old.html'] };
  const blog = { ...hugo, siteUrl: 'https://example.com/blog/' };
  const hexo = { content: 'source/_posts', post: 'source/_posts/walk.md' };
  const hexoFiles = ['_config.yml', 'source/_posts/walk/lamp.png', 'source/images/x.png'];
  const astro = { content: 'src/content/blog', post: 'src/content/blog/bird/index.mdx' };
  const astroFiles = [
    'astro.config.mjs',
    'src/assets/hero.png',
    'src/content/blog/bird/y.png',
    'public/icon.png',
  ];
  const jekyll = { content: '.', post: '_posts/2026-01-10-bread.md', siteUrl: 'https://example.com' };
  const jekyllFiles = ['_config.yml', 'assets/img/loaf.png', 'images/old.png'];
  const ours = { content: 'letters', post: 'letters/garden/1.md' };
  const oursFiles = ['letters/garden/_index.md', 'letters/images/garden/x.png'];
  const beside = { content: 'letters', post: 'blog/posts/1.md' };
  const besideFiles = ['letters/garden/_index.md', 'blog/static/x.png', 'blog/posts/y.png'];

  test.each<[string, Asked, string[], string, string]>([
    ['in a leaf bundle', hugo, hugoFiles, 'a%20b.png', 'content/posts/frost/a b.png'],
    ['by its plain name', hugo, hugoFiles, 'a b.png', 'content/posts/frost/a b.png'],
    ['with a point', hugo, hugoFiles, './deep/x.png', 'content/posts/frost/deep/x.png'],
    ['written on Windows', hugo, hugoFiles, '.\\deep\\x.png', 'content/posts/frost/deep/x.png'],
    ['with a query', hugo, hugoFiles, 'deep/x.png?v=2#top', 'content/posts/frost/deep/x.png'],
    ['by the way around', hugo, hugoFiles, '../frost/deep/x.png', 'content/posts/frost/deep/x.png'],
    ['from the root', hugo, [...hugoFiles, ...hugoStatics], '/images/x.png', 'static/images/x.png'],
    ['above the root', hugo, [...hugoFiles, ...hugoStatics], '/../../images/x.png', 'static/images/x.png'],
    ['in assets', hugo, [...hugoFiles, ...hugoStatics], '/y.png', 'assets/y.png'],
    [
      'in a bundle, from the root',
      hugo,
      hugoFiles,
      '/posts/frost/deep/x.png',
      'content/posts/frost/deep/x.png',
    ],
    [
      'with the address',
      hugo,
      [...hugoFiles, ...hugoStatics],
      'https://example.com/images/x.png',
      'static/images/x.png',
    ],
    [
      'with http',
      hugo,
      [...hugoFiles, ...hugoStatics],
      'http://EXAMPLE.com/images/x.png?x',
      'static/images/x.png',
    ],
    [
      'without scheme',
      hugo,
      [...hugoFiles, ...hugoStatics],
      '//example.com/images/x.png',
      'static/images/x.png',
    ],
    ['of a theme', hugo, [...hugoFiles, ...hugoStatics], 'images/x.png', 'static/images/x.png'],
    [
      'in a blog in a folder',
      blog,
      [...hugoFiles, ...hugoStatics],
      '/blog/images/x.png',
      'static/images/x.png',
    ],
    [
      'there with the address',
      blog,
      [...hugoFiles, ...hugoStatics],
      'https://example.com/blog/images/x.png',
      'static/images/x.png',
    ],
    [
      'there without the folder',
      blog,
      [...hugoFiles, ...hugoStatics],
      '/images/x.png',
      'static/images/x.png',
    ],
    [
      'in the content folder',
      hugo,
      [...hugoFiles, ...hugoStatics],
      '/images/own.png',
      'content/images/own.png',
    ],
    ['below the post', leaf, [...hugoFiles, ...hugoStatics], 'z.png', 'static/posts/frost/z.png'],
    ['above the post', leaf, [...hugoFiles, ...hugoStatics], '../../images/x.png', 'static/images/x.png'],
    ['in an asset folder', hexo, hexoFiles, 'lamp.png', 'source/_posts/walk/lamp.png'],
    ['with the asset folder', hexo, hexoFiles, 'walk/lamp.png', 'source/_posts/walk/lamp.png'],
    ['in Hexo’s source', hexo, hexoFiles, '/images/x.png', 'source/images/x.png'],
    ['beside an MDX file', astro, astroFiles, './y.png', 'src/content/blog/bird/y.png'],
    ['in Astro’s assets', astro, astroFiles, '../../../assets/hero.png', 'src/assets/hero.png'],
    ['in Astro’s public', astro, astroFiles, '/icon.png', 'public/icon.png'],
    ['in Jekyll’s assets', jekyll, jekyllFiles, '/assets/img/loaf.png', 'assets/img/loaf.png'],
    ['without a slash', jekyll, jekyllFiles, 'assets/img/loaf.png', 'assets/img/loaf.png'],
    ['in a folder of the site', jekyll, jekyllFiles, '/images/old.png', 'images/old.png'],
    ['without any generator', ours, oursFiles, '/images/garden/x.png', 'letters/images/garden/x.png'],
    ['beside the content folder', ours, [...oursFiles, 'static/x.png'], '/x.png', 'static/x.png'],
    [
      'near',
      ours,
      [...oursFiles, 'letters/garden/static/x.png', 'letters/static/x.png'],
      '/x.png',
      'letters/garden/static/x.png',
    ],
    ['in a blog next door', beside, besideFiles, '/x.png', 'blog/static/x.png'],
    ['beside a post next door', beside, besideFiles, 'y.png', 'blog/posts/y.png'],
    [
      'in the content folder, for a post next door',
      beside,
      [...besideFiles, 'letters/garden/z.png'],
      '../../letters/garden/z.png',
      'letters/garden/z.png',
    ],
  ])('%s', async (_, asked, files, url, expected) => {
    expect(await placeOf(await siteWith(...files), url, asked)).toBe(expected);
  });

  test.each([
    ['e\u0301te\u0301.png', '%C3%A9t%C3%A9.png'],
    ['\u00e9t\u00e9.png', 'e\u0301te\u0301.png'],
    ['雪 (一).PNG', '雪 (一).PNG'],
    ['50%.png', '50%.png'],
    ['a#b.png', 'a%23b.png'],
  ])('called %s when the post says %s', async (name, url) => {
    const root = await siteWith(`garden/${name}`, `static/${name}`);
    const asked = { content: '.', post: 'garden/1.md' };
    expect(await placeOf(root, url, asked)).toBe(`garden/${name}`);
    expect(await placeOf(root, `/${url}`, asked)).toBe(`static/${name}`);
  });
});

describe('no image is found', () => {
  const asked = { content: 'site/content', post: 'site/content/garden/1.md', siteUrl: 'https://example.com' };
  const files = [
    'secret.png',
    'site/hugo.toml',
    'site/content/garden/.hidden.png',
    'site/content/garden/.git/x.png',
    'site/content/garden/notes.txt',
    'site/content/garden/folder.png/x',
    'site/static/x.png',
  ];

  test.each([
    '../../../secret.png',
    '..%2F..%2F..%2Fsecret.png',
    '%2e%2e/%2e%2e/%2e%2e/secret.png',
    '..\\..\\..\\secret.png',
    '/../secret.png',
    'static/../../../../secret.png',
    '.hidden.png',
    '.git/x.png',
    '/garden/.git/x.png',
    'notes.txt',
    'notes.txt#a.png',
    'notes.txt\0.png',
    'notes.txt%00.png',
    'folder.png',
    'missing.png',
    'X.png',
    '',
    '#a.png',
    '?a.png',
    'data:image/png;base64,AAAA.png',
    'file:///etc/passwd.png',
    'https://example.org/x.png',
    '//example.org/x.png',
    'http://[x.png',
    'mailto:x.png',
    '{{ site.baseurl }}/x.png',
    'a'.repeat(5_000) + '.png',
  ])('at %j', async (url) => {
    expect(await placeOf(await siteWith(...files), url, asked)).toBeUndefined();
  });

  test('at an absolute path of this machine', async () => {
    const root = await siteWith(...files);
    expect(await placeOf(root, join(root, 'secret.png'), asked)).toBeUndefined();
  });

  test('by a link that leads out, or to no image; one that stays inside is followed', async () => {
    const root = await siteWith(...files);
    const garden = join(root, 'site/content/garden');
    await symlink(join(root, 'secret.png'), join(garden, 'out.png'));
    await symlink(join(garden, 'notes.txt'), join(garden, 'text.png'));
    await symlink(join(garden, '.hidden.png'), join(garden, 'shown.png'));
    await symlink('gone.png', join(garden, 'gone.png'));
    await symlink('loop.png', join(garden, 'loop.png'));
    await symlink(root, join(garden, 'up'));
    await symlink(join(root, 'site/static/x.png'), join(garden, 'in.png'));
    await symlink(join(root, 'site/static/x.png'), join(garden, '.in.png'));
    const places = '.in.png out.png text.png shown.png gone.png loop.png up/secret.png in.png'.split(' ');
    const found = await Promise.all(places.map((url) => placeOf(root, url, asked)));
    expect(found).toEqual([...Array.from({ length: 7 }), 'site/static/x.png']);
  });

  test('in a named pipe, which would never end', async () => {
    const root = await siteWith(...files);
    const pipe = join(root, 'site/content/garden/pipe.png');
    if (spawnSync('mkfifo', [pipe]).status !== 0) return;
    expect(await placeOf(root, 'pipe.png', asked)).toBeUndefined();
  });

  test('without the address of the blog, when the image has one', async () => {
    const { siteUrl: _, ...without } = asked;
    expect(await placeOf(await siteWith(...files), 'https://example.com/x.png', without)).toBeUndefined();
  });

  test('in a folder that only looks like one of a site', async () => {
    const root = await siteWith('config.toml', 'pictures/x.png', 'letters/garden/1.md');
    expect(
      await placeOf(root, '/pictures/x.png', { content: 'letters', post: 'letters/garden/1.md' }),
    ).toBeUndefined();
  });
});

async function found(name: string, bytes: string | Buffer) {
  const root = await folderWith({ [name]: bytes });
  const file = await createImageFinder({ contentFolder: root })(issueAt(join(root, '1.md')), name);
  return file && { format: file.format, bytes: file.bytes, width: file.width, height: file.height };
}

test.each<[string, string | Buffer, string, number?, number?]>([
  ['a.png', png(640, 480), 'png', 640, 480],
  ['a.gif', gif(5, 7), 'gif', 5, 7],
  ['a.jpg', jpg(300, 200), 'jpg', 300, 200],
  ['a.webp', webp(900, 20), 'webp', 900, 20],
  ['a.avif', avif(120, 90), 'avif', 120, 90],
  ['a.JPEG', jpg(300, 200, { orientation: 1 }), 'jpg', 300, 200],
  ['upside-down.jpg', jpg(300, 200, { orientation: 3 }), 'jpg', 300, 200],
  ['turned-5.jpg', jpg(300, 200, { orientation: 5 }), 'jpg', 200, 300],
  ['turned-8.jpg', jpg(300, 200, { orientation: 8 }), 'jpg', 200, 300],
  ['from-a-camera.jpg', jpg(300, 200, { orientation: 6, padding: 300_000 }), 'jpg', 200, 300],
  ['too-far-in.jpg', jpg(300, 200, { padding: 600_000 }), 'jpg'],
  ['webp-in-truth.jpg', webp(10, 10), 'webp', 10, 10],
  ['svg-in-truth.png', '<svg width="2" height="3"/>', 'svg', 2, 3],
  ['page.png', '<!doctype html><p>Not found</p>', 'png'],
  ['empty.png', '', 'png'],
  ['cut.png', png(640, 480).subarray(0, 18), 'png'],
  ['nothing.png', png(0, 480), 'png'],
  ['boundless.png', png(2 ** 31, 480), 'png'],
  ['cut.jpg', jpg(300, 200).subarray(0, 24), 'jpg'],
  ['cut.webp', webp(10, 10).subarray(0, 20), 'webp'],
  ['cut.avif', avif(10, 10).subarray(0, 40), 'avif'],
  ['icon.ico', Buffer.from([0, 0, 1, 0, 1, 0, 16, 16]), 'other'],
  ['photo.heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'other'],
])('%s: format and size are read from the file', async (name, content, format, width, height) => {
  expect(await found(name, content)).toEqual({ format, bytes: Buffer.byteLength(content), width, height });
});

test.each<[string, number?, number?]>([
  ['<svg width="24" height="12">', 24, 12],
  ["<svg width='24px' height = '1.5in' />", 24, 144],
  ['<svg width="100%" height="100%" viewBox="0 0 30 20">', 30, 20],
  ['<svg viewBox="0,0,30.4,20.6">', 30, 21],
  ['<svg viewBox="-5 -5  30 20" width="60">', 60, 40],
  ['<svg viewBox="0 0 30 20" height="10pt">', 20, 13],
  ['<svg width="1e2" height="0.2">', 100, 1],
  ['<svg data-width="9" stroke-width="8" viewBox="0 0 3 4">', 3, 4],
  ['<svg>'],
  ['<svg width="auto" height="3">'],
  ['<svg viewBox="0 0 0 20">'],
  ['<svg viewBox="none">'],
  ['<svg width="-3" height="4">'],
  ['\ufeff<?xml version="1.0"?>\n<!-- <svg width="1" height="1"> -->\n<svg width="2" height="2">', 2, 2],
  [
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x" [ <!ENTITY ns "x"> ]>\n<svg\n width="2"\n height="2">',
    2,
    2,
  ],
  ['<svg title="a > b" width="2" height="2">', 2, 2],
  ['<!-- never closed <svg width="2" height="2">'],
  ['<svgs width="2" height="2">'],
])('%j: the size of an SVG', async (svg, width, height) => {
  expect(await found('a.svg', svg)).toMatchObject({ format: 'svg', ...(width && { width, height }) });
  expect((await found('a.svg', svg))?.width).toBe(width);
});

test('a finder sees what has changed meanwhile', async () => {
  const root = await siteWith('hugo.toml', 'content/1.md', 'static/x.png');
  const past = new Date('2026-01-01T00:00:00Z');
  for (const place of ['', 'content', 'static', 'static/x.png']) await utimes(join(root, place), past, past);
  const find = createImageFinder({ contentFolder: join(root, 'content') });
  const widthOf = async (url: string) => (await find(issueAt(join(root, 'content/1.md')), url))?.width;
  expect([await widthOf('/x.png'), await widthOf('/x.png'), await widthOf('/y.png')]).toEqual([
    3,
    3,
    undefined,
  ]);

  await writeFile(join(root, 'static/y.png'), png(5, 5));
  await writeFile(join(root, 'static/x.png'), png(4, 4));
  expect([await widthOf('/x.png'), await widthOf('/y.png')]).toEqual([4, 5]);

  await mkdir(join(root, 'public'));
  await writeFile(join(root, 'public/z.png'), png(6, 6));
  await rm(join(root, 'static/x.png'));
  expect([await widthOf('/x.png'), await widthOf('/z.png')]).toEqual([undefined, 6]);
});

test('only the beginning of a huge file is read', async () => {
  const root = await folderWith({ 'a.png': png(8, 9) });
  await truncate(join(root, 'a.png'), 3 * 1024 ** 3);
  const find = createImageFinder({ contentFolder: root });
  expect(await find(issueAt(join(root, '1.md')), 'a.png')).toMatchObject({ bytes: 3 * 1024 ** 3, width: 8 });
});

test('the content folder and the post may be told from where the command runs', async () => {
  const find = createImageFinder({ contentFolder: 'test/fixtures/sites/hugo-papermod/content/posts' });
  const post = issueAt('test/fixtures/sites/hugo-papermod/content/posts/first-heap/index.md');
  expect(await find(post, 'heap.png')).toMatchObject({ format: 'png' });
  expect(dirname((await find(post, '/images/small.png'))?.path ?? '')).toMatch(/static\/images$/);
});
