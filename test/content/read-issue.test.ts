import { describe, expect, test } from 'vitest';
import type { Issue } from '../../src/domain/issue.ts';
import { index, lines, loaded, post } from './content-folder.ts';

async function read(text: string, name = 'a.md'): Promise<{ issue: Issue | undefined; problems: string[] }> {
  const content = await loaded({
    'garden/_index.md': index('timezone: Asia/Taipei'),
    [`garden/${name}`]: text,
  });
  return { issue: content.series[0]?.issues[0], problems: lines(content) };
}

const at = (text: string): number => Date.parse(text);

test.each<[string, string[], Partial<Issue>]>([
  ['a title that is a number', ['Title: 007'], { title: '007', subject: '007' }],
  ['a title that is a date', ['title: 2024-01-05'], { title: '2024-01-05' }],
  ['a title in a block', ['title: |', '  Frost'], { title: 'Frost' }],
  [
    'a description over lines',
    ['title: a', 'description: |', '  One', '  two'],
    { description: 'One two', preheader: 'One two' },
  ],
  ['a summary', ['title: a', 'summary: Short'], { description: 'Short' }],
  [
    'a subject and preheader',
    ['title: a', 'newsletter: {subject: S, preheader: P}'],
    { subject: 'S', preheader: 'P' },
  ],
  [
    'a source',
    ['title: a', 'source_url: https://example.com/x', 'source_name: X'],
    { source: { url: 'https://example.com/x', name: 'X' } },
  ],
  [
    'a source without a name',
    ['title: a', 'source_url: http://example.com'],
    { source: { url: 'http://example.com' } },
  ],
  ['keys of others', ['title: a', 'params: {draft: maybe}', 'menu: main', 'toc: [1]'], { title: 'a' }],
])('%s is read', async (_, front, expected) => {
  const { issue, problems } = await read(['---', ...front, '---', 'Text.'].join('\n'));
  expect(problems).toEqual([]);
  expect(issue).toMatchObject(expected);
});

test.each([
  ['image: /a.jpg', { url: '/a.jpg', alt: '' }],
  ['images: [/a.jpg, /b.jpg]', { url: '/a.jpg', alt: '' }],
  ['heroImage: ./a.jpg\nheroImageAlt: A', { url: './a.jpg', alt: 'A' }],
  ['cover: {image: /a.jpg, alt: A}', { url: '/a.jpg', alt: 'A' }],
  ['featured_image: {src: /a.jpg}\nimage_alt: A', { url: '/a.jpg', alt: 'A' }],
  ['thumbnail: {url: "https://example.com/a.jpg"}', { url: 'https://example.com/a.jpg', alt: '' }],
  ['images:\n  - src: /a.jpg\n    alt: A', { url: '/a.jpg', alt: 'A' }],
  ['thumbnail: false', undefined],
  ['images: []', undefined],
  ['image:\ncover: /a.jpg', { url: '/a.jpg', alt: '' }],
])('the picture of `%s` is read', async (line, image) => {
  const { issue, problems } = await read(post(line));
  expect(problems).toEqual([]);
  expect(issue?.image).toEqual(image);
});

describe('the release time', () => {
  test.each<[string[], string | undefined, string | undefined]>([
    [[], undefined, undefined],
    [['date: 2026-01-28'], '2026-01-27T16:00:00Z', '2026-01-27T16:00:00Z'],
    [['date: 2026-01-28T09:40:00+09:00'], '2026-01-28T00:40:00Z', '2026-01-28T00:40:00Z'],
    [['date: 2026-01-28', 'publishDate: 2030-01-01 08:00'], '2026-01-27T16:00:00Z', '2030-01-01T00:00:00Z'],
    [['published: 2026-01-28 00:00 +0000'], '2026-01-28T00:00:00Z', '2026-01-28T00:00:00Z'],
    [['published: true'], undefined, undefined],
    [['date: 2030-01-01', 'newsletter: {release: now}'], '2029-12-31T16:00:00Z', undefined],
    [
      ['date: 2030-01-01', 'newsletter: {release: 2031-01-01}'],
      '2029-12-31T16:00:00Z',
      '2030-12-31T16:00:00Z',
    ],
    [['newsletter: {release: 2031-01-01T00:00Z}'], undefined, '2031-01-01T00:00:00Z'],
  ])('of %j: dated %s, released %s', async (front, date, release) => {
    const { issue, problems } = await read(post(...front));
    expect(problems).toEqual([]);
    expect(issue?.date).toBe(date === undefined ? undefined : at(date));
    expect(issue?.releaseAt).toBe(release === undefined ? undefined : at(release));
  });

  test('is told in the zone of each series the post is in', async () => {
    const content = await loaded({
      'east/_index.md': index('timezone: Asia/Tokyo'),
      'west/_index.md': index('timezone: America/New_York'),
      'a.md': post('date: 2026-01-28', 'series: [east, west]'),
    });
    expect(content.series.map(({ issues }) => issues[0]?.date)).toEqual([
      at('2026-01-27T15:00Z'),
      at('2026-01-28T05:00Z'),
    ]);
  });
});

