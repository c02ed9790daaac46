import { symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadContent } from '../../src/content/load-content.ts';
import {
  DEFAULTS,
  folderWith,
  idsOf,
  index,
  lines,
  loaded,
  loadFolder,
  NOW,
  post,
} from './content-folder.ts';

const fixture = (name: string) => loadFolder(resolve('test/fixtures/content', name));

describe('a Hugo blog', () => {
  test('has a series in a folder, with posts and leaf bundles in order of their numbers', async () => {
    const { series, problems } = await fixture('hugo');
    expect(problems).toEqual([]);
    const garden = series.find(({ id }) => id === 'garden');
    expect(garden).toMatchObject({
      title: 'The garden year',
      language: 'zh-TW',
      from: { name: 'Ivy Garden', address: 'ivy@example.com' },
      replyTo: 'answers@example.com',
      join: 'next',
      template: 'issue',
      cadence: {
        every: { kind: 'weekdays', weekdays: [1, 4] },
        at: 480,
        timezone: 'Asia/Taipei',
        window: { from: 420, to: 1260 },
      },
      file: 'test/fixtures/content/hugo/garden/_index.md',
    });
    expect(garden?.issues.map(({ number, id, title, subject }) => [number, id, title, subject])).toEqual([
      [1, 'soil', 'Soil', 'What lies under everything'],
      [2, 'seed', '2024', '2024'],
      [3, 'bringing-it-in', 'Harvest', 'Harvest'],
    ]);
  });

  test('has series by taxonomy: described under series/, or by nothing but the posts', async () => {
    const { series, reports } = await fixture('hugo');
    const [, winter, shade] = ['garden', 'winter', 'shade'].map((id) => series.find((one) => one.id === id));
    expect(winter).toMatchObject({
      title: 'Winter notes',
      description: 'Short days, short letters.',
      from: DEFAULTS.from,
    });
    expect(winter?.issues.map(({ id }) => id)).toEqual(['snow', 'frost']);
    expect(winter?.issues[0]).toMatchObject({
      title: '雪',
      body: '\n雪很深。<!--more-->春天還遠。\n',
      bodyLine: 9,
      releaseAt: Date.parse('2026-01-02T01:40:00Z'),
      image: { url: '/images/snow.jpg', alt: 'A white field' },
    });
    expect(shade).toMatchObject({ title: 'Shade', issues: [{ id: 'ferns', number: 1 }] });
    expect(reports.map(({ id }) => id).toSorted()).toEqual(['garden', 'posts', 'shade', 'winter']);
  });

  test('says which posts are left out, and why', async () => {
    const { reports } = await fixture('hugo');
    const leftOut = reports.flatMap((report) =>
      report.leftOut.map(({ file, reason }) => `${report.id}: ${file}: ${reason}`),
    );
    expect(leftOut.map((line) => line.replace('test/fixtures/content/hugo/', ''))).toEqual([
      'garden: garden/04-compost.md: draft',
      'posts: posts/2026-01-02-snow.md: in another series',
      'posts: posts/ferns/index.md: in another series',
      'posts: posts/frost.md: in another series',
    ]);
  });
});

test('a Jekyll blog is read with its dated names, permalinks, drafts and unpublished posts', async () => {
  const { series, reports, problems } = await fixture('jekyll');
  expect(problems).toEqual([]);
  expect(series[0]?.issues).toMatchObject([
    { id: 'first-letter', description: 'Hello', date: Date.parse('2026-01-28T01:40:00Z') },
    { id: 'second-letter', date: Date.parse('2026-02-03T16:00:00Z') },
  ]);
  expect(series[0]?.issues[1]?.aliases).toEqual(
    expect.arrayContaining([
      'second-letter',
      '/letters/second.html',
      '/2026/02/04/second-letter.html',
      '/posts/second-letter/',
    ]),
  );
  expect(reports[0]?.leftOut.map(({ reason }) => reason)).toEqual(['draft', 'draft']);
});

