import { isError, type Problem } from '../domain/problem.ts';
import type { BuiltSeries } from './build-series.ts';
import { findField } from './find-field.ts';
import { isCalled, isPost, type SeriesSource } from './find-series.ts';
import type { Post } from './post.ts';
import { isUnclear, namesIn, quotedSeriesLine } from './series-line.ts';

/** A post that is in no series. */
export interface Stray {
  /** None for a readable post that names no series. */
  readonly problems: readonly Problem[];
  /** Series it may have been meant for. */
  readonly missedBy: readonly SeriesSource[];
}

/**
 * The posts that no series has taken and nobody has complained of yet (`told`): those of the content folder, and those in folders beside
 * it, which only the series that name such a folder may miss.
 */
export function findStrays(
  posts: readonly Post[],
  built: readonly BuiltSeries[],
  told: readonly Problem[],
): Stray[] {
  const sources = built.map(({ source }) => source);
  const known = new Set(told.filter(isError).map(({ file }) => file));
  const taken = new Set(sources.flatMap(({ members }) => members));
  const isStray = (post: Post): boolean => isPost(post) && !taken.has(post) && !known.has(post.file);

  const inside = posts.filter(isStray).map((post) => {
    const missedBy = sources.filter((source) => mayMean(post, source, sources));
    return { problems: problemsOf(post, post.seriesLine !== undefined), missedBy };
  });
  const beyond = new Map(built.flatMap((one) => one.beyond).map((post) => [post.path, post]));
  const outside = [...beyond.values()].filter(isStray).map((post) => {
    const lookers = built.filter((one) => one.beyond.some(({ path }) => path === post.path));
    const missedBy = lookers.map(({ source }) => source).filter((source) => mayMean(post, source, sources));
    return { problems: problemsOf(post, missedBy.length > 0), missedBy };
  });
  return [...inside, ...outside];
}

/**
 * What is wrong with a post in no series. One that cannot be read and is missing from a series is an error; any other may be no post at
 * all.
 */
function problemsOf({ faults, data, file, seriesLine = '' }: Post, isMissed: boolean): Problem[] {
  const outcome = isMissed
    ? `This post is in no series until that is mended; its text says \`${quotedSeriesLine(seriesLine)}\`.`
    : 'The file is left out.';
  const severity = isMissed ? 'error' : 'warning';
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
function mayMean({ seriesLine }: Post, source: SeriesSource, sources: readonly SeriesSource[]): boolean {
  if (seriesLine === undefined) return false;
  const { whole, items } = namesIn(seriesLine);
  const isKnown = (name: string): boolean => sources.some((other) => isCalled(other, name));
  if (isKnown(whole)) return isCalled(source, whole);
  return items.some((name) => isCalled(source, name) || (isUnclear(name) && !isKnown(name)));
}