test.each([
  ['a.md', [], 'a'],
  ['2026-01-28-a.md', [], 'a'],
  ['20260128-a-b.md', [], 'a-b'],
  ['03_a.md', [], 'a'],
  ['3. a b.md', [], 'a-b'],
  ['2026-01-28.md', [], '2026-01-28'],
  ['07.md', [], '07'],
  ['牡丹 (一).md', [], '牡丹-一'],
  ['e\u0301te\u0301.md', [], 'été'],
  ['2026-01-28-a/index.md', [], 'a'],
  ['a.md', ['slug: b'], 'b'],
  ['a.md', ['slug: b', 'id: c'], 'c'],
  ['a.md', ['id: 12'], '12'],
])('the id of %s with %j is %s', async (name, front, id) => {
  expect((await read(post(...front), name)).issue?.id).toBe(id);
});

test('an issue may be linked to by its names, its folder, its permalink and its aliases', async () => {
  const front = [
    'slug: thaw',
    'url: /snow/melts',
    'aliases: [/old/, "https://example.com/%E9%9B%AA/", ":year/x"]',
  ];
  const { issue } = await read(post(...front), '2026-01-05-snow.md');
  const names = ['thaw', '2026-01-05-snow', 'snow'];
  const folders = names.flatMap((name) => [`/posts/${name}/`, `/garden/${name}/`]);
  const links = '2026-01-05-snow.md /snow/melts/ /old/ /雪/ /2026/01/05/snow/ /2026/01/05/snow.html'.split(
    ' ',
  );
  expect(issue?.aliases.toSorted()).toEqual([...names, ...folders, ...links].toSorted());
});

test.each([
  ['title: [a]', '2: error: `title` must be text, but it is a list.'],
  ['title: "a\\r\\nBcc: x"', '2: error: `title` has a line break, a control character'],
  ['title: "a\\u202eb"', '2: error: `title` has a line break, a control character, or one that turns'],
  ['title: "\\ud800"', '2: error: `title` has'],
  ['title: ""', '1: error: The post has no title.'],
  ['Titel: a', '1: error: The post has no title.'],
  ['title: a\ndraft: maybe', '3: error: `draft` must be `true` or `false`.'],
  ['title: a\nslug: a/b', '3: error: `slug: a/b` cannot name an issue: only letters'],
  ['title: a\nid: "a b"', 'Write `id: a-b`.'],
  ['title: a\ndate: 2024-13-45', '3: error: `date: 2024-13-45` is a day or time that does not exist'],
  ['title: a\ndate: 2024/2/30 0:00:00', '3: error: `date: 2024/2/30 0:00:00` is a day or time that does not'],
  ['title: a\nexpiryDate: soon', '3: error: `expiryDate` must be a date such as'],
  ['title: a\nnewsletter: yes', '3: error: `newsletter` must be a map.'],
  [
    'title: a\nnewsletter:\n  subjekt: x',
    '4: error: `newsletter` has no key `subjekt`. Did you mean `subject`?',
  ],
  ['title: a\nnewsletter:\n  colour: x', 'Known are `subject`, `preheader` and `release`.'],
  ['title: a\nnewsletter:\n  subject: "x\\ny"', '4: error: `subject` has a line break'],
  ['title: a\nnewsletter:\n  release: then', '4: error: `release` must be a date such as'],
  ['title: a\nimage: 5', '3: warning: `image` is not the path or address of an image'],
  ['title: a\nsource_url: "javascript:x"', '3: warning: `source_url` is not a web address'],
])('`%s` is said to be wrong', async (front, complaint) => {
  const { problems } = await read(`---\n${front}\n---\nText.`);
  expect(problems.join('\n')).toContain(complaint);
});

test('a post without text is worth a warning', async () => {
  expect((await read('---\ntitle: a\n---\n\n')).problems).toEqual([
    expect.stringMatching(/^garden\/a.md:4: warning: The post has no text/),
  ]);
});
