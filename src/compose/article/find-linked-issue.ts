import type { Issue } from '../../domain/issue.ts';
import type { Series } from '../../domain/series.ts';
import { decoded } from './decoded.ts';

/**
 * The issue of the series that a path in a post points at: its permalink (`/posts/soil/`, with or without the last slash),
 * `/posts/` and one of its names, its file (`02-soil.md`, `../garden/02-soil.md`) or its folder beside this one (`../soil/`).
 * Undefined when the path leads elsewhere.
 */
export function findLinkedIssue(series: Series, path: string): Issue | undefined {
  const wanted = path.startsWith('/') ? normalized(path) : nameIn(path);
  if (wanted === undefined || wanted === '') return undefined;
  return series.issues.find((issue) =>
    [issue.id, ...issue.aliases].some((name) => isAt(normalized(name), wanted)),
  );
}

/** Where the blog has an issue, when we know the blog and the issue's path there; `suffix` is a `?query#anchor`. */
export function blogUrlOf(issue: Issue, siteUrl: string | undefined, suffix = ''): string | undefined {
  const permalink = issue.aliases.find((alias) => alias.startsWith('/'));
  if (permalink === undefined || siteUrl === undefined) return undefined;
  return new URL(siteUrl.replace(/\/+$/, '') + permalink).href + suffix;
}

function isAt(name: string, wanted: string): boolean {
  if (!wanted.startsWith('/')) return lastSegment(name) === wanted;
  return (name.startsWith('/') ? name : `/posts/${name}`) === wanted;
}

// A file may be named from any folder; a bare folder only as a neighbour, else `../tags/soil/` would pass for the issue `soil`.
function nameIn(relativePath: string): string | undefined {
  const path = relativePath.replace(/^(?:\.{1,2}\/)+/, '');
  if (path.endsWith('.md')) return lastSegment(normalized(path));
  const name = normalized(path);
  return name.includes('/') ? undefined : name;
}

const lastSegment = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const normalized = (path: string): string =>
  decoded(path.replace(/\/$/, '').replace(/\.md$/, '')).normalize('NFC');
