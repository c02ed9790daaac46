import type { IssueId } from '../domain/issue.ts';
import { blogUrlOf } from './article/find-linked-issue.ts';
import type { Place } from './article/link-target.ts';
import { plainLine } from './plain-line.ts';
import type { IssueBeside } from './series-around.ts';

/** Another issue of the series; `url` is null while the blog may not have it. */
export interface Neighbour {
  readonly number: number;
  readonly title: string;
  readonly url: string | null;
}

export interface ContentsEntry extends Neighbour {
  readonly isCurrent: boolean;
}

/** The issues around this one, in order, and how many more the series has before and after them. */
export interface SeriesContents {
  readonly entries: readonly ContentsEntry[];
  readonly before: number;
  readonly after: number;
}

const MOST_ENTRIES = 12;
const ENTRIES_BEFORE = 4;

/**
 * The series' table of contents as an issue shows it; null when the issue stands alone or its own text already links to all the others.
 * A long series shows the part around the issue.
 */
export function seriesContents(place: Place, linkedIssues: ReadonlySet<IssueId>): SeriesContents | null {
  const { issues } = place.series;
  const others = issues.filter(({ id }) => id !== place.issue.id);
  if (others.every(({ id }) => linkedIssues.has(id))) return null;

  const here = issues.findIndex(({ id }) => id === place.issue.id);
  const last = Math.max(issues.length - MOST_ENTRIES, 0);
  const first = issues.length <= MOST_ENTRIES ? 0 : Math.min(Math.max(here - ENTRIES_BEFORE, 0), last);
  const shown = issues.slice(first, first + MOST_ENTRIES);
  return {
    entries: shown.map((issue) => entryOf(issue, place)),
    before: first,
    after: issues.length - first - shown.length,
  };
}

/** The issues before and after this one; null at the ends of the series. */
export function neighboursOf(place: Place): Record<'previous' | 'next', Neighbour | null> {
  const { issues } = place.series;
  const here = issues.findIndex(({ id }) => id === place.issue.id);
  const [previous, next] = [issues[here - 1], issues[here + 1]];
  return {
    previous: previous === undefined ? null : neighbour(previous, place),
    next: next === undefined ? null : neighbour(next, place),
  };
}

const entryOf = (issue: IssueBeside, place: Place): ContentsEntry => ({
  ...neighbour(issue, place),
  isCurrent: issue.id === place.issue.id,
});

const neighbour = (issue: IssueBeside, place: Place): Neighbour => ({
  number: issue.number,
  title: plainLine(issue.title),
  url: isOnBlogBy(issue, place.issue) ? (blogUrlOf(issue, place.siteUrl) ?? null) : null,
});

// A later issue with a release time may not be on the blog yet when this one is read; a link to it would be broken.
const isOnBlogBy = (issue: IssueBeside, reading: IssueBeside): boolean =>
  issue.number < reading.number || issue.releaseAt === undefined;
