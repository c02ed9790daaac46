import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLetterComposer } from '../../src/compose/letter-composer.ts';
import { LETTER_KEYS } from '../../src/compose/letter-keys.ts';
import { letterProblems } from '../../src/compose/letter-problems.ts';
import type { SeriesAbout } from '../../src/domain/plan.ts';
import { LOCALES } from '../../src/domain/locale.ts';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { textWidth } from '../../src/compose/text/text-width.ts';
import {
  ADDRESS,
  BASE,
  composeLetter,
  EVERY_LETTER,
  htmlOf,
  samplePlan,
  sampleTopic,
  SLOTS,
  textOf,
} from './sample-letters.ts';
import { sampleIssue, sampleSeries } from './sample-series.ts';

async function templatesFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'letters-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, source] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), source);
  }
  return folder;
}

async function wordsIn(locale: string): Promise<Record<string, string>> {
  const file = new URL(`../../templates/locales/${locale}.json`, import.meta.url);
  return (JSON.parse(await readFile(file, 'utf8')) as { letters: Record<string, string> }).letters;
}

const valuesOf = (phrase = ''): Set<string> => new Set(phrase.match(/\{\w+\}/g));

test('every language says the same, with the same values in it', async () => {
  const english = await wordsIn('en');
  for (const locale of LOCALES) {
    const words = await wordsIn(locale);
    expect(new Set(Object.keys(words)), `words of ${locale}`).toEqual(new Set(LETTER_KEYS));
    for (const key of LETTER_KEYS) {
      expect(words[key] === '', `${locale} ${key}`).toBe(english[key] === '');
      expect(valuesOf(words[key]), `${locale} ${key}`).toEqual(valuesOf(english[key]));
    }
  }
});

test.each(EVERY_LETTER)('the letter %s in %s says all it has to, in both parts', async (kind, locale) => {
  const letter = await composeLetter(sampleTopic(kind, locale));
  const { title } = samplePlan({}, locale);
  for (const part of [htmlOf(letter), textOf(letter)]) {
    expect(part).toContain(title);
    expect(part).toContain(SLOTS.actionUrl);
    for (const line of ADDRESS.split('\n')) expect(part).toContain(line);
    expect(part).not.toMatch(/slot[0-9a-f]{32}|\{\w+\}|null|undefined/);
  }
  expect(letter.subject).not.toContain('{');
});

test.each(EVERY_LETTER)(
  'no line of the letter %s in %s is too wide, but for addresses',
  async (kind, locale) => {
    const lines = textOf(await composeLetter(sampleTopic(kind, locale))).split('\n');
    expect(lines.filter((line) => textWidth(line) > 72 && !/<https:\S+>$/.test(line))).toEqual([]);
    expect(lines.join('\n')).not.toMatch(/\n{3}| $/m);
  },
);

test('a confirmation has one link and nothing of the reader in it', async () => {
  for (const locale of LOCALES) {
    for (const kind of ['confirm', 'known'] as const) {
      const letter = await composeLetter(sampleTopic(kind, locale));
      expect(letter.html.filter((_, index) => index % 2 === 1)).toEqual(['actionUrl']);
      expect(letter.text.filter((_, index) => index % 2 === 1)).toEqual(['actionUrl']);
      expect(htmlOf(letter).match(/href=/g)).toHaveLength(1);
    }
  }
});

test('a confirmation says for what, by whom, and for how long', async () => {
  const text = textOf(await composeLetter(sampleTopic('confirm', 'en'))).replaceAll('\n', ' ');
  expect(text).toContain('asked for A Year in the Garden to be sent to this address');
  expect(text).toContain('It comes from Garden Letters.');
  expect(text).toContain('good for 7 days');
  expect(text).toContain('there is nothing to do');
});

test.each(['welcome', 'finished'] as const)('a reader can leave from the letter %s', async (kind) => {
  const letter = await composeLetter(sampleTopic(kind, 'en'));
  for (const part of [htmlOf(letter), textOf(letter)]) expect(part).toContain(SLOTS.unsubscribeUrl);
});

test('the last letter names the other series, with their pages', async () => {
  const letter = await composeLetter(sampleTopic('finished', 'zh-Hant'));
  for (const part of [htmlOf(letter), textOf(letter)]) {
    expect(part).toContain('Five Letters on Tea');
    expect(part).toContain(`${BASE}/s/tea`);
    expect(part).toContain(`${BASE}/s/%E5%B1%B1%E5%9F%8E%E6%9B%B8%E7%B0%A1`);
  }
  const alone = await composeLetter({ ...sampleTopic('finished', 'en'), others: [] });
  expect(textOf(alone)).not.toContain('Other series');
});

const NASTY = [
  '<script>alert(1)</script>',
  '</mj-text><mj-raw><p>x</p></mj-raw>',
  '" onmouseover="x',
  '{{ words.why }}{% render "issue.mjml" %}',
  '<mj-include path="/etc/passwd" />',
  "Q&A & 'more' $& $1 {series} {from}",
  ']]><!--',
  'slot actionUrl',
];

