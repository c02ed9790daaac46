import { EventEmitter, once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ContentPreview, type PreviewOptions } from '../../src/actions/preview-content.ts';
import { openStudio } from '../../src/app/studio.ts';
import { loadConfig } from '../../src/config.ts';
import type { IssueId } from '../../src/domain/issue.ts';
import type { SeriesId } from '../../src/domain/series.ts';

const GARDEN = 'garden' as SeriesId;
const FROST = 'frost' as IssueId;
const THAW = 'thaw' as IssueId;

let folder: string;
let composed: string[];
let bugs: unknown[];
let preview: ContentPreview;

const write = async (name: string, text: string) => {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), text);
};
const post = (title: string, text: string) => `---\ntitle: ${title}\n---\n\n${text}\n`;

/** The studio of a real folder, noting what is composed. */
function openNotingStudio(): ReturnType<PreviewOptions['openStudio']> {
  const config = loadConfig(folder, { PARTWORK_POSTAL_ADDRESS: '1 Garden Lane' });
  if (Array.isArray(config)) return config;
  const studio = openStudio(config);
  return {
    ...studio,
    composer: async () => {
      const composer = await studio.composer();
      return {
        renderIssue: (series, issue) => {
          composed.push(issue.id);
          return composer.renderIssue(series, issue);
        },
      };
    },
  };
}

function open(options: Partial<PreviewOptions> = {}): ContentPreview {
  preview = new ContentPreview({
    openStudio: openNotingStudio,
    onBug: (error) => bugs.push(error),
    ...options,
  });
  return preview;
}

const textOf = async (issue: IssueId) => (await preview.find(GARDEN, issue))?.mail?.text;
const listed = () =>
  preview
    .overview()
    .series.flatMap(({ issues }) =>
      issues.map(({ id, problems }) => [id, problems?.map(({ severity }) => severity)]),
    );
const allSeen = () =>
  expect.poll(() => listed().every(([, problems]) => problems !== undefined), { timeout: 15_000 }).toBe(true);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partwork-preview-'));
  composed = [];
  bugs = [];
  await write(
    'content/garden/_index.md',
    '---\ntitle: Garden Letters\nfrom: Garden <garden@example.com>\n---\n',
  );
  await write('content/garden/01-frost.md', post('Frost', 'The first frost.'));
  await write('content/garden/02-thaw.md', post('Thaw', 'The thaw.'));
});
afterEach(async () => {
  await preview.close();
  if (bugs.length > 0) throw new AggregateError(bugs, 'The preview met a bug.');
  await rm(folder, { recursive: true, force: true });
});

test('lists every issue, and finds out by itself what is wrong with each', async () => {
  await write('content/garden/02-thaw.md', post('Thaw', '{{< weather >}}'));
  await open().reload('all');
  expect(listed().map(([id]) => id)).toEqual(['frost', 'thaw']);
  await allSeen();
  expect(listed()).toEqual([
    ['frost', []],
    ['thaw', ['warning']],
  ]);
});

test('an issue is shown as a reader would get it', async () => {
  await open().reload('all');
  const found = await preview.find(GARDEN, FROST);
  expect(found?.mail?.html).toContain('The first frost.');
  expect(found?.mail?.text).toContain('The first frost.');
  expect(found?.mail?.message.toString()).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  expect(await preview.find(GARDEN, 'snow' as IssueId)).toBeUndefined();
});

test('only what was changed is composed anew, once', async () => {
  await open().reload('all');
  await allSeen();
  composed = [];
  await write('content/garden/02-thaw.md', post('Thaw', 'The late thaw.'));
  await preview.reload('posts');
  expect(await textOf(THAW)).toContain('The late thaw.');
  await textOf(FROST);
  await textOf(THAW);
  await allSeen();
  // Frost was not kept whole while nobody looked at it.
  expect(composed.filter((id) => id === THAW)).toEqual([THAW]);
  expect(composed.length).toBeLessThanOrEqual(2);
});

test('a title shows in the other issues, so a new one changes them, too', async () => {
  await open().reload('all');
  expect(await textOf(THAW)).toContain('Frost');
  await write('content/garden/01-frost.md', post('Hoar', 'The first frost.'));
  await preview.reload('posts');
  expect(await textOf(THAW)).toContain('Hoar');
});

