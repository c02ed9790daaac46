import { expect, test } from 'vitest';
import { idsOf, index, lines, loaded, post } from './content-folder.ts';

const garden = (posts: Readonly<Record<string, string>>) =>
  loaded({
    'garden/_index.md': index(),
    ...Object.fromEntries(Object.entries(posts).map(([name, text]) => [`garden/${name}.md`, text])),
  });

test.each<[string, Record<string, string>, string[]]>([
  ['`part`', { a: post('part: 3'), b: post('part: 1'), c: post('Part: "2"') }, ['b', 'c', 'a']],
  ['`series_order`', { a: post('series_order: 10'), b: post('series_order: 9') }, ['b', 'a']],
  ['`issue`', { a: post('issue: 2'), b: post('issue: 1') }, ['b', 'a']],
  ['`weight`', { a: post('weight: 20'), b: post('weight: -5'), c: post('weight: 1.5') }, ['b', 'c', 'a']],
  [
    '`part` before `weight`',
    { a: post('part: 1', 'weight: 9'), b: post('part: 2', 'weight: 1') },
    ['a', 'b'],
  ],
  [
    '`weight` before the number in the name',
    { '1-a': post('weight: 2'), '2-b': post('weight: 1') },
    ['b', 'a'],
  ],
  ['the number in the name', { '10-a': post(), '9_b': post(), '02 c': post() }, ['c', 'b', 'a']],
  [
    'the number before the date',
    { '1-a': post('date: 2026-02-01'), '2-b': post('date: 2026-01-01') },
    ['a', 'b'],
  ],
  [
    'the date',
    { a: post('date: 2026-02-01'), b: post('pubDate: Jan 3 2026'), c: post('date: 2025-12-31') },
    ['c', 'b', 'a'],
  ],
  [
    'the date in the name',
    { '2026-02-01-a': post(), '20260115-b': post(), c: post('date: 2026-01-20') },
    ['b', 'c', 'a'],
  ],
  [
    'the name, for posts of one date',
    { b10: post('date: 2026-01-01'), b9: post('date: 2026-01-01') },
    ['b9', 'b10'],
  ],
  [
    'one `weight` for several, then the date, then the name',
    {
      a: post('weight: 2', 'date: 2026-02-01'),
      b: post('weight: 2', 'date: 2026-01-01'),
      c10: post('weight: 1'),
      c9: post('weight: 1'),
    },
    ['c9', 'c10', 'b', 'a'],
  ],
  [
    'the date, years before the name being no numbers',
    {
      '2022-review': post('date: 2023-01-01'),
      '2023-review': post('date: 2022-12-31'),
      a: post('date: 2022-06-01'),
    },
    ['a', '2023-review', '2022-review'],
  ],
  [
    'the year before the name, when all have one and none a date',
    { '2023-a': post(), '2022-z': post(), '2022-y': post() },
    ['2022-y', '2022-z', '2023-a'],
  ],
  [
    'the name, when only some have a year before it',
    { b: post(), '2022-z': post(), a: post() },
    ['2022-z', 'a', 'b'],
  ],
  [
    'the name, when there is nothing else',
    { 'part-10': post(), 'part-9': post(), a: post('weight: 0') },
    ['a', 'part-9', 'part-10'],
  ],
])('posts are ordered by %s', async (_, posts, ids) => {
  const content = await garden(posts);
  expect(lines(content)).toEqual([]);
  expect(idsOf(content)).toEqual(ids);
});

test('one place taken twice is an error naming both files', async () => {
  const content = await garden({ a: post('part: 1'), b: post('part: 1'), c: post('part: 2') });
  expect(content.series).toEqual([]);
  expect(lines(content)).toEqual([
    'garden/b.md:3: error: It claims the same place as garden/a.md: both have `part` of 1. Give each its own place.',
  ]);
});

test.each<[string, Record<string, string>, string[], string]>([
  [
    'one pinned post',
    {
      a: post('date: 2026-02-01'),
      b: post('date: 2026-01-01'),
      c: post('date: 2026-03-01', 'weight: 1'),
    },
    ['b', 'a', 'c'],
    'The order is by the date: garden/c.md has `weight`, but 2 of 3 have none.',
  ],
  [
    'weights before numbers',
    { '1-a': post('weight: 2'), '2-b': post('weight: 1'), '3-c': post() },
    ['a', 'b', 'c'],
    'The order is by the number before its file name: garden/1-a.md has `weight`, but 1 of 3 has none.',
  ],
  [
    'two rules that some follow',
    { '1-a': post('date: 2026-02-01'), b: post('date: 2026-01-01', 'part: 7') },
    ['b', 'a'],
    'The order is by the date: garden/b.md has `part`, but 1 of 2 has none; garden/1-a.md has a number before its file name, but 1 of 2 has none.',
  ],
])('%s: a rule that only some follow yields, and one warning tells', async (_, posts, ids, message) => {
  const content = await garden(posts);
  expect(lines(content)).toEqual([
    `garden/_index.md: warning: ${message} To choose another order, list the posts under \`issues:\`.`,
  ]);
  expect(idsOf(content)).toEqual(ids);
});

test('many places taken twice are one error', async () => {
  const content = await garden({
    '1-a': post(),
    '1-b': post(),
    '1-c': post(),
    '2-d': post(),
    '2-e': post(),
  });
  expect(lines(content)).toEqual([
    'garden/1-b.md: error: It claims the same place as garden/1-a.md: both have a number before its file name of 1; 2 more posts share a place. Give each its own place.',
  ]);
});

test('many posts without a place are one error, told of what most have', async () => {
  const dated = post('date: 2026-01-01');
  const content = await garden({ a: post('weight: 1'), b: post(), c: post(), d: dated, e: dated });
  expect(lines(content)).toEqual([
    'garden/a.md: error: Its place in the series is unclear: garden/d.md has a date, this post and 2 more have none. Give every post a date, or list them under `issues:`.',
  ]);
});

test.each<[string, Record<string, string>]>([
  ['`weight`', { a: post('weight: 1'), b: post() }],
  ['a number before its file name', { '1-a': post(), b: post() }],
  ['a date', { a: post('date: 2026-01-01'), b: post() }],
])('posts of which only some have %s are an error naming both files', async (what, posts) => {
  const content = await garden(posts);
  expect(content.series).toEqual([]);
  expect(lines(content)).toEqual([
    expect.stringMatching(/^garden\/b.md: error: Its place in the series is unclear: garden\/(1-)?a.md has /),
  ]);
  expect(lines(content)[0]).toContain(what);
});

test.each(['part: first', 'weight: [1]', 'series_order: {a: 1}'])('`%s` is no place', async (line) => {
  const content = await garden({ a: post(line) });
  expect(lines(content)).toEqual([expect.stringMatching(/^garden\/a.md:3: error: `\w+` must be a number/)]);
});

test('drafts and expired posts have no say in the order', async () => {
  const content = await garden({
    '1-a': post(),
    b: post('draft: true'),
    '1-c': post('expiryDate: 2026-01-01'),
    '2-d': post('expiryDate: 2027-01-01'),
  });
  expect(lines(content)).toEqual([]);
  expect(idsOf(content)).toEqual(['a', 'd']);
});