test('an Astro blog is read with its dates in words, its hero images and its MDX', async () => {
  const { series } = await fixture('astro');
  expect(series).toMatchObject([
    {
      id: 'starting-out',
      title: 'Starting out',
      issues: [
        {
          id: 'first-post',
          preheader: 'Where it begins',
          image: { url: '../../assets/hero.jpg', alt: 'A hero' },
        },
        { id: 'second-post', image: { url: './second.jpg', alt: 'Two' } },
      ],
    },
  ]);
});

test('a post may be in several series, found by folder name or title in any spelling', async () => {
  const content = await loaded({
    'garden/_index.md': index(),
    'trees/_index.md': '---\ntitle: Tall Things\n---\n',
    'blog/oak.md': post('series: [GARDEN, tall things, 樹]'),
  });
  expect(content.series.map(({ id, issues }) => [id, issues.length])).toEqual([
    ['garden', 1],
    ['trees', 1],
    ['樹', 1],
  ]);
});

test('a post beside an _index.md belongs to that series unless it names another', async () => {
  const content = await loaded({
    'garden/_index.md': index(),
    'garden/a.md': post(),
    'garden/b.md': post('series: elsewhere'),
    'garden/c.md': post('series: [elsewhere, garden]'),
    'garden/deeper/_index.md': index(),
    'garden/deeper/d.md': post(),
  });
  expect(idsOf(content)).toEqual(['a', 'c']);
  expect(idsOf(content, 'elsewhere')).toEqual(['b', 'c']);
  expect(content.reports.find(({ id }) => id === 'garden')?.leftOut).toMatchObject([
    { reason: 'in another series' },
  ]);
});

test('every problem is told, with its file and line, and only the series concerned is kept back', async () => {
  const content = await loaded({
    'garden/_index.md': index('every: sometimes', 'at: 25:00'),
    'garden/1-a.md': '---\ntitle: "open\n---\n',
    'garden/2-b.md': '---\ndate: 2024-13-45\nnewsletter:\n  prehader: x\n---\nText.\n',
    'trees/_index.md': index(),
    'trees/oak.md': post(),
  });
  expect(content.series.map(({ id }) => id)).toEqual(['trees']);
  expect(lines(content)).toEqual([
    'garden/_index.md:3: error: `every: sometimes` is not a gap. Write it like `1d`, `2w`, `12h`, `weekdays`, `mon,thu` or `0`.',
    'garden/_index.md:4: error: `at: 25:00` is not a time of day. Write it like `08:00`.',
    'garden/1-a.md:2: error: A quotation mark is opened and never closed. Close it at the end of the value.',
    'garden/2-b.md:4: error: `newsletter` has no key `prehader`. Did you mean `preheader`?',
    'garden/2-b.md:2: error: `date: 2024-13-45` is a day or time that does not exist. Write a day that does.',
    'garden/2-b.md:1: error: The post has no title. Add `title: …` to its front matter.',
  ]);
  expect(content.reports.map(({ id, problems }) => [id, problems.length])).toEqual([
    ['garden', 6],
    ['trees', 0],
  ]);
});

test('an _index.md that cannot be read keeps its series back, and its posts are checked all the same', async () => {
  const content = await loaded({
    'garden/_index.md': '---\ntitle: Garden: the year\n---\n',
    'garden/b.md': '---\ntitle: [a]\n---\nText.\n',
    'garden/1-a.md': post(),
  });
  expect(content.series).toEqual([]);
  expect(lines(content)).toEqual([
    expect.stringMatching(/^garden\/_index.md:2: error: .* A value has a colon in it/),
    expect.stringMatching(/^garden\/b.md:2: error: `title` must be text, but it is a list/),
  ]);
});

test('a file that cannot be read and is in no series is a warning', async () => {
  const content = await loaded({
    'garden/_index.md': index(),
    'garden/a.md': post(),
    'blog/toml.md': '+++\ntitle = a\n+++\n',
    'blog/json.md': '{\n"title": a\n}\n',
    'blog/map.md': post('series: {name: garden}'),
    'blog/big5.md': Buffer.from([0xb3, 0xb7]),
  });
  expect(idsOf(content)).toEqual(['a']);
  expect(lines(content)).toEqual([
    'blog/big5.md: warning: The file is not UTF-8 text. The file is left out. Save it as UTF-8.',
    expect.stringMatching(
      /^blog\/json.md:2: warning: The front matter is not valid JSON: .* The file is left out\./,
    ),
    'blog/map.md:3: warning: `series` must be a name or a list of names, so this post is in no series.',
    expect.stringMatching(
      /^blog\/toml.md:2: warning: The front matter is not valid TOML: .* The file is left out\./,
    ),
  ]);
});

