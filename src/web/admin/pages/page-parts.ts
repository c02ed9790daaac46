import type { IssueId } from '../../../domain/issue.ts';
import type { Overview } from '../../../domain/overview.ts';
import type { SeriesStatus } from '../../../domain/series-status.ts';
import type { SeriesId } from '../../../domain/series.ts';
import type { WebTools } from '../../web-tools.ts';
import type { BoardView } from './board-view.ts';
import type { Fragments } from './fragments.tsx';
import { issueFragments } from './issue-page.tsx';
import { overviewFragments } from './overview-page.tsx';
import { seriesFragments } from './series-page.tsx';

/** What a page shows of an overview. Undefined when what it is about is not there. */
export type PageParts = (view: BoardView, overview: Overview) => Promise<Fragments | undefined>;

export const overviewPageParts: PageParts = async (view, overview) => overviewFragments(view, overview);

export const seriesPageParts =
  (series: SeriesId): PageParts =>
  async (view, overview) => {
    const status = statusIn(overview, series);
    return status && seriesFragments(view, overview, status);
  };

/** Two more things are read for it, each as large as there are sorts of answers and domains, and no larger. */
export const issuePageParts =
  ({ store }: Pick<WebTools, 'store'>, series: SeriesId, id: IssueId): PageParts =>
  async (view, overview) => {
    const status = statusIn(overview, series);
    const issue = status?.issues.find(({ issue }) => issue === id);
    if (status === undefined || issue === undefined) return undefined;
    const [replies, domains] = await Promise.all([
      store.replies.of(series),
      store.sendTimes.slowest(series, id),
    ]);
    return issueFragments(view, status, issue, { replies, domains });
  };

export const statusIn = (overview: Overview, series: SeriesId): SeriesStatus | undefined =>
  overview.series.find(({ plan }) => plan.series === series);
