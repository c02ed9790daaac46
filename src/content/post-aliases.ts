import { basename, extname } from 'node:path/posix';
import { findField } from './find-field.ts';
import { homeFolder } from './post-name.ts';
import type { Post } from './post.ts';
import { scalarItems } from './scalar-items.ts';
import { splitLanguage } from './split-language.ts';

/**
 * Every name other posts may link to this one by: slug, file name with and without date and extension, and site paths (with a slash
 * at both ends, NFC, unescaped) made from its folder, `url`, `permalink` and `aliases`.
 */
export function postAliases({ data, name, place, file }: Post): string[] {
  const ids = [findField(data, 'id'), findField(data, 'slug')].flatMap((field) => scalarItems(field?.value));
  const names = [...ids.map(({ text }) => text.trim().normalize('NFC')), name.base, name.bare];
  const permalinks = ['url', 'permalink', 'aliases', 'alias']
    .flatMap((key) => scalarItems(findField(data, key)?.value))
    .flatMap(({ text }) => sitePath(text));

  // Hugo's sections.
  const sections = new Set(['posts', homeFolder(place), basename(homeFolder(file))]);
  const paths = [...sections]
    .filter((section) => section !== '.' && section !== '')
    .flatMap((section) => names.map((n) => `/${section}/${n}/`));
  return [...new Set([...names, ...fileNames(place), ...permalinks, ...paths, ...jekyllPaths(name)])];
}

/** Links inside one language name its files without it. */
function fileNames(place: string): string[] {
  const extension = extname(place);
  return [basename(place), splitLanguage(basename(place, extension)).stem + extension];
}

/** `https://example.com/a%20b`, `a b/`, `/a b/` → `/a b/`. Patterns (`/:year/:title/`) are the site's to fill, not ours. */
function sitePath(link: string): string[] {
  const address = link.trim();
  if (address === '' || /(?:^|\/):\w/.test(address) || !URL.canParse(address, 'https://example.com/'))
    return [];
  const path = unescaped(new URL(address, 'https://example.com/').pathname).normalize('NFC');
  return [path.endsWith('/') || /\.\w+$/.test(path) ? path : `${path}/`];
}

function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}

/** Jekyll's default permalinks, `/:year/:month/:day/:title`. */
function jekyllPaths({ date, bare }: Post['name']): string[] {
  const day = date?.replaceAll('-', '/');
  return day === undefined ? [] : [`/${day}/${bare}/`, `/${day}/${bare}.html`];
}