const open = (...lines: string[]) => ['---', 'title: "open', ...lines, '---', 'Text.', ''].join('\n');

describe('a post that cannot be read, lies in no series folder and has a `series:`', () => {
  test('is an error that says so', async () => {
    const content = await loaded({
      'garden/_index.md': index(),
      'blog/a.md': open('series: [山城筆記] # of 2024'),
    });
    expect(lines(content)).toContain(
      'blog/a.md:2: error: A quotation mark is opened and never closed. This post is in no series until that is mended; its text says `series: [山城筆記]`. Close it at the end of the value.',
    );
  });

  test.each([
    ['its id', open('series: garden'), ['garden']],
    ['its title, in any case', open('SERIES: [the garden year, trees]'), ['garden', 'trees']],
    ['a list', open('series:', '- "trees"', '- other', 'x: 1'), ['trees']],
    ['a list never closed', '---\nseries: [garden\n---\n', ['garden']],
    ['a front matter never closed', '---\nseries: garden\n\nText.\n', ['garden']],
    ['another series', open('series: shade'), []],
    ['TOML', '+++\ntitle = a\nseries = ["garden", \'trees\'] # x\n+++\n', ['garden', 'trees']],
    ['TOML over lines', '+++\nseries = [\n  "trees",\n]\ntitle = garden\n+++\n', ['trees']],
    ['TOML never closed', '+++\nseries = "trees"\n\nText.\n', ['trees']],
    ['JSON', '{\n  "title": a,\n  "series": ["trees"],\n  "x": 1\n}\n', ['trees']],
    ['JSON on one line', '{"title": a, "Series": "The garden year", "x": 1}\n', ['garden']],
    ['JSON over lines', '{\n"series": [\n"trees",\n"garden"\n],\n"title": a\n}\n', ['garden', 'trees']],
    ['JSON never closed', '{"series": "trees",\n"title": a\n', ['trees']],
    ['who knows what', open('series: *name'), ['garden', 'trees']],
    ['nothing', open('series:'), ['garden', 'trees']],
    ['Big5', Buffer.from('---\nseries: \xa4s\xab\xb0\n---\n', 'latin1'), ['garden', 'trees']],
  ])('is told with the series it may mean: %s', async (_, text, meant) => {
    const { reports, problems } = await loaded({
      'garden/_index.md': '---\ntitle: The garden year\n---\n',
      'garden/1.md': post(),
      'trees/_index.md': '---\ntitle: Tall things\n---\n',
      'trees/1.md': post(),
      'blog/a.md': text,
    });
    expect(problems).toMatchObject([{ severity: 'error' }]);
    const told = reports.filter(({ strayErrors }) => strayErrors.length > 0);
    expect(told.map(({ id }) => id)).toEqual(meant);
  });

  test.each([
    ['in its text only', open().replace('Text.', 'series: garden')],
    ['inside another key', open('meta:', '  series: garden')],
    ['in a table of TOML', '+++\ntitle = a\n[meta]\nseries = "garden"\n+++\n'],
    ['in a value of JSON', '{"title": a, "x": "series: garden"}\n'],
  ])('stays a warning when the word stands %s', async (_, text) => {
    const { problems } = await loaded({ 'garden/_index.md': index(), 'garden/1.md': post(), 'a.md': text });
    expect(problems.map(({ severity }) => severity)).toEqual(['warning']);
  });
});

const beside = async (text: string, ...settings: string[]) => {
  const folder = await folderWith({
    'content/garden/_index.md': index('posts: ../../blog', ...settings),
    'content/garden/0.md': post('weight: 1'),
    'content/trees/_index.md': index(),
    'content/trees/0.md': post(),
    'blog/1.md': post('series: garden', 'weight: 2'),
    'blog/2.md': text,
    'blog/README.md': 'About the blog.',
  });
  return loadFolder(join(folder, 'content'));
};

