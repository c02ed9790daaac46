import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blog, BlogKind } from '../../domain/blog.ts';
import { isTimezone } from '../../domain/time-zone.ts';
import { topLevelValues, type TopLevelValues } from './top-level-values.ts';

/** Configuration files, those that are surely the blog's first. */
const CONFIG_FILES: readonly [BlogKind | 'Jekyll or Hexo' | 'perhaps Hugo', RegExp][] = [
  ['Hugo', /^hugo\.(?:toml|ya?ml|json)$/],
  ['Astro', /^astro\.config\.[cm]?[jt]s$/],
  ['Jekyll or Hexo', /^_config\.ya?ml$/],
  ['perhaps Hugo', /^config\.(?:toml|ya?ml|json)$/],
];
const HUGO_FOLDERS = ['archetypes', 'layouts', 'themes', 'content'];
/** Where large Hugo sites keep their configuration. */
const HUGO_DEFAULTS = 'config/_default';
const SITE_KEYS: Readonly<Record<BlogKind, readonly [key: string, pathKey?: string]>> = {
  Hugo: ['baseurl'],
  Hexo: ['url'],
  Jekyll: ['url', 'baseurl'],
  Astro: ['site', 'base'],
};

/** The blog in a folder, as Hugo, Jekyll, Hexo and Astro lay theirs out; undefined when there is none. Runs nothing of it. */
export async function findBlog(folder: string): Promise<Blog | undefined> {
  const names = await namesIn(folder);
  for (const [kind, pattern] of CONFIG_FILES) {
    const file = names.find((name) => pattern.test(name));
    if (file === undefined) continue;
    if (kind === 'perhaps Hugo' && !HUGO_FOLDERS.some((name) => names.includes(name))) continue;
    const isHexo = kind === 'Jekyll or Hexo' && names.includes('source');
    const known =
      kind === 'perhaps Hugo' ? 'Hugo' : kind === 'Jekyll or Hexo' ? (isHexo ? 'Hexo' : 'Jekyll') : kind;
    return describe(folder, known, file);
  }
  const defaults = await namesIn(join(folder, HUGO_DEFAULTS));
  const file = defaults.find((name) => /^(?:hugo|config)\.(?:toml|ya?ml|json)$/.test(name));
  return file === undefined ? undefined : describe(folder, 'Hugo', `${HUGO_DEFAULTS}/${file}`);
}

async function describe(folder: string, kind: BlogKind, configFile: string): Promise<Blog> {
  const values = topLevelValues(configFile, await readFile(join(folder, configFile), 'utf8'));
  const siteUrl = siteUrlOf(kind, values);
  const language = languageIn(values);
  const timezone = values.get('timezone') ?? '';
  return {
    kind,
    configFile,
    content: await contentOf(folder, kind, values),
    ...(siteUrl !== undefined && { siteUrl }),
    ...(language !== undefined && { language }),
    ...(isTimezone(timezone) && { timezone }),
  };
}

async function contentOf(folder: string, kind: BlogKind, values: TopLevelValues): Promise<string> {
  const said = (key: string, usual: string) => (values.get(key) ?? usual).replace(/^\.\/|\/+$/g, '');
  if (kind === 'Hugo') return said('contentdir', 'content');
  if (kind === 'Hexo') return `${said('source_dir', 'source')}/_posts`;
  if (kind === 'Jekyll') {
    const collections = said('collections_dir', '');
    return collections === '' ? '_posts' : `${collections}/_posts`;
  }
  return (await isFolder(join(folder, 'src/content'))) ? 'src/content' : 'src/pages';
}

function siteUrlOf(kind: BlogKind, values: TopLevelValues): string | undefined {
  const [key, pathKey] = SITE_KEYS[kind];
  const root = values.get(key);
  const path = pathKey === undefined ? '' : (values.get(pathKey) ?? '');
  if (root === undefined || !/^https?:\/\//i.test(root)) return undefined;
  const whole = root.replace(/\/+$/, '') + path.replace(/^\/*(?=.)/, '/').replace(/\/+$/, '');
  return URL.canParse(whole) ? whole : undefined;
}

/** As tags are written: `zh-tw` and `zh_TW` become `zh-TW`. */
function languageIn(values: TopLevelValues): string | undefined {
  const said = ['languagecode', 'defaultcontentlanguage', 'language', 'lang', 'locale'];
  const [tag] = said.flatMap((key) => values.get(key) ?? []).map((text) => text.replaceAll('_', '-'));
  if (tag === undefined || !/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(tag)) return undefined;
  return Intl.getCanonicalLocales(tag)[0];
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).toSorted();
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return [];
  }
}

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() === true;