test('changes that come while it is reading are read as well', async () => {
  const gate = new EventEmitter();
  let isHeld = false;
  open({
    openStudio: () => {
      const studio = openNotingStudio();
      if (!('load' in studio)) return studio;
      const load = async (options: { withDrafts: boolean }) => {
        const content = await studio.load(options);
        if (isHeld) await once(gate, 'open');
        return content;
      };
      return { ...studio, load };
    },
  });
  await preview.reload('all');
  isHeld = true;
  const first = preview.reload('posts');
  await new Promise((resolve) => setTimeout(resolve, 300));
  await write('content/garden/01-frost.md', post('Frost', 'Colder.'));
  const second = preview.reload('posts');
  isHeld = false;
  gate.emit('open');
  await Promise.all([first, second]);
  expect(await textOf(FROST)).toContain('Colder.');
});

describe('what is broken is told, and forgotten when it is mended', () => {
  test('a post', async () => {
    await open().reload('all');
    await allSeen();
    await write('content/garden/02-thaw.md', '---\ntitle: "Thaw\n---\nThe thaw.\n');
    await preview.reload('posts');
    await allSeen();
    expect(listed()).toEqual([
      ['frost', []],
      ['thaw', ['error']],
    ]);
    expect(await preview.find(GARDEN, THAW)).toMatchObject({ problems: [{ severity: 'error' }] });
    expect(await textOf(FROST)).toContain('The first frost.');

    await write('content/garden/02-thaw.md', post('Thaw', 'The thaw.'));
    await preview.reload('posts');
    expect(await textOf(THAW)).toContain('The thaw.');
  });

  test('a template', async () => {
    await open().reload('all');
    await write('templates/issue.mjml.liquid', '{% if %}');
    await preview.reload('all');
    expect((await preview.find(GARDEN, FROST))?.mail).toBeUndefined();
    expect((await preview.find(GARDEN, FROST))?.problems).toMatchObject([{ severity: 'error' }]);

    await rm(join(folder, 'templates'), { recursive: true });
    await preview.reload('all');
    expect(await textOf(FROST)).toContain('The first frost.');
  });

  test('the settings: until then everything stays as it was', async () => {
    await open().reload('all');
    await write('partwork.yaml', 'colour: green\n');
    await preview.reload('all');
    expect(preview.overview().settings).toMatchObject([{ file: 'partwork.yaml', line: 1 }]);
    expect(await textOf(FROST)).toContain('The first frost.');

    await write('partwork.yaml', 'postal_address: 2 Garden Lane\n');
    await preview.reload('all');
    expect(preview.overview().settings).toEqual([]);
  });

  test('the content folder', async () => {
    await open().reload('all');
    await rm(join(folder, 'content'), { recursive: true });
    await preview.reload('all');
    expect(preview.overview()).toMatchObject({ series: [], problems: [{ severity: 'error' }] });
  });
});

test('drafts are shown to whoever asks for them', async () => {
  await write('content/garden/03-sowing.md', '---\ntitle: Sowing\ndraft: true\n---\nPeas.\n');
  await open().reload('all');
  expect(preview.overview().series[0]?.leftOut).toEqual([expect.stringContaining('03-sowing.md: draft')]);
  await preview.close();
  await open({ withDrafts: true }).reload('all');
  expect(await textOf('sowing' as IssueId)).toContain('Peas.');
});

test('shows one series only, without problems of others', async () => {
  await write('content/shade/_index.md', '---\ntitle: "Shade\n---\n');
  await open({ only: 'garden' }).reload('all');
  expect(preview.overview()).toMatchObject({ series: [{ id: 'garden', problems: [] }], problems: [] });
});

test('a mistake of ours is told, and the next change is read', async () => {
  let isBroken = true;
  open({
    openStudio: () => {
      const studio = openNotingStudio();
      if (!('load' in studio)) return studio;
      return {
        ...studio,
        load: (options) => (isBroken ? Promise.reject(new Error('a bug')) : studio.load(options)),
      };
    },
  });
  await preview.reload('all');
  expect(bugs).toEqual([new Error('a bug')]);
  bugs = [];
  isBroken = false;
  await preview.reload('posts');
  expect(await textOf(FROST)).toContain('The first frost.');
});

test('tells of each change, until nobody wants to hear of it', async () => {
  const heard: number[] = [];
  open();
  const stop = preview.subscribe((revision) => heard.push(revision));
  await preview.reload('all');
  await allSeen();
  expect(heard.length).toBeGreaterThan(0);
  expect(heard.at(-1)).toBe(preview.overview().revision);
  stop();
  heard.length = 0;
  await preview.reload('all');
  expect(heard).toEqual([]);
});
