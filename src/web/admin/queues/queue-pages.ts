import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type MiddlewareHandler } from 'hono';
import type { WebTools } from '../../web-tools.ts';
import { ADMIN, ADMIN_PATHS } from '../admin-paths.ts';
import { masked } from './masked.ts';

const { queues: QUEUES } = ADMIN_PATHS;
/** Their names change with what is in them. */
const FILES_KEPT = 'private, max-age=604800, immutable';

/**
 * `/admin/queues`: BullMQ's own view of the jobs, by bull-board. What was sent is not there but in the ledger. It is loaded when somebody
 * first looks.
 */
export function queuePages(tools: WebTools): Hono {
  const pages = new Hono();
  let board: Promise<Hono> | undefined;
  pages.get(`${QUEUES}/`, (context) => context.redirect(QUEUES, 302));
  if (!tools.queueActions) pages.use(`${QUEUES}/*`, onlyReading);
  pages.use(`${QUEUES}/static/*`, async (context, next) => {
    await next();
    if (context.res.ok) context.header('Cache-Control', FILES_KEPT);
  });
  pages.use(`${QUEUES}/api/*`, maskAnswer);
  pages.all(`${QUEUES}/*`, async (context) => {
    const { env, req } = context;
    board ??= openBoard(tools).catch((error: unknown) => {
      board = undefined;
      throw error;
    });
    const answer = await (await board).fetch(req.raw, env);
    return isPage(answer) ? withoutFonts(answer) : answer;
  });
  return pages;
}

const onlyReading: MiddlewareHandler = async (context, next) => {
  if (context.req.method === 'GET' || context.req.method === 'HEAD') return next();
  const message = 'The queues are only to be looked at; PARTWORK_QUEUE_ACTIONS=yes allows more.';
  return context.json({ error: message }, 405, { Allow: 'GET, HEAD' });
};

const maskAnswer: MiddlewareHandler = async (context, next) => {
  await next();
  if (!(context.res.headers.get('Content-Type') ?? '').includes('json')) return;
  const { status } = context.res;
  context.res = Response.json(masked(await context.res.json()), { status });
};

async function openBoard({ queues, queueActions }: WebTools): Promise<Hono> {
  const [{ createBullBoard }, { BullMQAdapter }, { HonoAdapter }] = await Promise.all([
    import('@bull-board/api'),
    import('@bull-board/api/bullMQAdapter'),
    import('@bull-board/hono'),
  ]);
  const adapters = (await queues.all()).map(
    (queue) => new BullMQAdapter(queue, { readOnlyMode: !queueActions }),
  );
  const server = new HonoAdapter(serveStatic).setBasePath(QUEUES);
  createBullBoard({
    queues: adapters,
    serverAdapter: server,
    options: {
      uiConfig: {
        boardTitle: 'Partwork',
        miscLinks: [{ text: 'Partwork', url: ADMIN }],
        hideDocsLink: true,
        // It would ask Redis for the list of its clients every five seconds.
        showWorkers: false,
        environment: queueActions
          ? { label: 'Actions on', color: '#a32a1e', textColor: '#ffffff' }
          : { label: 'Read-only', color: '#35553b', textColor: '#ffffff' },
      },
    },
  });
  return new Hono().route(QUEUES, server.registerPlugin());
}

const isPage = (answer: Response): boolean =>
  (answer.headers.get('Content-Type') ?? '').startsWith('text/html');

/** Its page asks Google for fonts, which our policy forbids anyhow; without the link nobody is even asked. */
async function withoutFonts(answer: Response): Promise<Response> {
  const html = await answer.text();
  const { status, headers } = answer;
  return new Response(html.replace(/<link[^>]*href="https?:[^>]*>/g, ''), { status, headers });
}
