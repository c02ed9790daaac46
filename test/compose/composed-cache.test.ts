import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { composedFolder } from '../../src/compose/cache/composed-folder.ts';
import { createComposer, type ComposerOptions, type RenderResult } from '../../src/compose/render-issue.ts';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import type { FindImage } from '../../src/domain/image-file.ts';
import type { Issue, IssueId } from '../../src/domain/issue.ts';
import type { Series } from '../../src/domain/series.ts';
import { ADDRESS, SITE, sampleIssue, sampleSeries } from './sample-series.ts';

let folder = '';
let kept = '';
let templates = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'composed-'));
  kept = join(folder, 'composed');
  templates = join(folder, 'templates');
  await mkdir(join(templates, 'locales'), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

interface Input {
  issue: Partial<Issue>;
  series: Partial<Series>;
  options: Partial<ComposerOptions>;
}

const BODY = 'Leaves, and [tools](01-tools.md).\n\n![A bed](bed.png)\n\n![](gone.png)';
const bed = {
  path: '/blog/bed.png',
  bytes: 900,
  changedAt: 1,
  format: 'png',
  width: 300,
  height: 200,
} as const;
const finding =
  (file: Awaited<ReturnType<FindImage>>): FindImage =>
  async (_, url) =>
    url === 'bed.png' ? file : undefined;

/** Composes with the cache in the folder; `isNew` tells whether the answer was made or found. */
async function compose({ issue = {}, series = {}, options = {} }: Partial<Input> = {}) {
  const cache = composedFolder(kept);
  let isNew = false;
  const whole = sampleIssue({ body: BODY, ...issue });
  const composer = createComposer({
    postalAddress: ADDRESS,
    siteUrl: SITE,
    templatesFolder: templates,
    findImage: finding(bed),
    ...options,
    cache: {
      get: cache.get,
      set: async (key, entry) => {
        isNew = true;
        await cache.set(key, entry);
      },
    },
  });
  const result = await composer.renderIssue(sampleSeries(whole, series), whole);
  return { result, isNew };
}

const bytesOf = (result: RenderResult): string => JSON.stringify(result);
const entries = async (): Promise<string[]> => (await readdir(kept)).filter((name) => name.endsWith('.gz'));

test('an unchanged issue is not composed again, and is the same to the byte, problems included', async () => {
  const made = await compose();
  const found = await compose();
  expect([made.isNew, found.isNew]).toEqual([true, false]);
  expect(made.result).toHaveProperty('rendered');
  expect(made.result.problems.length).toBeGreaterThan(0);
  expect(bytesOf(found.result)).toBe(bytesOf(made.result));

  const whole = sampleIssue({ body: BODY });
  const without = createComposer({
    postalAddress: ADDRESS,
    siteUrl: SITE,
    templatesFolder: templates,
    findImage: finding(bed),
  });
  expect(bytesOf(await without.renderIssue(sampleSeries(whole), whole))).toBe(bytesOf(made.result));
});

const [tools, , seeds] = sampleSeries(sampleIssue()).issues as [Issue, Issue, Issue];
const beside = (changes: Partial<Issue>): Partial<Input> => ({
  series: { issues: [tools, sampleIssue({ body: BODY }), { ...seeds, ...changes }] },
});

test.each<[string, Partial<Input>]>([
  ['title', { issue: { title: 'Other' } }],
  ['subject', { issue: { subject: 'Other' } }],
  ['preheader', { issue: { preheader: 'Other' } }],
  ['description', { issue: { description: 'Other' } }],
  ['body', { issue: { body: `${BODY} ` } }],
  ['number', { issue: { number: 3 } }],
  ['id', { issue: { id: 'other' as IssueId } }],
  ['date', { issue: { date: 1 } }],
  ['release time', { issue: { releaseAt: 1 } }],
  ['hero image', { issue: { image: { url: '/hero.png', alt: '' } } }],
  ['source', { issue: { source: { name: 'The Journal' } } }],
  ['permalink', { issue: { aliases: ['/elsewhere/'] } }],
  ['param of the front matter', { issue: { params: { topic: 'soil' } } }],
  ['file', { issue: { file: 'content/garden/03-soil.md' } }],
  ['line of the body', { issue: { bodyLine: 6 } }],
  ['line of a field', { issue: { lines: { title: 2 } } }],
  ['title of another issue', beside({ title: 'Other' })],
  ['permalink of another issue', beside({ aliases: ['/elsewhere/'] })],
  ['release time of another issue', beside({ releaseAt: 1 })],
  ['id of another issue', beside({ id: 'other' as IssueId })],
  ['file of another issue', beside({ file: 'content/04-seeds.md' })],
  ['number of another issue', beside({ number: 4 })],
  ['number of issues', { series: { issues: [tools, sampleIssue({ body: BODY })] } }],
  ["series' title", { series: { title: 'Other' } }],
  ["series' description", { series: { description: 'Other' } }],
  ["series' language", { series: { language: 'zh-Hant' } }],
  ["series' sender", { series: { from: { name: 'Other', address: 'press@example.com' as EmailAddress } } }],
  ["series' reply address", { series: { replyTo: 'reply@example.com' as EmailAddress } }],
  ["series' template", { series: { template: 'none' } }],
  ["series' time zone", { series: { cadence: { every: { kind: 'days', days: 1 }, timezone: 'UTC' } } }],
  ["series' file", { series: { file: 'content/garden/index.md' } }],
  ['address of the blog', { options: { siteUrl: 'https://other.example.com' } }],
  ['postal address', { options: { postalAddress: 'Other' } }],
  ['image file', { options: { findImage: finding({ ...bed, changedAt: 2 }) } }],
  ['size of an image file', { options: { findImage: finding({ ...bed, bytes: 901 }) } }],
  ['width of an image', { options: { findImage: finding({ ...bed, width: 301 }) } }],
  ['place of an image', { options: { findImage: finding({ ...bed, path: '/blog/a/bed.png' }) } }],
  ['image that is gone', { options: { findImage: finding(undefined) } }],
  ['image that has come', { options: { findImage: async () => bed } }],
])('with another %s an issue is composed anew', async (_, change) => {
  await compose();
  expect((await compose()).isNew).toBe(false);
  expect((await compose(change)).isNew).toBe(true);
  expect((await compose(change)).isNew).toBe(false);
});

test.each<[string, Partial<Input>]>([
  ['body', beside({ body: 'Other.' })],
  ['description', beside({ description: 'Other.' })],
  ['line', beside({ bodyLine: 7 })],
])('with another %s of another issue it is not', async (_, change) => {
  await compose();
  expect((await compose(change)).isNew).toBe(false);
});

test.each([
  [
    'a template',
    'partials/footer.mjml.liquid',
    '<mj-section><mj-column><mj-text>{{ slots.unsubscribeUrl }}</mj-text></mj-column></mj-section>',
  ],
  ['a file of words', 'locales/en.json', '{ "issue": { "unsubscribe": "Let me go" } }'],
])('with %s of the writer an issue is composed anew', async (_, name, source) => {
  const before = await compose();
  await mkdir(join(templates, 'partials'), { recursive: true });
  await writeFile(join(templates, name), source);
  const after = await compose();
  expect(after.isNew).toBe(true);
  expect(bytesOf(after.result)).not.toBe(bytesOf(before.result));
  expect((await compose()).isNew).toBe(false);
});

test('a template that was mended is not remembered as broken', async () => {
  await writeFile(join(templates, 'issue.mjml.liquid'), '<mjml>{{ nothing }}</mjml>');
  expect((await compose()).result).not.toHaveProperty('rendered');
  await rm(join(templates, 'issue.mjml.liquid'));
  expect((await compose()).result).toHaveProperty('rendered');
});

test.each<[string, (file: string) => Promise<void>]>([
  ['empty', (file) => writeFile(file, '')],
  ['cut off', async (file) => writeFile(file, (await readFile(file)).subarray(0, 500))],
  ['changed in one byte', async (file) => writeFile(file, (await readFile(file)).with(700, 0))],
  ['not packed', (file) => writeFile(file, '{"images":[],"result":{"problems":[]}}')],
])('an entry that is %s counts as none, and is written anew', async (_, damage) => {
  const made = await compose();
  const [name = ''] = await entries();
  await damage(join(kept, name));
  const again = await compose();
  expect(again.isNew).toBe(true);
  expect(bytesOf(again.result)).toBe(bytesOf(made.result));
  expect((await compose()).isNew).toBe(false);
});

test('where nothing can be written, issues are composed all the same', async () => {
  await writeFile(kept, 'a file where the folder should be');
  expect((await compose()).result).toHaveProperty('rendered');
  expect((await compose()).isNew).toBe(true);
});

test('a cache that can only be read serves', async () => {
  await compose();
  await chmod(kept, 0o500);
  expect((await compose()).isNew).toBe(false);
  await chmod(kept, 0o700);
});

test("the cache is for its owner's eyes, and not for Git's", async () => {
  await compose();
  const [name = ''] = await entries();
  expect((await stat(kept)).mode & 0o777).toBe(0o700);
  expect((await stat(join(kept, name))).mode & 0o777).toBe(0o600);
  expect(await readFile(join(kept, '.gitignore'), 'utf8')).toBe('*\n');
});
