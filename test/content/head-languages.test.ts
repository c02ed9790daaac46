import { describe, expect, test } from 'vitest';
import type { Issue } from '../../src/domain/issue.ts';
import type { Series } from '../../src/domain/series.ts';
import { lines, loaded } from './content-folder.ts';

const INDEX = {
  yaml: `---
title: The garden year
description: |
  One
  two
language: zh_tw
from: {name: Ivy Garden, address: ivy@example.com}
reply_to: answers@example.com
every: [mon, thu]
at: 08:00
window: 07:00-21:00
timezone: Asia/Tokyo
join: next
template: plain
issues: [b.md, a]
---
`,
  toml: `+++
title = "The garden year"
description = '''
One
two'''
language = "zh_tw"
reply_to = "answers@example.com"
every = ["mon", "thu"]
at = 08:00
window = "07:00-21:00"
timezone = "Asia/Tokyo"
join = "next"
template = "plain"
issues = [
  "b.md",
  "a",
]

[from]
name = "Ivy Garden"
address = "ivy@example.com"
+++
`,
  json: `{
  "title": "The garden year", "description": "One\\ntwo", "language": "zh_tw",
  "from": {"name": "Ivy Garden", "address": "ivy@example.com"}, "reply_to": "answers@example.com",
  "every": ["mon", "thu"], "at": "08:00", "window": "07:00-21:00", "timezone": "Asia/Tokyo",
  "join": "next", "template": "plain", "issues": ["b.md", "a"]
}
`,
};
const POST = {
  yaml: `---
Title: 007
subtitle: {deep: {er: x}}
date: 2026-01-28T09:40:00+08:00
publishDate: 2026-01-29 09:40:00
expiryDate: 2027-01-01
draft: false
slug: thaw
aliases: [/old/]
cover: {image: /a.jpg, alt: A}
summary: Short
source_url: https://example.com/x
newsletter:
  subject: S
  preheader: P
params: {Mood: calm, count: 12}
nothing:
---
Text.
`,
  toml: `+++
Title = "007"
date = 2026-01-28T09:40:00+08:00
publishDate = 2026-01-29 09:40:00
expiryDate = 2027-01-01
draft = false
slug = "thaw"
aliases = ["/old/"]
cover.image = "/a.jpg"
cover.alt = "A"
summary = "Short"
source_url = "https://example.com/x"
subtitle.deep.er = "x"
nothing = ""
[newsletter]
subject = "S"
preheader = "P"
[params]
Mood = "calm"
count = 12
+++
Text.
`,
  json: `{
  "Title": "007",
  "date": "2026-01-28T09:40:00+08:00",
  "publishDate": "2026-01-29 09:40:00",
  "expiryDate": "2027-01-01", "draft": false, "slug": "thaw", "aliases": ["/old/"],
  "cover": {
    "image": "/a.jpg", "alt": "A"
  },
  "summary": "Short",
  "source_url": "https://example.com/x", "subtitle": {"deep": {"er": "x"}}, "nothing": null,
  "newsletter": {
    "subject": "S",
    "preheader": "P" },
  "params": {"Mood": "calm", "count": 12}
}
Text.
`,
};
type Language = keyof typeof POST;
const LANGUAGES: Language[] = ['yaml', 'toml', 'json'];

const series = async (language: Language): Promise<Series | undefined> => {
  const content = await loaded({
    'garden/_index.md': INDEX[language],
    'garden/a.md': POST[language],
    'garden/b.md': POST[language].replace('thaw', 'b'),
  });
  expect(lines(content)).toEqual([]);
  return content.series[0];
};

describe.each(LANGUAGES)('in %s', (language) => {
  test('a series says all its settings', async () => {
    expect(await series(language)).toMatchObject({
      title: 'The garden year',
      description: 'One two',
      language: 'zh-TW',
      from: { name: 'Ivy Garden', address: 'ivy@example.com' },
      replyTo: 'answers@example.com',
      cadence: {
        every: { kind: 'weekdays', weekdays: [1, 4] },
        at: 480,
        timezone: 'Asia/Tokyo',
        window: { from: 420, to: 1260 },
      },
      join: 'next',
      template: 'plain',
      issues: [{ id: 'b' }, { id: 'thaw' }],
    });
  });

  test('a post says all it has to say', async () => {
    expect((await series(language))?.issues[1]).toMatchObject({
      title: '007',
      subject: 'S',
      preheader: 'P',
      description: 'Short',
      date: Date.parse('2026-01-28T01:40:00Z'),
      releaseAt: Date.parse('2026-01-29T00:40:00Z'),
      image: { url: '/a.jpg', alt: 'A' },
      source: { url: 'https://example.com/x' },
      aliases: expect.arrayContaining(['/old/', 'thaw']),
      body: 'Text.\n',
      params: {
        title: '007',
        draft: 'false',
        publishdate: '2026-01-29 09:40:00',
        'subtitle.deep.er': 'x',
        'cover.alt': 'A',
        'newsletter.subject': 'S',
        mood: 'calm',
        count: '12',
        nothing: '',
      },
    });
  });
});

