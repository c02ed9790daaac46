import { basename, dirname } from 'node:path/posix';
import type { SeriesId } from '../domain/series.ts';
import { findField } from './find-field.ts';
import { foldName, toIdentifier } from './identifier.ts';
import { homeFolder } from './post-name.ts';
import type { Post } from './post.ts';
import { scalarItems } from './scalar-items.ts';
import { inLanguage } from './translations.ts';

/** A series as found in the content folder: where it is described, and which posts say that they are in it. */
export interface SeriesSource {
  readonly id: SeriesId;
  /** Folder name or taxonomy term, for a series that has no title. */
  readonly term: string;
  /** Its `_index.md`. */
  readonly index?: Post;
  /** Place of its own folder under the content folder. */
  readonly folder?: string;
  readonly members: Post[];
  /** Posts that lie in its folder and name other series. */
  readonly elsewhere: Post[];
}

/** Also in a language of its own. */
const INDEX = /^_index\.(?:.+\.)?md$/;
const TAXONOMY_FOLDER = 'series';

/**
 * The series of a content folder: each `<series>/_index.md` and `series/<name>/_index.md` (Hugo's taxonomy), and each name that posts
 * anywhere give under `series:`. A post lies in the series of its folder unless its front matter names others. Of an `_index.md` in
 * several languages, the one in `language` (BCP 47) counts, else the one in none.
 */
export function findSeries(posts: readonly Post[], language: string): SeriesSource[] {
  const heads = posts.filter(({ name, place }) => name.base === '_index' && isSeriesIndex(place, posts));
  const sources = inLanguage(heads, language).kept.map(describedBy);
  for (const post of posts.filter(isPost)) {
    const named = seriesNamedBy(post).map((name) => sourceNamed(name, sources));
    for (const source of new Set(named)) source.members.push(post);

    const home = sources.find(({ folder }) => folder !== undefined && folder === homeOf(post));
    if (home !== undefined && !named.includes(home))
      (named.length > 0 ? home.elsewhere : home.members).push(post);
  }
  return sources;
}

/** Whether a file can be an issue: not the head of a folder, not a README that has nothing to do with the blog. */
export function isPost({ place, data, faults }: Post): boolean {
  const name = basename(place);
  const isPlainReadme = /^readme\./i.test(name) && data.fields.size === 0 && faults.length === 0;
  return !INDEX.test(name) && !isPlainReadme;
}

/** The folder a post lies in, of a leaf bundle the folder above. */
export const homeOf = ({ place }: Post): string => homeFolder(place);

/** Whether a post's front matter says that it is in this series. */
export const namesSeries = (post: Post, source: SeriesSource): boolean =>
  seriesNamedBy(post).some((name) => isCalled(source, name));

function isSeriesIndex(place: string, posts: readonly Post[]): boolean {
  const [first, second, third, ...deeper] = place.split('/');
  if (deeper.length > 0) return false;
  if (third !== undefined) return first === TAXONOMY_FOLDER && INDEX.test(third);
  if (second === undefined || !INDEX.test(second)) return false;
  // Hugo's page that lists all series is not a series itself.
  return (
    first !== TAXONOMY_FOLDER ||
    !posts.some((post) => /^series\/[^/]+\/_index\.(?:.+\.)?md$/.test(post.place))
  );
}

function describedBy(index: Post): SeriesSource {
  const folder = dirname(index.place);
  return { id: idOf(basename(folder)), term: basename(folder), index, folder, members: [], elsewhere: [] };
}

function seriesNamedBy({ data }: Post): string[] {
  return scalarItems(findField(data, 'series')?.value).map(({ text }) => text.trim().normalize('NFC'));
}

function sourceNamed(name: string, sources: SeriesSource[]): SeriesSource {
  const known = sources.find((source) => isCalled(source, name));
  if (known !== undefined) return known;

  const source = { id: idOf(name.toLowerCase()), term: name, members: [], elsewhere: [] };
  sources.push(source);
  return source;
}

/** By folder name or title, in any spelling. */
export function isCalled({ term, index }: SeriesSource, name: string): boolean {
  const wanted = foldName(name);
  return foldName(term) === wanted || titlesOf(index).includes(wanted);
}

const titlesOf = (index: Post | undefined): string[] =>
  index === undefined
    ? []
    : scalarItems(findField(index.data, 'title')?.value).map(({ text }) => foldName(text));

const idOf = (name: string): SeriesId => (toIdentifier(name) || TAXONOMY_FOLDER) as SeriesId;
