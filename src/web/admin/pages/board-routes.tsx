import { Hono, type Context } from 'hono';
import { takeOverview } from '../../../actions/overview.ts';
import { filledIn } from '../../../domain/filled-in.ts';
import type { IssueId } from '../../../domain/issue.ts';
import type { SeriesId } from '../../../domain/series.ts';
import { showPage } from '../../pages/show-page.ts';
import type { WebTools } from '../../web-tools.ts';
import { actRoutes } from '../actions/act-routes.tsx';
import { doneFrom } from '../actions/do-act.ts';
import { DoneNotice } from '../actions/done-notice.tsx';
import { adminViewOf } from '../admin-view.ts';
import { AdminFrame } from '../frame.tsx';
import { liveRoutes } from '../live/live-routes.ts';
import { LiveHead, LiveStatus } from '../live/live-status.tsx';
import { BOARD_PATHS, boardIssuePath, boardSeriesPath } from './board-paths.ts';
import { Foreign, harmless } from './foreign.tsx';
import { zoneOf } from './hour-of.ts';
import { IssueBody } from './issue-page.tsx';
import { answerMissing } from './missing-page.tsx';
import { OverviewBody, overviewFragments } from './overview-page.tsx';
import { issuePageParts, seriesPageParts, statusIn } from './page-parts.ts';
import { readerRoutes } from './reader-routes.tsx';
import { SeriesBody } from './series-page.tsx';

/** What there is to see on the dashboard, and the little that can be done there. */
export function boardRoutes(tools: WebTools): Hono {
  const routes = new Hono();
  routes.get(BOARD_PATHS.overview, (context) => showOverview(tools, context));
  routes.get('/admin/series/:series', (context) =>
    showSeries(tools, context, context.req.param('series') as SeriesId),
  );
  routes.get('/admin/series/:series/:issue', (context) => {
    const { series, issue } = context.req.param();
    return showIssue(tools, context, series as SeriesId, issue as IssueId);
  });
  routes.route('/', readerRoutes(tools));
  routes.route('/', actRoutes(tools));
  routes.route('/', liveRoutes(tools));
  return routes;
}

async function showOverview(tools: WebTools, context: Context) {
  const view = adminViewOf(context, tools);
  const overview = await takeOverview(tools);
  const { now } = overview;
  const title = view.words.admin.overview;
  return showPage(
    context,
    <AdminFrame
      view={view}
      title={title}
      place="overview"
      head={<LiveHead />}
      heading={
        <div class="page-head">
          <h1>{title}</h1>
          <LiveStatus view={view} path={BOARD_PATHS.overview} now={now} timezone={zoneOf(overview)} />
        </div>
      }
    >
      <OverviewBody fragments={overviewFragments(view, overview)} />
    </AdminFrame>,
  );
}

async function showSeries(tools: WebTools, context: Context, series: SeriesId) {
  const view = adminViewOf(context, tools);
  const overview = await takeOverview(tools);
  const status = statusIn(overview, series);
  const fragments = await seriesPageParts(series)(view, overview);
  if (status === undefined || fragments === undefined)
    return answerMissing(context, view, view.words.board.missingSeries);
  const { title, cadence, about } = status.plan;
  return showPage(
    context,
    <AdminFrame
      view={view}
      title={harmless(title)}
      head={<LiveHead />}
      heading={
        <div class="page-head">
          <h1>
            <Foreign text={title} lang={about.language} />
          </h1>
          <LiveStatus
            view={view}
            path={boardSeriesPath(series)}
            now={overview.now}
            timezone={cadence.timezone}
          />
        </div>
      }
    >
      <DoneNotice view={view} done={doneFrom((name) => context.req.query(name))} />
      <SeriesBody fragments={fragments} />
    </AdminFrame>,
  );
}

async function showIssue(tools: WebTools, context: Context, series: SeriesId, id: IssueId) {
  const view = adminViewOf(context, tools);
  const overview = await takeOverview(tools);
  const status = statusIn(overview, series);
  const issue = status?.issues.find(({ issue }) => issue === id);
  const fragments = await issuePageParts(tools, series, id)(view, overview);
  if (status === undefined || issue === undefined || fragments === undefined)
    return answerMissing(context, view, view.words.board.missingIssue);
  const { title, cadence, about } = status.plan;
  return showPage(
    context,
    <AdminFrame
      view={view}
      title={harmless(issue.title)}
      head={<LiveHead />}
      heading={
        <div class="page-head">
          <div>
            <p class="crumbs">
              <a href={`${boardSeriesPath(series)}${view.asked}`}>
                <Foreign text={title} lang={about.language} />
              </a>
              {issue.number > 0 && ` · ${filledIn(view.words.board.issueOf, { n: issue.number })}`}
            </p>
            <h1>
              <Foreign text={issue.title} lang={about.language} />
            </h1>
          </div>
          <LiveStatus
            view={view}
            path={boardIssuePath(series, id)}
            now={overview.now}
            timezone={cadence.timezone}
          />
        </div>
      }
    >
      <IssueBody fragments={fragments} />
    </AdminFrame>,
  );
}
