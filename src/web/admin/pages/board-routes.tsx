import { Hono } from 'hono';
import { showPage } from '../../pages/show-page.ts';
import type { WebTools } from '../../web-tools.ts';
import { ADMIN } from '../admin-paths.ts';
import { adminViewOf } from '../admin-view.ts';
import { AdminFrame } from '../frame.tsx';

/** What there is to see on the dashboard. */
export function boardRoutes(tools: WebTools): Hono {
  const routes = new Hono();
  routes.get(ADMIN, async (context) => {
    const view = adminViewOf(context, tools);
    const plans = await tools.store.plans.all();
    return showPage(
      context,
      <AdminFrame view={view} title={view.words.admin.overview} place="overview">
        <ul>
          {plans.map(({ series, title, state, about }) => (
            <li>
              <span lang={about.language}>{title}</span> ({series}): {state}
            </li>
          ))}
        </ul>
      </AdminFrame>,
    );
  });
  return routes;
}
