import { basename, dirname, extname, join, resolve } from 'node:path';
import type { Issue } from '../../domain/issue.ts';
import type { ImagePath } from './image-path.ts';
import type { Site } from './site-of.ts';

/**
 * Absolute paths at which an image of a post may lie, likeliest first. A path beside the post is looked for in its bundle, in the folder
 * of assets that has the post's name (Hexo), below the post's own address (Hugo's `static/posts/frost/`), and at the root of the blog,
 * where themes look for the picture of a post.
 */
export function* placesOfImage(
  { path, inBlog }: ImagePath,
  { file, aliases }: Issue,
  { roots }: Site,
): Generator<string> {
  if (path.startsWith('/')) {
    for (const wanted of [path, ...(inBlog === undefined ? [] : [inBlog])]) yield* atRoots(wanted, roots);
    return;
  }
  const post = resolve(file);
  yield join(dirname(post), path);
  yield join(dirname(post), basename(post, extname(post)), path);
  const addresses = aliases.filter((alias) => /^\/.*\/$/s.test(alias));
  for (const address of [...addresses, '/']) yield* atRoots(address + path, roots);
}

/** `..` goes no higher than the root, as on the web. */
function* atRoots(path: string, roots: readonly string[]): Generator<string> {
  const fromRoot = join('/', path);
  for (const root of roots) yield join(root, fromRoot);
}
