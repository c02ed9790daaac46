import type { Issue } from '../domain/issue.ts';
import type { Problem } from '../domain/problem.ts';
import type { Series, SeriesId } from '../domain/series.ts';

/** A post that readers will not get, though nothing is wrong with it. */
export interface LeftOut {
  readonly file: string;
  /** `unlisted`: it lies in the series' folder, but `issues:` does not name it. */
  readonly reason: 'draft' | 'expired' | 'unlisted' | 'in another series' | 'another language';
}

/** What can be made of a series with errors, to find what else is wrong. Never to be scheduled. */
export interface PartialSeries {
  /** Defaults stand for wrong settings. It has all issues, also those with errors: others may link to them. */
  readonly series: Series;
  /** Those without errors of their own. */
  readonly sound: readonly Issue[];
}

/** Everything there is to say about one series, for `check` and the like. */
export interface SeriesReport {
  readonly id: SeriesId;
  /** The file that describes it, or its first post. */
  readonly file: string;
  /** Absent when the series has errors, or is a draft itself. */
  readonly series?: Series;
  /** Of a series with errors: what can be looked at all the same. */
  readonly partial?: PartialSeries;
  readonly problems: readonly Problem[];
  /** Errors of posts that cannot be read, lie elsewhere, and may have been meant for this series. */
  readonly strayErrors: readonly Problem[];
  readonly leftOut: readonly LeftOut[];
}
