import type { Hono } from 'hono';
import { etag } from 'hono/etag';
import type { SeriesId } from '../../domain/series.ts';
import type { WebTools } from '../web-tools.ts';
import { atomFeed } from './atom-feed.ts';
import { keepFresh } from './keep-fresh.ts';
import { answerNotFound, answerReadOnly } from './message-pages.tsx';
import { findAllSeries, findSeries } from './shown-series.ts';
import { robots, sitemap } from './sitemap.ts';
import { styleSheet } from './style-sheet.ts';

const ENTRIES_IN_FEED = 20;
const FEED = '/s/:series/feed.xml';

/** Style sheet, feeds, and what search engines read. */
export function serveForMachines(pages: Hono, tools: WebTools): void {
  const { store, baseUrl } = tools;
  const style = styleSheet();
  pages.use('/style.css', keepFresh, etag({ weak: true }));
  pages.get('/style.css', (context) =>
    context.body(style, 200, { 'Content-Type': 'text/css; charset=utf-8' }),
  );
  pages.use('/robots.txt', keepFresh, etag({ weak: true }));
  pages.get('/robots.txt', (context) => context.text(robots(baseUrl)));
  pages.use('/sitemap.xml', keepFresh, etag({ weak: true }));
  pages.get('/sitemap.xml', async (context) => {
    const xml = await sitemap(await findAllSeries(store), baseUrl);
    return context.body(xml, 200, { 'Content-Type': 'application/xml; charset=utf-8' });
  });

  pages.use(FEED, keepFresh, etag({ weak: true }));
  pages.get(FEED, async (context) => {
    const shown = await findSeries(store, context.req.param('series') as SeriesId);
    if (shown === undefined) return answerNotFound(context, tools);
    const latest = shown.released.toSorted((a, b) => b.releasedAt - a.releasedAt || b.number - a.number);
    const entries = await Promise.all(
      latest.slice(0, ENTRIES_IN_FEED).map(async (issue) => {
        const { page } = await store.rendered.get(issue.rendered);
        return { ...issue, page };
      }),
    );
    const xml = await atomFeed({ plan: shown.plan, entries, baseUrl });
    return context.body(xml, 200, { 'Content-Type': 'application/atom+xml; charset=utf-8' });
  });
  for (const path of ['/style.css', '/robots.txt', '/sitemap.xml', FEED]) {
    pages.all(path, (context) => answerReadOnly(context, tools));
  }
}
