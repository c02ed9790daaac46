import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SETTINGS } from '../../src/config/settings.ts';
import { isBuilt, openWorkplace, type Workplace } from '../support/partwork.ts';
import { runHere } from '../support/run-here.ts';

/** Accepts a Redis that may lose the ledger; makes processes fail. */
const LEFT_OUT = new Set(['PARTWORK_UNSAFE', 'PARTWORK_FAILPOINTS']);

let place: Workplace;
beforeEach(async () => {
  place = await openWorkplace();
});
afterEach(() => place.remove());

const read = (name: string) => readFile(join(place.folder, name), 'utf8');
const names = async (folder = '') => (await readdir(join(place.folder, folder))).toSorted();

/** Every file with what is in it. */
async function everything(): Promise<Record<string, string>> {
  const entries = await readdir(place.folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const own = files.filter((file) => !file.includes('.partwork/'));
  return Object.fromEntries(await Promise.all(own.map(async (file) => [file, await readFile(file, 'utf8')])));
}

describe.skipIf(!isBuilt)('partwork init', () => {
  test('makes a folder in which everything works at once', async () => {
    const { code, stdout, stderr } = await place.run('init');
    expect(code).toBe(0);
    expect(await names()).toEqual(['.gitignore', 'content', 'partwork.yaml', 'templates']);
    expect(await names('templates')).toEqual(
      await readdir('templates').then((own) => own.filter((name) => name !== 'monitoring').toSorted()),
    );
    expect(await read('.gitignore')).toBe('.partwork/\n.env\n');
    expect(stdout).toContain('delete one to go back to ours');
    expect(stderr).toContain('partwork preview');

    const checked = await place.run('check');
    expect(checked).toMatchObject({ code: 0, stdout: 'garden-letters: "Garden Letters", 2 issues\n' });
    expect(checked.stderr).toContain('0 errors');
    expect((await place.run('render', 'garden-letters', '1', '--out', 'out')).code).toBe(0);
  });

  test('a second time changes nothing, also where a template was deleted to go back to ours', async () => {
    await runHere(place, 'init');
    await rm(join(place.folder, 'templates/plain.mjml.liquid'));
    const before = await everything();
    const { code, stdout } = await runHere(place, 'init', '--language', 'zh-Hant');
    expect([code, stdout]).toEqual([
      0,
      'kept      partwork.yaml\nkept      content/\nkept      templates/\nkept      .gitignore\n',
    ]);
    expect(await everything()).toEqual(before);
  });

  test('never overwrites what is there', async () => {
    const own = {
      'partwork.yaml': 'content: letters\ntemplates: mail\n',
      '.gitignore': 'node_modules\n/.partwork',
      'letters/mine.md': '# Mine\n',
      'mail/locales/en.json': '{}',
    };
    await place.write(own);
    await runHere(place, 'init');
    const { '.gitignore': _, ...kept } = own;
    for (const [name, text] of Object.entries(kept)) expect(await read(name)).toBe(text);
    expect(await read('.gitignore')).toBe('node_modules\n/.partwork\n.env\n');
    expect(await names()).toEqual(['.gitignore', 'letters', 'mail', 'partwork.yaml']);
  });

  test.each([
    ['zh', '花園來信'],
    ['zh-Hant', '花園來信'],
    ['zh-TW', '花園來信'],
    ['zh-Hans', '花园来信'],
    ['zh-CN', '花园来信'],
    ['zh-Hans-SG', '花园来信'],
    ['fr', 'Garden Letters'],
  ])('--language %s makes a series its readers can read', async (language, title) => {
    await runHere(place, 'init', 'letters', '--language', language, '--no-templates');
    expect(await read('letters/content/garden-letters/_index.md')).toContain(`title: ${title}\n`);
    expect(await read('letters/partwork.yaml')).toContain(`\nlanguage: "${language}"\n`);
  });

  test.each(['zh-Hant', 'zh-Hans'])(
    'the series in %s has nothing to mend, also with --no-templates, which makes none',
    async (language) => {
      await runHere(place, 'init', '--language', language, '--no-templates');
      expect(await names()).toEqual(['.gitignore', 'content', 'partwork.yaml']);
      const { code, stderr } = await runHere(place, 'check');
      expect([code, stderr]).toEqual([0, expect.stringMatching(/^(?!.*garden-letters).*\b0 errors/s)]);
    },
  );

  test('another folder is made, and said', async () => {
    const { stderr } = await runHere(place, 'init', 'my letters');
    expect(await names('my letters')).toContain('partwork.yaml');
    expect(stderr).toContain('cd "my letters"');
  });

  test.each([
    ['hugo-papermod', { site_url: 'https://compost.example.com' }, 'content/'],
    [
      'jekyll-chirpy',
      { content: '_posts', templates: '_templates', site_url: 'https://bread.example.com' },
      '_posts/',
    ],
    ['hexo-next-zh', { content: 'source/_posts', language: 'zh-TW' }, 'source/_posts/'],
    ['astro-blog', { content: 'src/content' }, 'src/content/'],
  ])('in a blog (%s) it points at the posts and makes none', async (site, settings, content) => {
    await cp(join('test/fixtures/sites', site), place.folder, { recursive: true });
    const before = await everything();
    const { code, stdout, stderr } = await runHere(place, 'init');
    expect(code).toBe(0);
    expect(stderr).toContain('Found a blog made with');
    expect(stdout).toContain(`kept      ${content}\n`);
    expect(await everything()).toMatchObject(before);
    const yaml = await read('partwork.yaml');
    for (const [name, value] of Object.entries(settings)) expect(yaml).toContain(`\n${name}: "${value}"\n`);
    expect(await runHere(place, 'check')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('0 errors'),
    });
  });

  test('in a blog without a series it says how to make one', async () => {
    await place.write({
      'hugo.toml': "baseURL = 'https://ash.example.com/'\n",
      'content/posts/a.md': '---\ntitle: A\n---\nA.\n',
    });
    expect((await runHere(place, 'init')).stderr).toContain('content/<name>/_index.md');
    expect((await runHere(place, 'check')).code).toBe(0);
  });

  test('partwork.yaml has every setting but secrets, an unsafe one and one that breaks things, and all its examples can be used', async () => {
    await runHere(place, 'init', '--no-templates');
    const yaml = await read('partwork.yaml');
    const named = [...yaml.matchAll(/^# (\w+): "/gm)].map(([, name]) => name);
    const wanted = Object.values(SETTINGS)
      .filter((setting) => !('isSecret' in setting) && !LEFT_OUT.has(setting.name))
      .map(({ name }) => name.replace(/^PARTWORK_/, '').toLowerCase());
    expect(new Set(named)).toEqual(new Set(wanted));

    await writeFile(join(place.folder, 'partwork.yaml'), yaml.replace(/^# (\w+: ")/gm, '$1'));
    expect((await runHere(place, 'render', 'garden-letters', '1')).stderr).not.toContain('is not a');
  });

  test.each([
    [['--language', 'not a tag'], 2, '--language: "not a tag" is not a language tag'],
    [['a', 'b'], 2, 'too many arguments'],
  ])('%j is refused', async (args, code, words) => {
    const ran = await place.run('init', ...args);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain(words);
    expect(await names()).toEqual([]);
  });

  test('in a folder whose settings cannot be read nothing is made', async () => {
    await place.write({ 'partwork.yaml': 'contents: x\n' });
    expect(await place.run('init')).toMatchObject({ code: 78, stdout: '' });
    expect(await names()).toEqual(['partwork.yaml']);
  });
});
