import { dirname, join } from 'node:path';
import type { FolderTree } from './folder-tree.ts';
import { insideOf } from './inside-of.ts';
import { isSiteRoot } from './is-site-root.ts';

/** What lies around a post. All paths are absolute. */
export interface Site {
  /** Images may lie in these only: the folder of the site, and the content folder. */
  readonly folders: readonly string[];
  /** What may be at the root of the blog on the web, likeliest first. */
  readonly roots: readonly string[];
}

const STATIC_FOLDERS = ['static', 'public', 'assets', 'source'];
const FARTHEST_ABOVE = 5;

/**
 * The site around a folder of posts: the nearest folder above that looks like the root of one. Without any, it is the content folder, or
 * the folder above it when that has a static folder; for posts that lie elsewhere the nearest folder above them with a static folder.
 * The file system's own root is never a site.
 */
export function siteOf(folder: string, content: string, tree: FolderTree): Site {
  const way = insideOf(content, folder);
  const inner = folder === content ? [content] : way === undefined ? [] : [...upTo(content, folder), content];
  const lowest = inner.at(-1) ?? folder;
  const above = foldersAbove(lowest);
  const all = inner.length > 0 ? [...inner, ...above] : [folder, ...above];

  const rootAt = all.findIndex((one) => isSiteRoot(tree.namesIn(one)));
  const holder = (inner.length > 0 ? above.slice(0, 1) : above).find(
    (one) => staticsIn(one, tree).length > 0,
  );
  const site = all[rootAt] ?? holder ?? lowest;

  const within = all.slice(0, Math.max(all.indexOf(site), all.indexOf(lowest)) + 1);
  const statics = within.flatMap((one) => staticsIn(one, tree));
  const wholes = within.slice(Math.min(within.indexOf(site), within.indexOf(lowest)));
  return { folders: [...new Set([site, content])], roots: [...statics, ...wholes] };
}

/** From a folder inside another up to it, without the last. */
function upTo(outer: string, inner: string): string[] {
  const found: string[] = [];
  for (let next = inner; next !== outer; next = dirname(next)) found.push(next);
  return found;
}

function foldersAbove(folder: string): string[] {
  const found: string[] = [];
  for (
    let next = dirname(folder);
    next !== dirname(next) && found.length < FARTHEST_ABOVE;
    next = dirname(next)
  )
    found.push(next);
  return found;
}

const staticsIn = (folder: string, tree: FolderTree): string[] => {
  const names = tree.namesIn(folder);
  return STATIC_FOLDERS.filter((name) => names.has(name)).map((name) => join(folder, name));
};
