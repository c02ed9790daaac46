import type { Problem } from '../domain/problem.ts';
import type { Series, SeriesId } from '../domain/series.ts';

/** A post that readers will not get, though nothing is wrong with it. */
export interface LeftOut {
  readonly file: string;
  /** `unlisted`: it lies in the series' folder, but `issues:` does not name it. */
  readonly reason: 'draft' | 'expired' | 'unlisted' | 'in another series';
}

/** Everything there is to say about one series, for `check` and the like. */
export interface SeriesReport {
  readonly id: SeriesId;
  /** The file that describes it, or its first post. */
  readonly file: string;
  /** Absent when the series has errors, or is a draft itself. */
  readonly series?: Series;
  readonly problems: readonly Problem[];
  readonly leftOut: readonly LeftOut[];
}