describe('a post that cannot be read, in a folder beside the content that `posts:` names', () => {
  test('is an error of the series it says it is in', async () => {
    const { series, reports, problems } = await beside(open('series: garden'));
    expect(series.map(({ id }) => id)).toEqual(['garden', 'trees']);
    expect(lines({ problems })).toEqual([
      'blog/2.md:2: error: A quotation mark is opened and never closed. This post is in no series until that is mended; its text says `series: garden`. Close it at the end of the value.',
    ]);
    expect(reports.map(({ id, strayErrors }) => [id, strayErrors.length])).toEqual([
      ['garden', 1],
      ['trees', 0],
    ]);
  });

  test.each([
    ['no series', open()],
    ['a series that does not look there', open('series: trees')],
    ['a series nobody knows', open('series: shade')],
  ])('is a warning when it says %s', async (_, text) => {
    const { reports, problems } = await beside(text);
    expect(lines({ problems })).toEqual([
      'blog/2.md:2: warning: A quotation mark is opened and never closed. The file is left out. Close it at the end of the value.',
    ]);
    expect(reports.flatMap(({ strayErrors }) => strayErrors)).toEqual([]);
  });

  test('is told once when `issues:` names it', async () => {
    const { problems } = await beside(open('series: garden'), 'issues: [0, ../../blog/2.md]');
    expect(lines({ problems })).toEqual([expect.stringMatching(/^blog\/2.md:2: error: A quotation mark/)]);
  });

  test('is told once when two series look there', async () => {
    const folder = await folderWith({
      'content/garden/_index.md': index('posts: ../../blog'),
      'content/garden/0.md': post(),
      'content/trees/_index.md': index('posts: ../../blog'),
      'content/trees/0.md': post(),
      'blog/2.md': open('series: trees'),
    });
    const { reports, problems } = await loadFolder(join(folder, 'content'));
    expect(problems).toMatchObject([{ severity: 'error' }]);
    expect(reports.map(({ id, strayErrors }) => [id, strayErrors.length])).toEqual([
      ['garden', 0],
      ['trees', 1],
    ]);
  });
});

test('a series with errors tells what can be looked at: all issues with defaults, and which are sound', async () => {
  const { series, reports } = await loaded({
    'garden/_index.md': index('every: sometimes', 'language: zh-TW'),
    'garden/1-a.md': post(),
    'garden/2-b.md': post('date: never'),
    'garden/3-c.md': post('draft: true'),
  });
  expect(series).toEqual([]);
  expect(reports[0]?.series).toBeUndefined();
  expect(reports[0]?.partial).toMatchObject({
    series: { language: 'zh-TW', cadence: { every: { days: 1 } }, issues: [{ id: 'a' }, { id: 'b' }] },
    sound: [{ id: 'a', number: 1 }],
  });
});

test('a series may start empty, and one of drafts only is worth a warning', async () => {
  const content = await loaded({
    'garden/_index.md': index(),
    'trees/_index.md': index(),
    'trees/oak.md': post('draft: true', 'date: nonsense'),
    'trees/ash.md': post('expiryDate: 2026-05-31'),
  });
  expect(content.series.map(({ id, issues }) => [id, issues])).toEqual([
    ['garden', []],
    ['trees', []],
  ]);
  expect(lines(content)).toEqual([
    'garden/_index.md:1: warning: The series has no issues yet. Put posts beside this file, or list them under `issues:`.',
    'trees/_index.md:1: warning: Every post of the series is a draft or expired, so it has no issues yet.',
    expect.stringMatching(/^trees\/oak.md:4: warning: `date` must be a date/),
  ]);
});

test('a series that is a draft is checked and not in the list', async () => {
  const content = await loaded({
    'garden/_index.md': index('draft: true'),
    'garden/a.md': post('slug: [x]'),
  });
  expect(content.series).toEqual([]);
  expect(lines(content)).toEqual([expect.stringMatching(/^garden\/a.md:3: error: `slug` must be text/)]);
});

