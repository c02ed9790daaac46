import type { Issue, IssueId } from './issue.ts';
import type { Problem } from './problem.ts';
import type { Series, SeriesId } from './series.ts';

/** An issue as a made-up reader would get it, slots filled. */
export interface PreviewedMail {
  readonly html: string;
  readonly text: string;
  /** The whole message. */
  readonly message: Buffer;
}

export interface PreviewedIssue {
  readonly series: Series;
  readonly issue: Issue;
  /** Of the post and of its mail. */
  readonly problems: readonly Problem[];
  /** Absent when nothing could be rendered. */
  readonly mail?: PreviewedMail;
}

/** A line in the list of what there is to look at. */
export interface ListedIssue {
  readonly id: IssueId;
  readonly number: number;
  readonly title: string;
  readonly file: string;
  /** Absent until the issue has been composed. */
  readonly problems?: readonly Problem[];
}

export interface ListedSeries {
  readonly id: SeriesId;
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  readonly issues: readonly ListedIssue[];
  /** Of its settings, and of posts that are none of its issues. */
  readonly problems: readonly Problem[];
  /** Posts that readers will not get, in words: `content/garden/thaw.md: draft`. */
  readonly leftOut: readonly string[];
}

/** What there is to look at. */
export interface PreviewOverview {
  /** Grows by one whenever anything in it has changed. */
  readonly revision: number;
  readonly series: readonly ListedSeries[];
  /** Of the settings: until they are mended everything is shown as it was before. */
  readonly settings: readonly Problem[];
  /** Of the content folder, outside any series. */
  readonly problems: readonly Problem[];
}
