import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NO_IMAGES } from '../../src/compose/article/images/find-images.ts';
import { mailSchema } from '../../src/compose/article/mail-schema.ts';
import { issueView } from '../../src/compose/issue-view.ts';
import { marksFor, slotMarks } from '../../src/compose/slot-marks.ts';
import { LETTER_KEYS } from '../../src/compose/letter-keys.ts';
import { letterView } from '../../src/compose/letter-view.ts';
import { readPhrases } from '../../src/compose/phrases.ts';
import { loadTemplates } from '../../src/compose/template/load-templates.ts';
import { readWords } from '../../src/compose/words.ts';
import { sampleTopic } from './sample-letters.ts';
import { SAMPLE_MAILS, sampleMail } from './sample-mails.ts';
import { SITE, sampleIssue, sampleSeries } from './sample-series.ts';

const read = (path: string): Promise<string> => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
const readme = await read('templates/README.md');

/** The first code span of each row of the table whose head begins with `head`. */
function firstColumn(head: string): string[] {
  const table = readme.split('\n\n').find((part) => new RegExp(`^\\| ${head} `).test(part)) ?? '';
  return [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, code = '']) => code);
}

/** `issue.title`, `issue.image`, `issue.image.url`: every name of a view, of one entry where there are many. */
function namesIn(value: unknown, path: string): string[] {
  if (Array.isArray(value)) {
    const [first] = value as unknown[];
    return typeof first === 'object' ? [path, ...namesIn(first, 'entry').slice(1)] : [path];
  }
  if (typeof value !== 'object' || value === null) return [path];
  const inside = Object.entries(value).flatMap(([key, child]) =>
    namesIn(child, path === '' ? key : `${path}.${key}`),
  );
  return [path, ...inside];
}

async function wholeView() {
  const issue = sampleIssue({
    image: { url: 'https://example.org/bed.jpg', alt: '' },
    source: { url: 'https://example.org/original' },
  });
  const templates = await loadTemplates();
  if ('severity' in templates) throw new Error(templates.message);
  const words = readWords(templates, 'en');
  if ('severity' in words) throw new Error(words.message);
  return issueView(
    { series: sampleSeries(issue), issue, webUrl: SITE, siteUrl: SITE },
    {
      words,
      wordsAreWriters: false,
      slots: slotMarks(''),
      postalAddress: 'a',
      article: { type: 'root', children: [] },
      linkedIssues: new Set(),
      images: NO_IMAGES,
    },
    [],
  );
}

test('it tells every variable, and none that is not there', async () => {
  const names = namesIn(await wholeView(), '').filter(
    (name) => !/^words\.|^slots|^(?:issue|series|)$/.test(name),
  );
  expect(firstColumn('Variable').toSorted()).toEqual(['article', ...names].toSorted());
});

async function letterViewOf() {
  const templates = await loadTemplates();
  if ('severity' in templates) throw new Error(templates.message);
  const words = readPhrases(templates, 'en', 'letters', LETTER_KEYS);
  if ('severity' in words) throw new Error(words.message);
  const names = ['greeting', 'actionUrl', 'readerUrl', 'unsubscribeUrl'] as const;
  const context = {
    words,
    wordsAreWriters: false,
    marks: marksFor(names, ''),
    baseUrl: '',
    postalAddress: '',
  };
  return letterView({ ...sampleTopic('finished', 'en'), others: [] }, context);
}

test('it tells every variable of a letter that an issue has not, and every slot', async () => {
  const { letter, series, slots } = await letterViewOf();
  const told = [...namesIn(letter, 'letter').slice(1), ...namesIn(series, 'series').slice(1)];
  expect(firstColumn('In a letter').toSorted()).toEqual(told.toSorted());
  expect(firstColumn("A letter's slot").toSorted()).toEqual(namesIn(slots, 'slots').slice(1).toSorted());
});

test('it tells every slot, and none that is not there', async () => {
  const { article: _, ...slots } = (await wholeView()).slots;
  expect(firstColumn('Slot').toSorted()).toEqual(
    Object.keys(slots)
      .map((name) => `slots.${name}`)
      .toSorted(),
  );
});

test('it tells every filter, and none that is not there', async () => {
  const source = await read('src/compose/template/fill-template.ts');
  const filters = [...source.matchAll(/registerFilter\('(\w+)'/g)].map(([, name = '']) => name);
  expect(filters).toHaveLength(3);
  expect(firstColumn('Filter').toSorted()).toEqual(filters.toSorted());
});

const BARE =
  '<mjml><mj-body><mj-section><mj-column>{{ article | raw }}<mj-text>{{ slots.unsubscribeUrl }}</mj-text></mj-column></mj-section></mj-body></mjml>';

test('it tells every class of an article, and none that is not there', async () => {
  const templatesFolder = await mkdtemp(join(tmpdir(), 'bare-'));
  await writeFile(join(templatesFolder, 'issue.mjml.liquid'), BARE);
  const samples = SAMPLE_MAILS.filter(({ template }) => template === 'issue');
  const mails = await Promise.all(samples.map((sample) => sampleMail(sample, { templatesFolder })));
  await rm(templatesFolder, { recursive: true });
  const shown = mails
    .flatMap((html) => [...html.matchAll(/ class="([^"]+)"/g)])
    .flatMap(([, names = '']) => names.split(' '));
  const ofMjml = /^(?:mj-|.*-outlook$)|^$/;
  const wanted = new Set(shown.filter((name) => !ofMjml.test(name) && !name.startsWith('language-')));
  for (const name of allowedClasses()) wanted.add(name);

  const told = new Set(
    [...(readme.split('## Blocks and classes')[1]?.matchAll(/`([\w-]+)`/g) ?? [])].map(([, name]) => name),
  );
  expect([...wanted].filter((name) => !told.has(name))).toEqual([]);
  const untrue = [...firstColumn('Block'), ...firstColumn('Class')].filter((name) => !wanted.has(name));
  expect(untrue).toEqual([]);
});

/** What the sanitizer lets a post keep, by name. */
const allowedClasses = (): string[] =>
  Object.values(mailSchema.attributes ?? {})
    .flat()
    .flatMap((rule) => (Array.isArray(rule) && rule[0] === 'className' ? rule.slice(1) : []))
    .filter((name): name is string => typeof name === 'string');

test('the files it names are there', async () => {
  const templates = await loadTemplates();
  const named = firstColumnOfCopies();
  expect(named.length).toBeGreaterThan(5);
  for (const name of named) expect([...(templates as Map<string, unknown>).keys()]).toContain(name);
});

const firstColumnOfCopies = (): string[] =>
  [...readme.matchAll(/^\|[^|]+\| `([\w./-]+\.(?:liquid|json))`/gm)].map(([, name = '']) => name);
