import { join } from 'node:path';
import type { Complaints } from './complaints.ts';
import { displayPath } from './display-path.ts';
import { homeOf, isPost, namesSeries, type SeriesSource } from './find-series.ts';
import type { Library } from './library.ts';
import type { Shelf } from './load-shelf.ts';
import { pickIssues } from './pick-issues.ts';
import type { Post } from './post.ts';
import type { SeriesSettings } from './read-settings.ts';
import type { LeftOut } from './series-report.ts';
import { inLanguage, translationsOf } from './translations.ts';

export interface GatheredPosts {
  readonly posts: readonly Post[];
  /** Posts that lie with the others and are not taken. */
  readonly leftOut: readonly LeftOut[];
  /** Posts that nobody else looks at: those of the folder under `posts:` that lie outside the content folder. */
  readonly beyond: readonly Post[];
}

/**
 * The posts of a series: those `issues:` names, in its order; else those that lie in its folder or name it under `series:`, each in one
 * language.
 */
export async function gatherPosts(
  source: SeriesSource,
  { issues, posts, language }: SeriesSettings,
  library: Library,
  complaints: Complaints,
): Promise<GatheredPosts> {
  const extra = await extraShelf(source, posts, library, complaints);
  const inside = new Set(library.root.posts.map(({ path }) => path));
  const beyond = (extra?.posts ?? []).filter(({ path }) => !inside.has(path));
  if (issues === undefined) {
    const named = (extra?.posts ?? []).filter((post) => isPost(post) && namesSeries(post, source));
    const { kept, others } = inLanguage(distinct([...source.members, ...named]), language);
    const leftOut = [
      ...becauseOf('another language', others),
      ...becauseOf('in another series', source.elsewhere),
    ];
    return { posts: kept, leftOut, beyond };
  }
  const near = library.root.posts.filter((post) => homeOf(post) === source.folder);
  const pools = [near, extra?.posts ?? [], library.root.posts].map((pool) => pool.filter(isPost));
  const own = join(library.root.folder, source.folder ?? '');
  const folders = [own, ...(extra === undefined ? [] : [extra.folder]), library.root.folder];
  const picked = await pickIssues(issues, { folders, pools, language }, complaints);

  const taken = new Set(picked.map(({ path }) => path));
  const unlisted = distinct([...source.members, ...source.elsewhere]).filter(({ path }) => !taken.has(path));
  const translations = new Set(translationsOf(picked, unlisted));
  const others = unlisted.filter((post) => !translations.has(post));
  const leftOut = [...becauseOf('another language', [...translations]), ...becauseOf('unlisted', others)];
  return { posts: picked, leftOut, beyond };
}

/** The folder under `posts:`, relative to the series' own folder. */
async function extraShelf(
  source: SeriesSource,
  posts: SeriesSettings['posts'],
  library: Library,
  complaints: Complaints,
): Promise<Shelf | undefined> {
  if (posts === undefined) return undefined;
  const folder = join(library.root.folder, source.folder ?? '', posts.folder);
  const shelf = await library.shelfAt(folder);
  if (shelf === undefined) {
    const message = `\`posts: ${posts.folder}\` names no folder: ${displayPath(folder)} is not there.`;
    complaints.error(posts.line, message, 'Write the path from the folder of this file.');
  }
  complaints.problems.push(...(shelf?.problems ?? []));
  return shelf;
}

const becauseOf = (reason: LeftOut['reason'], posts: readonly Post[]): LeftOut[] =>
  posts.map(({ file }) => ({ file, reason }));

const distinct = (posts: readonly Post[]): Post[] => [
  ...new Map(posts.map((post) => [post.path, post])).values(),
];
