import type { Context } from 'hono';
import type { WebTools } from '../../web-tools.ts';

/**
 * Whether a browser says that a page of our own has sent this request: by Sec-Fetch-Site, or where it sends none (older ones; plain http),
 * by Origin. What says neither comes from no form of ours.
 */
export function isFromHere({ req }: Context, { baseUrl }: Pick<WebTools, 'baseUrl'>): boolean {
  const site = req.header('Sec-Fetch-Site');
  if (site !== undefined) return site === 'same-origin';
  const origin = req.header('Origin');
  if (origin === undefined) return false;
  return origin === new URL(baseUrl).origin || origin === `http://${req.header('Host')}`;
}
