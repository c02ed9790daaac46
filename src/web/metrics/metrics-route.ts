import { Hono, type Context } from 'hono';
import { doneWithin } from '../../domain/within.ts';
import type { WebTools } from '../web-tools.ts';
import { CONTENT_TYPE, exposition } from './exposition.ts';
import { mayScrapeWith } from './may-scrape.ts';
import { takeFigures } from './take-figures.ts';

/** An answer comes within two seconds, also from a Redis that hangs. */
const ANSWER_MS = 1_700;
const PING_MS = 600;
const PING_AGAIN_MS = 200;

const CLOSED = 'The figures are closed: nobody has set PARTWORK_ADMIN_SECRET.\n';
const WHO = 'Send the admin secret: `Authorization: Bearer …`.\n';

/**
 * `/metrics`: the ledger's numbers for Prometheus, for whoever has the admin secret. While the ledger is away it answers all the same, and
 * says so: an alert that cannot be read is none.
 */
export function metricsRoute(tools: WebTools): Hono {
  const routes = new Hono();
  const mayScrape = mayScrapeWith(tools);
  routes.get('/metrics', async (context) => {
    const began = performance.now();
    if (!tools.admin.hasSecret) return context.text(CLOSED, 403);
    if (context.req.header('Authorization') === undefined) return askWho(context);
    const isThere = await doneWithin(PING_MS, tools.ping());
    if (!(await mayScrape(context, !isThere))) return askWho(context);
    const leftMs = ANSWER_MS - (performance.now() - began);
    const figures = isThere ? await takeFigures(tools, leftMs) : undefined;
    const isRedisUp = figures !== undefined || (isThere && (await doneWithin(PING_AGAIN_MS, tools.ping())));
    const seconds = (performance.now() - began) / 1_000;
    const text = await exposition({ figures, isRedisUp, version: tools.version, seconds });
    return context.body(text, 200, { 'Content-Type': CONTENT_TYPE });
  });
  routes.all('/metrics', (context) => context.text('Only GET.\n', 405, { Allow: 'GET, HEAD' }));
  return routes;
}

// Basic is taken, but not asked for: a browser would keep the secret and send it to every page of ours.
const askWho = (context: Context): Response | Promise<Response> =>
  context.text(WHO, 401, { 'WWW-Authenticate': 'Bearer realm="partwork"' });
