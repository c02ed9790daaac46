import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findBlog } from '../../src/content/blog/find-blog.ts';
import { topLevelValues } from '../../src/content/blog/top-level-values.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partwork-blog-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function blogWith(files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return findBlog(folder);
}

describe('a blog is known by its configuration', () => {
  test.each([
    [
      {
        'hugo.toml':
          "baseURL = 'https://ash.example.com/'\nlanguageCode = 'zh-tw'\ntimeZone = 'Asia/Taipei'\n",
      },
      {
        kind: 'Hugo',
        content: 'content',
        siteUrl: 'https://ash.example.com',
        language: 'zh-TW',
        timezone: 'Asia/Taipei',
      },
    ],
    [
      { 'hugo.yaml': 'baseURL: "https://ash.example.com/blog/"\ncontentDir: ./posts/\n' },
      { kind: 'Hugo', content: 'posts', siteUrl: 'https://ash.example.com/blog' },
    ],
    [
      { 'config.toml': 'baseurl = "https://ash.example.com"\n', 'archetypes/default.md': '' },
      { kind: 'Hugo', configFile: 'config.toml', siteUrl: 'https://ash.example.com' },
    ],
    [
      { 'config/_default/hugo.json': '{"baseURL": "https://ash.example.com/"}' },
      { kind: 'Hugo', configFile: 'config/_default/hugo.json', siteUrl: 'https://ash.example.com' },
    ],
    [
      {
        '_config.yml': "url: 'https://bay.example.com' # the blog\nbaseurl: /blog\nlang: en_GB\n",
        '_posts/a.md': '',
      },
      { kind: 'Jekyll', content: '_posts', siteUrl: 'https://bay.example.com/blog', language: 'en-GB' },
    ],
    [
      {
        '_config.yml': 'url: https://cob.example.com\nlanguage: zh-TW\ntimezone: Asia/Taipei\n',
        'source/_posts/a.md': '',
      },
      { kind: 'Hexo', content: 'source/_posts', siteUrl: 'https://cob.example.com', language: 'zh-TW' },
    ],
    [
      {
        'astro.config.mjs':
          "export default defineConfig({ site: 'https://elm.example.com', base: '/notes' });",
        'src/content/blog/a.md': '',
      },
      { kind: 'Astro', content: 'src/content', siteUrl: 'https://elm.example.com/notes' },
    ],
    [{ 'astro.config.ts': 'export default {};' }, { kind: 'Astro', content: 'src/pages' }],
  ])('%j', async (files, expected) => {
    expect(await blogWith(files)).toMatchObject(expected);
  });

  test.each([
    [{}],
    [{ 'content/garden/_index.md': '' }],
    [{ 'config.toml': 'port = "80"', 'src/main.rs': '' }],
    [{ 'package.json': '{}' }],
  ])('and is not seen where there is none: %j', async (files) => {
    expect(await blogWith(files)).toBeUndefined();
  });

  test.each([
    ['a relative address', "baseURL = '/'\n"],
    ['another scheme', "baseURL = 'javascript:alert(1)'\n"],
    ['nothing', ''],
    ['no TOML at all', '= = =\n'],
  ])('%s is no address', async (_, text) => {
    expect(await blogWith({ 'hugo.toml': text })).not.toHaveProperty('siteUrl');
  });

  test.each([['not a tag!'], ['default'], ['']])('the language "%s" is passed over', async (language) => {
    expect(await blogWith({ '_config.yml': `lang: "${language}"\n` })).not.toHaveProperty('language');
  });
});

describe('only the top level is read', () => {
  test.each([
    ['a.toml', "title = 'a'\n[params]\nbaseURL = 'https://no.example.com'\n", 'baseurl'],
    ['a.yml', 'author:\n  url: https://no.example.com\n', 'url'],
    ['a.yml', '# url: https://no.example.com\n', 'url'],
    ['a.json', '{"params": {"url": "https://no.example.com"}}', 'url'],
    ['a.json', '{"url": ', 'url'],
    ['a.json', 'null', 'url'],
    ['a.mjs', 'const site = process.env.SITE;', 'site'],
  ])('%s: %j', (file, text, key) => {
    expect(topLevelValues(file, text).get(key)).toBeUndefined();
  });
});
