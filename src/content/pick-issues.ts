import { realpath, stat } from 'node:fs/promises';
import { basename, extname, join, sep } from 'node:path';
import { closestWord } from '../domain/closest-word.ts';
import type { Complaints } from './complaints.ts';
import { displayPath } from './display-path.ts';
import { findField } from './find-field.ts';
import type { Scalar } from './front-matter-value.ts';
import { foldName } from './identifier.ts';
import { isBundle, isMarkdown } from './post-name.ts';
import { readPost, type Post } from './post.ts';
import { scalarItems } from './scalar-items.ts';
import { inLanguage, translationsOf } from './translations.ts';

/** Where the entries of `issues:` are looked up, nearest first. */
export interface LookUp {
  /** Absolute folders paths are relative to. */
  readonly folders: readonly string[];
  /** Posts that slugs may mean. */
  readonly pools: readonly (readonly Post[])[];
  /** BCP 47: what is meant of a post that is there in several. */
  readonly language: string;
}

const PATH_ENDINGS = ['', '.md', '.markdown', '.mdx', '/index.md', '/index.markdown', '/index.mdx'];

/**
 * The posts that the entries of `issues:` name, in that order. An entry with a slash or an extension is a path (it may lead out of the
 * content folder, to a blog next door), any other is a slug or file name. Entries that mean no post, several, or one again are errors.
 * A file name with its language means just that file, a name without one the post in the language of the series.
 */
export async function pickIssues(
  entries: readonly Scalar[],
  lookUp: LookUp,
  complaints: Complaints,
): Promise<Post[]> {
  const picked = new Map<string, { post: Post; line: number }>();
  for (const entry of entries) {
    const post = await pick(entry, lookUp, complaints);
    if (post === undefined) continue;

    const earlier = picked.get(post.path);
    if (earlier === undefined) picked.set(post.path, { post, line: entry.line });
    else
      complaints.error(
        entry.line,
        `\`${entry.text}\` is ${post.file}, which is already on line ${earlier.line}.`,
      );
  }
  return [...picked.values()].map(({ post }) => post);
}

async function pick(entry: Scalar, lookUp: LookUp, complaints: Complaints): Promise<Post | undefined> {
  const text = entry.text.trim();
  const isPath = text.includes('/') || isMarkdown(text);
  const byPath = isPath ? await findByPath(text, lookUp) : undefined;
  const found =
    byPath === undefined
      ? findByName(isPath ? lastSegment(text) : text, lookUp)
      : isMarkdown(text)
        ? [byPath]
        : inLanguage(
            [byPath, ...translationsOf([byPath], [...new Set(lookUp.pools.flat())])],
            lookUp.language,
          ).kept;
  if (found.length === 1) return found[0];

  if (found.length === 0) complainOfNone(entry, lookUp, complaints);
  else complainOfSeveral(entry, found, complaints);
  return undefined;
}

async function findByPath(text: string, { folders, pools }: LookUp): Promise<Post | undefined> {
  const spellings = new Set([text, text.normalize('NFC'), text.normalize('NFD')]);
  for (const folder of folders) {
    for (const ending of PATH_ENDINGS) {
      for (const spelling of spellings) {
        const candidate = join(folder, spelling + ending);
        const path = await markdownAt(candidate);
        if (path !== undefined)
          return pools.flat().find((post) => post.path === path) ?? (await readOutside(candidate, path));
      }
    }
  }
  return undefined;
}

/** The real path of a Markdown file. A link to anything else is not followed: what we read is mailed. */
async function markdownAt(candidate: string): Promise<string | undefined> {
  try {
    const path = await realpath(candidate);
    return isMarkdown(path) && (await stat(path)).isFile() ? path : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
}

function readOutside(candidate: string, path: string): Promise<Post> {
  const depth = isBundle(candidate) ? 3 : 2;
  const place = candidate.split(sep).slice(-depth).join('/').normalize('NFC');
  return readPost({ path, file: displayPath(candidate), place });
}

/** In the nearest pool that has any: by id or slug, else by file name, else by file name without date or number. */
function findByName(text: string, { pools, language }: LookUp): readonly Post[] {
  const wanted = foldName(text);
  for (const pool of pools) {
    for (const namesOf of [chosenNames, fileName, nameInLanguage, bareName]) {
      const found = pool.filter((post) => namesOf(post).some((name) => foldName(name) === wanted));
      if (found.length > 0) return inLanguage(found, language).kept;
    }
  }
  return [];
}

const chosenNames = ({ data }: Post): string[] =>
  [findField(data, 'id'), findField(data, 'slug')]
    .flatMap((field) => scalarItems(field?.value))
    .map(({ text }) => text);
const fileName = ({ name }: Post): string[] => [name.base];
/** `frost.fr`, also of `frost/index.fr.md`. */
const nameInLanguage = ({ place, name }: Post): string[] =>
  name.language === undefined
    ? []
    : [basename(place, extname(place)).replace(/^index(?=\.[^.]+$)/u, () => name.base)];
const bareName = ({ name }: Post): string[] => [name.bare];

function lastSegment(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '');
  const last = segments.at(-1) ?? '';
  return isMarkdown(last) ? basename(last, last.slice(last.lastIndexOf('.'))) : last;
}

function complainOfNone({ text, line }: Scalar, { folders, pools }: LookUp, complaints: Complaints): void {
  const names = pools.flat().flatMap(({ name, place }) => [name.base, name.bare, basename(place)]);
  const meant = closestWord(text.trim(), names);
  const places = folders.map((folder) => displayPath(folder)).join(', ');
  const fix =
    meant === undefined
      ? 'Write its path from this folder, or its slug; posts end in .md, .markdown or .mdx.'
      : `Did you mean \`${meant}\`?`;
  complaints.error(line, `No post \`${text.trim()}\` is found in ${places}.`, fix);
}

function complainOfSeveral({ text, line }: Scalar, found: readonly Post[], complaints: Complaints): void {
  const files = found.map(({ file }) => file).join(' and ');
  complaints.error(line, `\`${text.trim()}\` may mean ${files}.`, 'Write the path of the one you mean.');
}
