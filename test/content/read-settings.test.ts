import { expect, test } from 'vitest';
import { parseFrontMatter } from '../../src/content/front-matter.ts';
import { Complaints } from '../../src/content/complaints.ts';
import { readSettings, type SeriesSettings } from '../../src/content/read-settings.ts';
import { formatProblem } from '../../src/domain/problem.ts';
import { warnOfMisspeltKeys } from '../../src/content/warn-of-misspelt-keys.ts';
import { DEFAULTS } from './content-folder.ts';

function read(yaml: string): { settings: SeriesSettings; problems: string[] } {
  const parsed = parseFrontMatter(`---\n${yaml}\n---\n`, 'i.md');
  if (Array.isArray(parsed)) throw new Error(parsed.map(formatProblem).join('\n'));
  const complaints = new Complaints('i.md');
  const settings = readSettings(parsed.data, DEFAULTS, complaints);
  warnOfMisspeltKeys(parsed.data, complaints);
  return { settings, problems: complaints.problems.map(formatProblem) };
}

test('a series that says nothing has the defaults: daily, for every reader from the first issue', () => {
  expect(read('')).toEqual({
    problems: [],
    settings: {
      description: '',
      language: 'en',
      from: DEFAULTS.from,
      cadence: { every: { kind: 'days', days: 1 }, timezone: 'Asia/Taipei' },
      join: 'first',
      letters: ['goodbye'],
      template: 'issue',
      isDraft: false,
    },
  });
});

const mailbox = { name: 'Ivy', address: 'ivy@example.com' };

test.each<[string, object]>([
  ['from: Ivy <ivy@example.com>', { from: mailbox }],
  ['from: ivy@example.com', { from: { ...mailbox, name: '' } }],
  ['from: {name: Ivy, address: ivy@example.com}', { from: mailbox }],
  ['from:\n  email: ivy@example.com', { from: { ...mailbox, name: '' } }],
  ['reply_to: Ivy <ivy@example.com>', { replyTo: 'ivy@example.com' }],
  ['replyTo: ivy@example.com', { replyTo: 'ivy@example.com' }],
  ['language: zh_hant_tw', { language: 'zh-Hant-TW' }],
  ['lang: zh-tw', { language: 'zh-TW' }],
  ['every: 0', { cadence: { every: { kind: 'elapsed', ms: 0 } } }],
  ['every: 12h', { cadence: { every: { kind: 'elapsed', ms: 43_200_000 } } }],
  ['every: [mon, thu]', { cadence: { every: { kind: 'weekdays', weekdays: [1, 4] } } }],
  ['at: 8:30', { cadence: { at: 510 } }],
  ['window: 22:00-06:00', { cadence: { window: { from: 1320, to: 360 } } }],
  ['timezone: Europe/Berlin', { cadence: { timezone: 'Europe/Berlin' } }],
  ['join: next', { join: 'next' }],
  ['template: plain-letter', { template: 'plain-letter' }],
  [
    'paces: [1d, 3d, 1w]',
    {
      paces: [
        { kind: 'days', days: 1 },
        { kind: 'days', days: 3 },
        { kind: 'days', days: 7 },
      ],
    },
  ],
  ['paces: ["mon,thu", 12h, 1w, 7d]', { paces: [{ weekdays: [1, 4] }, { ms: 43_200_000 }, { days: 7 }] }],
  ['paces: weekly', { paces: [{ kind: 'days', days: 7 }] }],
  ['paces: []', { paces: [] }],
  ['letters: [welcome, goodbye, finished]', { letters: ['welcome', 'goodbye', 'finished'] }],
  ['letters: [Finished, welcome, finished]', { letters: ['welcome', 'finished'] }],
  ['letters: welcome', { letters: ['welcome'] }],
  ['letters: []', { letters: [] }],
  ['letters:', { letters: ['goodbye'] }],
  ['draft: true', { isDraft: true }],
  ['issues: []', { issues: [] }],
  ['posts: ../blog', { posts: { folder: '../blog', line: 2 } }],
])('`%s` is a setting', (yaml, expected) => {
  const { settings, problems } = read(yaml);
  expect(problems).toEqual([]);
  expect(settings).toMatchObject(expected);
});

