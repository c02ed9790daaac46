import type { Issue, IssueId } from '../domain/issue.ts';
import { blogUrlOf } from './article/find-linked-issue.ts';
import type { Place } from './article/link-target.ts';

export interface ContentsEntry {
  readonly number: number;
  readonly title: string;
  readonly isCurrent: boolean;
  readonly url: string | null;
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

const entryOf = (issue: Issue, place: Place): ContentsEntry => ({
  number: issue.number,
  title: issue.title,
  isCurrent: issue.id === place.issue.id,
  url: isOnBlogBy(issue, place.issue) ? (blogUrlOf(issue, place.siteUrl) ?? null) : null,
});

// A later issue with a release time may not be on the blog yet when this one is read; a link to it would be broken.
const isOnBlogBy = (issue: Issue, reading: Issue): boolean =>
  issue.number < reading.number || issue.releaseAt === undefined;