test.each(NASTY)('a series that is called %s is only called that', async (title) => {
  const plan = samplePlan({
    title,
    about: { description: title, from: { name: title, address: 'a@example.com' as EmailAddress } },
  });
  for (const [kind] of EVERY_LETTER.filter(([, locale]) => locale === 'en')) {
    const letter = await composeLetter({
      ...sampleTopic(kind, 'en'),
      plan,
      others: kind === 'finished' ? [plan] : [],
    });
    const html = htmlOf(letter);
    expect(html).not.toMatch(/<script|<mj-|<p>x|onmouseover="x|root:/);
    expect(html.match(/<html/g)).toHaveLength(1);
    expect(textOf(letter)).toContain(title.slice(0, 30).trim());
  }
  const { subject } = await composeLetter({ ...sampleTopic('welcome', 'en'), plan });
  expect(subject).toBe(`Welcome to ${title}`);
});

test('what fills a slot of the HTML is escaped', async () => {
  const html = htmlOf(await composeLetter(sampleTopic('welcome', 'en')));
  expect(html).toContain('Hello Ash &amp; Bay,');
});

test.each<[string, Partial<SeriesAbout>, 'en' | 'zh-Hant' | 'zh-Hans', string, boolean]>([
  ['the series has its own kind of our language', { language: 'zh-HK' }, 'zh-Hant', 'zh-HK', false],
  ['the reader has chosen another', { language: 'zh-HK' }, 'en', 'en', false],
  ['the series is in English of its own kind', { language: 'en-GB' }, 'en', 'en-GB', false],
  ['we have no words for its language', { language: 'ja' }, 'en', 'en', false],
  ['the writer has', { language: 'ja' }, 'en', 'ja', true],
])('the language of a letter when %s', async (_, about, locale, expected, hasOwnWords) => {
  const folder = await templatesFolder({ 'locales/en.json': '{"letters":{"welcomeTitle":"ようこそ"}}' });
  const topic = { ...sampleTopic('welcome', locale), plan: samplePlan({ about }) };
  const letter = await composeLetter(topic, hasOwnWords ? { templatesFolder: folder } : {});
  expect(letter.language).toBe(expected);
  expect(htmlOf(letter)).toContain(`lang="${expected}"`);
  expect(textOf(letter).includes('ようこそ')).toBe(hasOwnWords);
});

test('a title in a sentence that is written the other way is held together', async () => {
  const plan = samplePlan({ title: 'سنة في الحديقة', about: { language: 'ar' } });
  const letter = await composeLetter({ ...sampleTopic('welcome', 'en'), plan });
  expect(htmlOf(letter)).toContain('\u2068سنة في الحديقة\u2069');
  expect(letter.subject).not.toMatch(/[\u2066-\u2069]/);
});

test('a writer changes looks and words, file by file', async () => {
  const folder = await templatesFolder({
    'locales/en.json': '{"letters":{"confirmButton":"Yes, please","confirmNote":""}}',
    'partials/letter-head.mjml.liquid': '<mj-text>OUR HEAD {{ series.title }}</mj-text>',
  });
  const letter = await composeLetter(sampleTopic('confirm', 'en'), { templatesFolder: folder });
  expect(htmlOf(letter)).toContain('OUR HEAD A Year in the Garden');
  expect(htmlOf(letter)).toContain('Yes, please');
  expect(textOf(letter)).not.toContain('7 days');
});

test.each([
  ['Liquid', { 'letter.mjml.liquid': '{{ nobody.knows }}' }],
  ['MJML', { 'partials/letter-head.mjml.liquid': '<mj-nothing />' }],
  ['text', { 'letter.text.liquid': '{% if %}' }],
  ['text without the link', { 'letter.text.liquid': '{{ letter.title }}' }],
  ['words', { 'locales/en.json': '{"letters":{"confirmText":1}}' }],
  ['JSON', { 'locales/en.json': '{' }],
])("a mistake in a writer's %s is told, and costs nobody the letter", async (_, files) => {
  const folder = await templatesFolder(files);
  const told: string[] = [];
  const options = { templatesFolder: folder, onProblem: ({ file }: { file: string }) => told.push(file) };
  const letter = await composeLetter(sampleTopic('confirm', 'en'), options);
  expect(textOf(letter)).toContain('Please confirm your subscription');
  expect(told).toEqual([join(folder, Object.keys(files)[0] ?? '')]);
});

test('a letter is rendered once, and anew when the series has changed', async () => {
  const composer = createLetterComposer({ baseUrl: BASE, postalAddress: '', onProblem: () => undefined });
  const topic = sampleTopic('confirm', 'en');
  const first = await composer.compose(topic);
  expect(await composer.compose(sampleTopic('confirm', 'en'))).toBe(first);
  expect(await composer.compose(sampleTopic('confirm', 'zh-Hant'))).not.toBe(first);
  const changed = await composer.compose({ ...topic, plan: samplePlan({ title: 'New', revision: 2 }) });
  expect(changed.subject).toBe('Please confirm: New');
});

test('the same letter has the same bytes in another process', async () => {
  expect(await composeLetter(sampleTopic('finished', 'en'))).toEqual(
    await composeLetter(sampleTopic('finished', 'en')),
  );
});

test('`check` tells of every mistake in the templates of letters, and that it stops nothing', async () => {
  const folder = await templatesFolder({
    'letter.text.liquid': '{% if letter.kind == "data" %}{{ nobody.knows }}{% endif %}{{ slots.actionUrl }}',
    'locales/zh-Hans.json': '{"letters":{"why":1}}',
  });
  const settings = { baseUrl: BASE, postalAddress: ADDRESS };
  expect(await letterProblems(sampleSeries(sampleIssue()), folder, settings)).toMatchObject([
    { severity: 'warning', file: `${folder}/locales/zh-Hans.json` },
    { severity: 'warning', file: `${folder}/letter.text.liquid`, line: 1 },
  ]);
  const nothing = await templatesFolder({ 'README.md': '' });
  expect(await letterProblems(sampleSeries(sampleIssue()), nothing, settings)).toEqual([]);
});
