import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, idsOf, index, lines, loadFolder, post } from './content-folder.ts';

/** A content folder beside a blog, with `issues:` (and other lines) for the series `garden`. */
async function withIssues(entries: readonly string[], ...settings: readonly string[]) {
  const site = await folderWith({
    'content/garden/_index.md': index(...settings, 'issues:', ...entries.map((entry) => `  - ${entry}`)),
    'content/garden/01-frost.md': post(),
    'content/garden/2026-01-05-thaw.md': post('slug: big-thaw'),
    'content/garden/moss/index.md': post(),
    'content/other/rain.md': post(),
    'content/other/twice.md': post('slug: same'),
    'content/more/twice-too.md': post('slug: same'),
    'content/other/frost.md': post('id: other-frost'),
    'content/notes.txt': 'No post.',
    'blog/content/posts/2026-01-28-storm.md': post(),
    'blog/content/posts/bundle/index.md': post(),
    'blog/content/posts/牡丹.markdown': post(),
  });
  return { site, content: await loadFolder(join(site, 'content')) };
}

test.each([
  ['01-frost.md', 'frost'],
  ['01-frost', 'frost'],
  ['frost', 'frost'],
  ['./01-frost.md', 'frost'],
  ['garden/01-frost.md', 'frost'],
  ['/garden/01-frost', 'frost'],
  ['FROST', 'frost'],
  ['big-thaw', 'big-thaw'],
  ['thaw', 'big-thaw'],
  ['2026-01-05-thaw', 'big-thaw'],
  ['/posts/big-thaw/', 'big-thaw'],
  ['moss', 'moss'],
  ['moss/', 'moss'],
  ['rain', 'rain'],
  ['other/rain.md', 'rain'],
  ['other-frost', 'other-frost'],
  ['../../blog/content/posts/2026-01-28-storm.md', 'storm'],
  ['../blog/content/posts/2026-01-28-storm.md', 'storm'],
  ['../blog/content/posts/2026-01-28-storm', 'storm'],
  ['../blog/content/posts/bundle', 'bundle'],
  ['../blog/content/posts/牡丹.markdown', '牡丹'],
])('`issues: [%s]` names the post %s', async (entry, id) => {
  const { content } = await withIssues([entry]);
  expect(lines(content)).toEqual([]);
  expect(idsOf(content)).toEqual([id]);
});

test.each([
  [
    'frots',
    'content/garden/_index.md:4: error: No post `frots` is found in content/garden, content. Did you mean `frost`?',
  ],
  [
    '../blog/content/posts/calm.md',
    'is found in content/garden, content. Write its path from this folder, or its slug',
  ],
  ['../notes.txt', 'No post `../notes.txt` is found'],
  ['same', '`same` may mean content/more/twice-too.md and content/other/twice.md. Write the path'],
  ['{a: b}', 'content/garden/_index.md:4: error: An entry of `issues` must be the path or slug of a post.'],
  ['""', 'An entry of `issues` must be'],
  ['"a\\u0000b"', 'An entry of `issues` must be'],
])('`issues: [%s]` is an error: %s', async (entry, complaint) => {
  const { content } = await withIssues([entry]);
  expect(content.series).toEqual([]);
  expect(lines(content)[0]).toContain(complaint);
});

test('the order is that of the list, whatever the posts say, and what it leaves out is said', async () => {
  const { content } = await withIssues(['rain', 'thaw', 'frost']);
  expect(idsOf(content)).toEqual(['rain', 'big-thaw', 'frost']);
  expect(content.series[0]?.issues.map(({ number }) => number)).toEqual([1, 2, 3]);
  expect(content.reports[0]?.leftOut).toEqual([
    { file: expect.stringMatching(/moss\/index.md$/), reason: 'unlisted' },
  ]);
});

test('a post listed twice is an error that names both lines', async () => {
  const { content } = await withIssues(['01-frost.md', 'moss', 'frost']);
  expect(lines(content)).toEqual([
    'content/garden/_index.md:6: error: `frost` is content/garden/01-frost.md, which is already on line 4.',
  ]);
});

test('`posts:` names a folder next door whose posts may be listed by slug', async () => {
  const { content } = await withIssues(
    ['storm', '牡丹', 'bundle', 'rain'],
    'posts: ../../blog/content/posts',
  );
  expect(lines(content)).toEqual([]);
  expect(idsOf(content)).toEqual(['storm', '牡丹', 'bundle', 'rain']);
  expect(content.series[0]?.issues[0]?.aliases).toContain('/posts/2026-01-28-storm/');
});

test('`posts:` without `issues:` takes the posts there that name the series', async () => {
  const site = await folderWith({
    'content/garden/_index.md': index('posts: ../../blog'),
    'blog/1-a.md': post('series: Garden'),
    'blog/2-b.md': post(),
  });
  expect(idsOf(await loadFolder(join(site, 'content')))).toEqual(['a']);
});

test('a folder under `posts:` that is not there is an error', async () => {
  const { content } = await withIssues(['frost'], 'posts: ../blog');
  expect(lines(content)).toEqual([
    'content/garden/_index.md:3: error: `posts: ../blog` names no folder: content/blog is not there. Write the path from the folder of this file.',
  ]);
});

test('a link may be listed when it leads to Markdown, and to nothing else', async () => {
  const site = await folderWith({
    'content/garden/_index.md': index('issues: [../linked.md]'),
    'content/trees/_index.md': index('issues: [../sly.md]'),
    'blog/storm.md': post(),
    'secret.txt': post(),
  });
  await symlink(join(site, 'blog/storm.md'), join(site, 'linked.md'));
  await symlink(join(site, 'secret.txt'), join(site, 'sly.md'));
  const content = await loadFolder(join(site, 'content'));
  expect(idsOf(content)).toEqual(['linked']);
  expect(lines(content)).toEqual([expect.stringContaining('error: No post `../sly.md` is found')]);
});
