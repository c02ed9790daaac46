import type { Issue } from '../domain/issue.ts';
import type { Series } from '../domain/series.ts';

/** What one issue may show of another: a change of anything else there leaves it as it was composed. */
export const BESIDE = [
  'id',
  'number',
  'title',
  'aliases',
  'releaseAt',
  'file',
] as const satisfies (keyof Issue)[];

export type IssueBeside = Pick<Issue, (typeof BESIDE)[number]>;

/** A series as one of its issues sees it. */
export type SeriesAround = Omit<Series, 'issues'> & { readonly issues: readonly IssueBeside[] };
