import type { IssueId } from '../../domain/issue.ts';
import type { SeriesId } from '../../domain/series.ts';

export const seriesPath = (series: SeriesId): string => `/s/${encodeURIComponent(series)}`;

export const issuePath = (series: SeriesId, issue: IssueId): string =>
  `${seriesPath(series)}/${encodeURIComponent(issue)}`;

export const feedPath = (series: SeriesId): string => `${seriesPath(series)}/feed.xml`;
