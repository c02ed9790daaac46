import { isError, type Problem } from '../domain/problem.ts';
import { findField } from './find-field.ts';
import { isCalled, isPost, type SeriesSource } from './find-series.ts';
import type { Post } from './post.ts';
import { isUnclear, namesIn, quotedSeriesLine } from './series-line.ts';

/** Posts that no series has taken and nobody has complained of yet. */
export function strayPosts(
  posts: readonly Post[],
  sources: readonly SeriesSource[],
  told: readonly Problem[],
): Post[] {
  const known = new Set(told.filter(isError).map(({ file }) => file));
  const taken = new Set(sources.flatMap(({ members }) => members));
  return posts.filter((post) => isPost(post) && !taken.has(post) && !known.has(post.file));
}

/**
 * What is wrong with a post in no series. One that cannot be read and has a `series:` all the same is missing from its series, which is
 * an error; any other may be no post at all.
 */
export function strayProblems({ faults, data, file, seriesLine }: Post): Problem[] {
  const outcome =
    seriesLine === undefined
      ? 'The file is left out.'
      : `This post is in no series until that is mended; its text says \`${quotedSeriesLine(seriesLine)}\`.`;
  const severity = seriesLine === undefined ? 'warning' : 'error';
  const unreadable = faults.map((fault): Problem => ({
    ...fault,
    severity,
    message: `${fault.message} ${outcome}`,
  }));

  const field = findField(data, 'series');
  if (field?.value.kind !== 'map') return unreadable;
  const message = '`series` must be a name or a list of names, so this post is in no series.';
  return [{ severity: 'warning', file, line: field.line, message }];
}

/** Whether a post that cannot be read says that it is in this series, or something that may mean any. */
export function mayMean(
  { seriesLine }: Post,
  source: SeriesSource | undefined,
  sources: readonly SeriesSource[],
): boolean {
  if (seriesLine === undefined || source === undefined) return false;
  const { whole, items } = namesIn(seriesLine);
  const isKnown = (name: string): boolean => sources.some((other) => isCalled(other, name));
  if (isKnown(whole)) return isCalled(source, whole);
  return items.some((name) => isCalled(source, name) || (isUnclear(name) && !isKnown(name)));
}
