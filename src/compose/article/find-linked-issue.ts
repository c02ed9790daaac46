import type { IssueBeside, SeriesAround } from '../series-around.ts';
import { decoded } from './decoded.ts';

/** What a post's file ends in. */
export const MARKDOWN_FILE = /\.(?:md|markdown|mdx)$/i;
const BUNDLE = /\/index(?:\.[\w-]+)?\.\w+$/;

/**
 * The issue of the series that a path in a post points at: its permalink (`/posts/soil/`, with or without the last slash),
 * `/posts/` and one of its names, its file (`02-soil.md`, `../garden/02-soil.md`) or its folder beside this one (`../soil/`).
 * Undefined when the path leads elsewhere.
 */
export function findLinkedIssue(series: SeriesAround, path: string): IssueBeside | undefined {
  const wanted = path.startsWith('/') ? normalized(path) : nameIn(path);
  if (wanted === undefined || wanted === '') return undefined;
  return issuesByName(series).get(wanted);
}

/** Where the blog has an issue, when we know the blog and the issue's path there; `suffix` is a `?query#anchor`. */
export function blogUrlOf(issue: IssueBeside, siteUrl: string | undefined, suffix = ''): string | undefined {
  const permalink = issue.aliases.find((alias) => alias.startsWith('/'));
  if (permalink === undefined || siteUrl === undefined) return undefined;
  return new URL(siteUrl.replace(/\/+$/, '') + permalink).href + suffix;
}

const known = new WeakMap<SeriesAround, ReadonlyMap<string, IssueBeside>>();

// Made once for a series: looking through all issues for each link of each issue takes time in the square of its length.
function issuesByName(series: SeriesAround): ReadonlyMap<string, IssueBeside> {
  const made = known.get(series);
  if (made !== undefined) return made;
  const byName = new Map<string, IssueBeside>();
  for (const issue of series.issues) {
    for (const name of [issue.id, ...issue.aliases].map(normalized)) {
      for (const key of [lastSegment(name), name.startsWith('/') ? name : `/posts/${name}`]) {
        if (!byName.has(key)) byName.set(key, issue);
      }
    }
  }
  known.set(series, byName);
  return byName;
}

// A file may be named from any folder; a bare folder only as a neighbour, else `../tags/soil/` would pass for the issue `soil`.
function nameIn(relativePath: string): string | undefined {
  const path = relativePath.replace(/^(?:\.{1,2}\/)+/, '');
  if (MARKDOWN_FILE.test(path)) return lastSegment(normalized(path.replace(BUNDLE, '')));
  const name = normalized(path);
  return name.includes('/') ? undefined : name;
}

const lastSegment = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const normalized = (path: string): string =>
  decoded(path.replace(/\/$/, '').replace(MARKDOWN_FILE, '')).normalize('NFC');
