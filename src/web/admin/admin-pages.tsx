import { Hono } from 'hono';
import { showPage } from '../pages/show-page.ts';
import type { WebTools } from '../web-tools.ts';
import { ADMIN, ADMIN_PATHS } from './admin-paths.ts';
import { adminViewOf } from './admin-view.ts';
import { enterPages } from './door/enter-pages.tsx';
import { signInPages } from './door/sign-in-pages.tsx';
import { signOutPages } from './door/sign-out-pages.tsx';
import { AdminFrame } from './frame.tsx';
import { boardRoutes } from './pages/board-routes.tsx';
import { queuePages } from './queues/queue-pages.ts';
import { adminStyleSheet } from './style-sheet.ts';

/** Everything below /admin, by whole paths. Who may see it is `guardAdmin`'s business, which stands before all of it. */
export function adminRoutes(tools: WebTools): Hono {
  const routes = new Hono();
  const style = adminStyleSheet();
  routes.get(ADMIN_PATHS.style, (context) =>
    context.body(style, 200, {
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': 'public, max-age=300',
    }),
  );
  routes.route('/', signInPages(tools));
  routes.route('/', enterPages(tools));
  routes.route('/', signOutPages(tools));
  routes.route('/', queuePages(tools));
  routes.route('/', boardRoutes(tools));
  routes.all(`${ADMIN}/*`, (context) => {
    const view = adminViewOf(context, tools);
    const { admin } = view.words;
    return showPage(
      context,
      <AdminFrame view={view} title={admin.missingTitle}>
        <p>{admin.missing}</p>
        <p>
          <a class="button button-plain" href={`${ADMIN}${view.asked}`}>
            {admin.backToOverview}
          </a>
        </p>
      </AdminFrame>,
      404,
    );
  });
  return routes;
}
