import type { IssueId } from '../../../domain/issue.ts';
import type { SeriesId } from '../../../domain/series.ts';
import type { SubscriberId } from '../../../domain/subscriber.ts';

const ADMIN = '/admin';

/** Where the parts of the dashboard are. */
export const BOARD_PATHS = {
  overview: ADMIN,
  readers: `${ADMIN}/readers`,
  script: `${ADMIN}/board.js`,
} as const;

export const boardSeriesPath = (series: SeriesId): string => `${ADMIN}/series/${encodeURIComponent(series)}`;

export const boardIssuePath = (series: SeriesId, issue: IssueId): string =>
  `${boardSeriesPath(series)}/${encodeURIComponent(issue)}`;

export const boardReaderPath = (reader: SubscriberId): string =>
  `${BOARD_PATHS.readers}/${encodeURIComponent(reader)}`;

/** The stream behind a page. */
export const livePath = (page: string): string =>
  page === ADMIN ? `${ADMIN}/live/overview` : `${ADMIN}/live${page.slice(ADMIN.length)}`;

/** What the dashboard can do to a series. */
export const ACTS = ['pause', 'resume', 'retry'] as const;
export type BoardAct = (typeof ACTS)[number];

/** Where one is asked whether it is meant, and where the answer goes. */
export const actPath = (act: BoardAct, series: SeriesId): string =>
  `${ADMIN}/act/${act}/${encodeURIComponent(series)}`;