test.each([
  ['from: Ivy', 'i.md:2: error: `from: Ivy` is not a sender. Write it like `Ivy Garden <ivy@example.com>`.'],
  ['from: {name: Ivy}', 'i.md:2: error: `from` has no `address`.'],
  ['from: {address: ivy}', 'i.md:2: error: `from` has `ivy`, which is not an address.'],
  ['from: [ivy@example.com]', 'i.md:2: error: `from` must be text, but it is a list.'],
  ['from: "Ivy\\u202e <ivy@example.com>"', 'i.md:2: error: `from` has a line break, a control character'],
  ['reply_to: nobody', 'i.md:2: error: `reply_to: nobody` is not an address.'],
  ['language: Chinese (Taiwan)', 'i.md:2: error: `language: Chinese (Taiwan)` is not a language tag.'],
  ['every: often', 'i.md:2: error: `every: often` is not a gap. Write it like `1d`'],
  ['every: {days: 1}', 'i.md:2: error: `every` must be text, but it is a map.'],
  ['at: 9am', 'i.md:2: error: `at: 9am` is not a time of day. Write it like `08:00`.'],
  [
    'window: daytime',
    'i.md:2: error: `window: daytime` is not a span of hours. Write it like `08:00-20:00`.',
  ],
  ['timezone: Taipei', 'i.md:2: error: `timezone: Taipei` is not a time zone. Write an IANA name'],
  ['join: last', 'i.md:2: error: `join: last` must be `first` or `next`.'],
  ['template: ../secret', 'i.md:2: error: `template: ../secret` is not the name of a template.'],
  [
    'letters: [goodby]',
    'i.md:2: error: `letters` has `goodby`, which is no letter a series chooses. Did you mean `goodbye`?',
  ],
  [
    'letters:\n  - welcome\n  - confirm',
    'i.md:4: error: `letters` has `confirm`, which is no letter a series chooses. Known are `welcome`, `goodbye`',
  ],
  ['letters: [[welcome]]', 'i.md:2: error: An entry of `letters` must be the name of a letter.'],
  ['letters: {welcome: true}', 'i.md:2: error: `letters` must be a list, but it is a map.'],
  ['leters: []', 'i.md:2: warning: The key `leters` is not known. Did you mean `letters`?'],
  [
    'paces: [1d, often]',
    'i.md:2: error: `paces` has `often`, which is not a gap. Write gaps like `1d`, `2w`',
  ],
  ['paces:\n  - 1d\n  - soon', 'i.md:4: error: `paces` has `soon`, which is not a gap.'],
  ['paces: [[1d]]', 'i.md:2: error: An entry of `paces` must be a gap.'],
  ['paces: {slow: 1w}', 'i.md:2: error: `paces` must be a list of gaps, but it is a map.'],
  ['pace: [1d]', 'i.md:2: warning: The key `pace` is not known. Did you mean `paces`?'],
  ['template: letter', 'i.md:2: error: `template: letter` is what letters are written on, not issues.'],
  ['draft: 1', 'i.md:2: error: `draft` must be `true` or `false`.'],
  ['issues: a.md', 'i.md:2: error: `issues` must be a list of paths or slugs.'],
  ['evry: 1d', 'i.md:2: warning: The key `evry` is not known. Did you mean `every`?'],
  ['time_zone: UTC', 'i.md:2: warning: The key `time_zone` is not known. Did you mean `timezone`?'],
])('`%s` is said to be wrong', (yaml, complaint) => {
  expect(read(yaml).problems.join('\n')).toContain(complaint);
});

test('keys of Hugo are none of our business', () => {
  const hugo =
    'date: 2026-01-01\nweight: 1\nmenu: main\ntype: posts\nlayout: list\ncascade: {a: 1}\nlinkTitle: x\nimages: [a]';
  expect(read(hugo).problems).toEqual([]);
});
