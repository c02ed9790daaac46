import { readFileSync } from 'node:fs';
import { Hono, type Context } from 'hono';
import { takeOverview } from '../../../actions/overview.ts';
import { SECOND_MS } from '../../../domain/instant.ts';
import type { IssueId } from '../../../domain/issue.ts';
import { reasonOf } from '../../../domain/reason-of.ts';
import type { SeriesId } from '../../../domain/series.ts';
import { pageViewOf } from '../../pages/page-view.ts';
import type { WebTools } from '../../web-tools.ts';
import { findSession, sessionOf } from '../door/session.ts';
import { BOARD_PATHS } from '../pages/board-paths.ts';
import { issuePageParts, overviewPageParts, seriesPageParts, type PageParts } from '../pages/page-parts.ts';
import { renderFragments } from '../pages/fragments.tsx';
import { openChannels, type RenderPage } from './channels.ts';
import { liveStream } from './live-stream.ts';
import { openRefresher } from './refresher.ts';
import { limitStreams } from './stream-limit.ts';

const EVERY_MS = 2 * SECOND_MS;
const SCRIPT = readFileSync(new URL('board.js', import.meta.url), 'utf8');

/** `/admin/live/…`: what is new on a page of the dashboard, while somebody looks at it; and the script that listens. */
export function liveRoutes(tools: WebTools): Hono {
  const routes = new Hono();
  const refresher = openRefresher({ ...tools, take: () => takeOverview(tools), everyMs: EVERY_MS });
  const channels = openChannels(refresher, tools);
  const limit = limitStreams();

  const stream = (context: Context, parts: PageParts): Response => {
    // Nobody reads what follows a head, so nobody would ever end it.
    if (context.req.method === 'HEAD')
      return context.body(null, 200, { 'Content-Type': 'text/event-stream' });
    const { csrf: session } = sessionOf(context);
    if (!limit.take(session)) return context.json({ error: 'crowded' }, 429);
    const view = pageViewOf(context, tools);
    const render: RenderPage = async (overview) => {
      const fragments = await parts(view, overview);
      return fragments && renderFragments(fragments);
    };
    return liveStream(context, {
      watch(listener) {
        const stop = channels.watch(`${context.req.path} ${view.locale} ${view.asked}`, render, listener);
        return () => {
          stop();
          limit.free(session);
        };
      },
      isWelcome: () => isWelcome(context, tools),
      closing: tools.closing,
    });
  };

  routes.get(BOARD_PATHS.script, (context) =>
    context.body(SCRIPT, 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'private, max-age=300',
    }),
  );
  routes.get('/admin/live/overview', (context) => stream(context, overviewPageParts));
  routes.get('/admin/live/series/:series', (context) =>
    stream(context, seriesPageParts(context.req.param('series') as SeriesId)),
  );
  routes.get('/admin/live/series/:series/:issue', (context) => {
    const { series, issue } = context.req.param();
    return stream(context, issuePageParts(tools, series as SeriesId, issue as IssueId));
  });
  return routes;
}

/** Signed out, here or everywhere, ends what is open as well. Of a ledger that is away nobody can tell. */
async function isWelcome(context: Context, tools: WebTools): Promise<boolean> {
  try {
    return (await findSession(context, tools)) !== undefined;
  } catch (error) {
    if (tools.isLedgerTrouble(error)) return true;
    tools.log.error({ reason: reasonOf(error) }, 'nobody can tell whether a session has ended');
    return false;
  }
}