test.each<[Language, Issue['lines']]>([
  ['yaml', { title: 2, date: 4, image: 10, description: 11, source: 12, subject: 14, preheader: 15 }],
  ['toml', { title: 2, date: 3, image: 9, description: 11, source: 12, subject: 16, preheader: 17 }],
  ['json', { title: 2, date: 3, image: 6, description: 9, source: 10, subject: 12, preheader: 13 }],
])('a post in %s tells on which lines its fields are', async (language, expected) => {
  expect((await series(language))?.issues[1]?.lines).toEqual(expected);
});

const read = async (text: string): Promise<Issue | undefined> => {
  const content = await loaded({ 'garden/_index.md': INDEX.yaml.replace('b.md, ', ''), 'garden/a.md': text });
  return content.series[0]?.issues[0];
};

test.each<[string, Issue['lines']]>([
  ['title: a\nsubject: not ours', { title: 2 }],
  ['title: a\nnewsletter: {subject: b}', { title: 2, subject: 3 }],
  ['title: a\ndescription:\nexcerpt: b', { title: 2, description: 4 }],
  ['title: a\nsource_name: b', { title: 2, source: 3 }],
  ['title: a\npublished: 2026-01-01', { title: 2, date: 3 }],
  ['title: a\npublished: true', { title: 2 }],
  ['title: a\npubDate: Jan 28 2026\ndate: 2026-01-01', { title: 2, date: 4 }],
  ['title: a\nimages:\n  - /a.jpg', { title: 2, image: 3 }],
])('the lines of %j', async (head, expected) => {
  expect((await read(`---\n${head}\n---\nText.`))?.lines).toEqual(expected);
});

test.each<[string, Record<string, string>]>([
  ['a: 012\nB: 1e3\nc: ~\nd: true', { a: '012', b: '1e3', c: '', d: 'true' }],
  ['a: [1, 2]\nb: {c: [1], d: x}', { 'b.d': 'x' }],
  [
    'params: {a: inner, b: {c: x}}\na: outer',
    { a: 'inner', 'b.c': 'x', 'params.a': 'inner', 'params.b.c': 'x' },
  ],
  ['a: outer\nparams: {a: inner}', { a: 'inner', 'params.a': 'inner' }],
  ['params: x', { params: 'x' }],
])('the parameters of %j', async (head, expected) => {
  const params = (await read(`---\ntitle: T\n${head}\n---\nText.`))?.params;
  expect(params).toEqual({ title: 'T', ...expected });
});

test.each([
  ['+++\ntitle = "a"\npart = 1_0\n+++\n', '+++\ntitle = "b"\npart = 0x9\n+++\n', ['b', 'a']],
  ['+++\ntitle = "a"\nweight = 2\n+++\n', '{"title": "b", "weight": 1.5}\n', ['b', 'a']],
  ['+++\ntitle = "a"\ndate = 2026-01-02\n+++\n', '{"title": "b", "date": "2026-01-01"}\n', ['b', 'a']],
])('posts in any language have their places: %j and %j', async (a, b, order) => {
  const content = await loaded({
    'garden/_index.md': '{"title": "Garden"}\n',
    'garden/a.md': `${a}Text.`,
    'garden/b.md': `${b}Text.`,
  });
  expect(content.series[0]?.issues.map(({ id }) => id)).toEqual(order);
});

test('what is wrong with a value is told with its line in TOML and JSON, too', async () => {
  const content = await loaded({
    'garden/_index.md': '+++\ntitle = "Garden"\n\nevery = "sometimes"\nevry = "1d"\n+++\n',
    'garden/a.md': '{\n"title": "a",\n"date": "2026-02-30"\n}\nText.',
    'garden/b.md': '+++\ntitle = "b"\ndate = 2026-02-30\n[newsletter]\nsubjekt = "x"\n+++\nText.',
  });
  expect(lines(content).map((line) => line.slice(0, line.indexOf('. ')))).toEqual([
    'garden/_index.md:4: error: `every: sometimes` is not a gap',
    'garden/_index.md:5: warning: The key `evry` is not known',
    expect.stringMatching(/^garden\/a.md:3: error: `date: 2026-02-30` is a day or time that does not exist/),
    'garden/b.md:5: error: `newsletter` has no key `subjekt`',
    expect.stringMatching(/^garden\/b.md:3: error: `date: 2026-02-30` is a day or time that does not exist/),
  ]);
});
