import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '../support/app.ts';

const POSTS = { '01-frost': 'title: Frost', '02-thaw': 'title: Thaw' };
/** Forgets the article, as a first try at a template of one's own may. */
const WITHOUT_ARTICLE =
  '{{ issue.title }}\n{{ slots.unsubscribeUrl }}\n{% for line in postalAddress %}{{ line }}\n{% endfor %}';

let garden: TestApp;
afterEach(() => garden.close());

const breakTemplate = async (): Promise<void> => {
  const { templatesFolder } = garden.config;
  await mkdir(templatesFolder, { recursive: true });
  await writeFile(join(templatesFolder, 'issue.text.liquid'), WITHOUT_ARTICLE);
};

test('an issue whose mail has an error is not scheduled; mended, it is', async () => {
  garden = await openTestApp();
  await garden.write('garden', 'every: 1d', POSTS);
  await breakTemplate();
  expect(await garden.schedule('garden')).toMatch(/^Series "garden" has errors \(1 more\): .*01-frost\.md/);
  expect(await garden.app.store.plans.all()).toEqual([]);

  await rm(garden.config.templatesFolder, { recursive: true });
  expect(await garden.schedule('garden')).toBe('scheduled');
  await garden.join('garden', 'ash');
  await garden.settle();
  expect(garden.received('ash')).toEqual(['Frost']);
});

test('a running series goes on as it was when a new schedule is refused', async () => {
  garden = await openTestApp();
  await garden.write('garden', 'every: 1d', POSTS);
  await garden.schedule('garden');
  await garden.join('garden', 'ash');
  await garden.settle();

  await garden.write('garden', 'every: 1d', { ...POSTS, '03-rain': 'title: Rain' });
  await breakTemplate();
  expect(await garden.schedule('garden')).toContain('has errors');
  await garden.travelDays(1);
  await garden.travelDays(1);
  expect(garden.received('ash')).toEqual(['Frost', 'Thaw']);
});
