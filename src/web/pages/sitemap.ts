import { html as xml } from 'hono/html';
import { issuePath, seriesPath } from './public-paths.ts';
import type { ShownSeries } from './shown-series.ts';
import { xmlText } from './xml-text.ts';

/** The most addresses that one file may have (sitemaps.org). */
const MOST_ADDRESSES = 50_000;

/** Every page that search engines may know: all series and what has come out of them. */
export async function sitemap(all: readonly ShownSeries[], baseUrl: string): Promise<string> {
  const paths = [
    '/',
    ...all.flatMap(({ plan: { series }, released }) => [
      seriesPath(series),
      ...released.map(({ id }) => issuePath(series, id)),
    ]),
  ];
  const urls = paths.slice(0, MOST_ADDRESSES).map((path) => xml`<url><loc>${baseUrl + path}</loc></url>\n`);
  const set = await xml`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls}</urlset>\n`;
  return `<?xml version="1.0" encoding="utf-8"?>\n${xmlText(String(set))}`;
}

/** Keeps robots from what belongs to a reader, and from what is no page. */
export const robots = (baseUrl: string): string =>
  [
    'User-agent: *',
    ...['/u/', '/m/', '/c/', '/d/', '/api/'].map((path) => `Disallow: ${path}`),
    '',
    `Sitemap: ${baseUrl}/sitemap.xml`,
    '',
  ].join('\n');