test('two folders may not make one series, nor two posts one issue', async () => {
  const content = await loaded({
    'garden/_index.md': index(),
    'series/garden/_index.md': index(),
    'trees/_index.md': index('issues: [oak.md, 2026-01-28-oak.md]'),
    'trees/oak.md': post(),
    'trees/2026-01-28-oak.md': post(),
  });
  expect(content.series).toEqual([]);
  expect(lines(content).filter((line) => line.includes('error'))).toEqual([
    'garden/_index.md: error: The series is called `garden`, and so is the one in series/garden/_index.md. Rename one of the two folders.',
    'series/garden/_index.md: error: The series is called `garden`, and so is the one in garden/_index.md. Rename one of the two folders.',
    'trees/2026-01-28-oak.md: error: Its id is `oak`, and so is that of trees/oak.md. Give one of them an `id: …` of its own in the front matter.',
  ]);
});

test('without a sender anywhere, the series says so', async () => {
  const root = await folderWith({ 'garden/_index.md': index(), 'garden/a.md': post() });
  const content = await loadContent({ root, now: NOW, defaults: { language: 'en', timezone: 'UTC' } });
  expect(content.series).toEqual([]);
  expect(lines(content)).toEqual([
    expect.stringContaining('garden/_index.md:1: error: The series `garden` has no sender.'),
  ]);
});

test('a missing folder is an error, a folder without series a warning', async () => {
  const root = await folderWith({ 'about.md': post(), '_index.md': index() });
  expect(lines(await loadFolder(join(root, 'gone')))).toEqual([
    expect.stringMatching(/^gone: error: The content folder is not there/),
  ]);
  expect(lines(await loadFolder(root))).toEqual([expect.stringMatching(/warning: There is no series/)]);
});

test('dot folders, node_modules and links out of the folder are not entered; links inside are, once', async () => {
  const outside = await folderWith({ 'secret.md': post() });
  const root = await folderWith({
    'garden/_index.md': index(),
    'garden/a.md': post(),
    'garden/.git/x.md': post('series: hidden'),
    'garden/node_modules/y.md': post('series: hidden'),
    'shelf/b.md': post('series: garden'),
  });
  await symlink(join(outside, 'secret.md'), join(root, 'garden/secret.md'));
  await symlink(outside, join(root, 'garden/secrets'));
  await symlink(root, join(root, 'garden/loop'));
  await symlink(join(root, 'nowhere.md'), join(root, 'garden/dead.md'));
  await symlink(join(root, 'shelf'), join(root, 'garden/shelf'));
  const content = await loadFolder(root);
  expect(idsOf(content)).toEqual(['a', 'b']);
  expect(lines(content)).toEqual([
    'garden/dead.md: warning: This is a symbolic link that leads nowhere.',
    'garden/secret.md: warning: This is a symbolic link that leads out of the folder and is not followed. Name its target under `issues:` or `posts:`.',
    'garden/secrets: warning: This is a symbolic link that leads out of the folder and is not followed. Name its target under `issues:` or `posts:`.',
  ]);
});

test('500 posts in twenty series are loaded without a problem', async () => {
  const body = 'A sentence of a post that goes on for a while. '.repeat(200);
  const posts = Array.from({ length: 500 }, (_, i) => [
    `posts/2025-01-01-post-${i}.md`,
    `---\ntitle: "Post ${i}"\ndate: 2025-01-01T09:40:00+08:00\nseries: [s${i % 20}]\nweight: ${i + 1}\ntags: [a, b, c]\n---\n${body}`,
  ]);
  const root = await folderWith(Object.fromEntries(posts) as Record<string, string>);
  const { series, problems } = await loadFolder(root);
  expect([series.length, problems]).toEqual([20, []]);
});

test.each([post().replace('title: A post', 'draft: false'), post().replace('A post', '""'), 'Text.\n'])(
  'a post without a title has one error, and is looked at no further: %j',
  async (text) => {
    const content = await loaded({ 'garden/_index.md': index(), 'garden/a.md': text, 'garden/b.md': post() });
    expect(lines(content)).toEqual([
      'garden/a.md:1: error: The post has no title. Add `title: …` to its front matter.',
    ]);
    expect(content.reports[0]?.partial?.sound.map(({ id }) => id)).toEqual(['b']);
  },
);
