import { serve, type ServerType } from '@hono/node-server';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { Hono } from 'hono';
import { adminRoutes } from './admin/admin-pages.tsx';
import { guardAdmin } from './admin/door/guard.ts';
import { onlyFromOrigins } from './api/only-from-origins.ts';
import { signupApi } from './api/signup-api.ts';
import { noteClient } from './guard/client-network.ts';
import { limitConnections, SERVER_LIMITS } from './guard/connection-limits.ts';
import { onlyWhileLedgerAnswers } from './guard/ledger-gate.ts';
import { logRequests } from './guard/log-requests.ts';
import { onlyPlainPaths } from './guard/plain-path.ts';
import { keptByNobody, securityHeaders } from './guard/security-headers.ts';
import { answerAway, answerFailed, answerNowhere, limitBody } from './guard/trouble-answers.tsx';
import { metricsRoute } from './metrics/metrics-route.ts';
import { probes } from './metrics/probes.ts';
import { publicPages } from './pages/public-pages.tsx';
import { readerPages } from './reader/reader-pages.tsx';
import type { WebTools } from './web-tools.ts';

export interface WebServer {
  readonly port: number;
  close(): Promise<void>;
}

export interface Where {
  /** One of this machine's addresses; all of them when absent. */
  readonly hostname?: string | undefined;
  /** As in the settings: their connections are not counted. */
  readonly trustedProxies?: readonly string[];
}

const CUT_AFTER_MS = 3_000;
const PROOF_SCRIPT = readFileSync(new URL('guard/proof.js', import.meta.url), 'utf8');

/** Everything the web answers: the pages, the sign-up for other sites, the dashboard, probes and figures, behind one guard. */
export function createWeb(tools: WebTools): Hono {
  const web = new Hono();
  web.use(logRequests(tools.log), keptByNobody, securityHeaders(tools));
  web.use(noteClient(tools.trustedProxies, tools.log), onlyPlainPaths);
  web.use('/api/*', onlyFromOrigins(tools));
  web.use(limitBody(tools), onlyWhileLedgerAnswers(tools), guardAdmin(tools));
  web.route('/', probes(tools));
  web.route('/', metricsRoute(tools));
  web.get('/proof.js', (context) =>
    context.body(PROOF_SCRIPT, 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'public, max-age=300',
    }),
  );
  web.route('/api', signupApi(tools));
  web.route('/', adminRoutes(tools));
  web.route('/', readerPages(tools));
  web.route('/', publicPages(tools));
  web.notFound((context) => answerNowhere(tools, context));
  web.onError((error, context) => {
    // Nobody is there to be told: the client has gone, or took too long over its request.
    if (context.req.raw.signal.aborted) return context.body(null, 400);
    if (tools.isLedgerTrouble(error)) {
      tools.log.warn({ reason: error.message }, 'the ledger does not answer');
      return answerAway(tools, context);
    }
    tools.log.error({ reason: error.message, at: error.stack?.split('\n').slice(1, 6) }, 'a page failed');
    return answerFailed(tools, context);
  });
  return web;
}

/** Listens on `port` (0 = a free one), with bounds on what one client may ask of it. Rejects when the port is taken. */
export function startWeb(web: Hono, port: number, where: Where = {}): Promise<WebServer> {
  const { hostname, trustedProxies = [] } = where;
  return new Promise((resolve, reject) => {
    const options = { port, ...(hostname !== undefined && { hostname }) };
    const server = serve({ fetch: web.fetch, ...options, serverOptions: SERVER_LIMITS }, (address) =>
      resolve({
        port: address.port,
        close: () => closed(server),
      }),
    );
    limitConnections(server as Server, trustedProxies);
    server.once('error', reject);
  });
}

/** Answers that are under way are finished; browsers that keep asking are cut off after a while. */
function closed(server: ServerType): Promise<void> {
  const cut = setTimeout(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
  }, CUT_AFTER_MS);
  return new Promise((resolve, reject) => {
    server.close((error) => {
      clearTimeout(cut);
      if (error === undefined) resolve();
      else reject(error);
    });
  });
}
