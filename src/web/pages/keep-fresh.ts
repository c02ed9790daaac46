import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { MINUTE_MS, type Instant } from '../../domain/instant.ts';

const STAMP_LASTS_MS = 30 * MINUTE_MS;

/**
 * Lets caches keep an answer for a minute, and then ask by its ETag (RFC 9110 §13.1.2). There is no Last-Modified: an issue that was
 * mended keeps its date. What is not an answer of 200 is not kept.
 */
export const keepFresh: MiddlewareHandler = async (context, next) => {
  await next();
  if (context.res.status !== 200 && context.res.status !== 304) {
    context.header('Cache-Control', 'no-store');
    return;
  }
  context.header('Cache-Control', 'public, max-age=60');
  context.header('Vary', 'Accept-Language');
};

/**
 * The ETag of a page with a form in it, whose stamp is another one each time: the page is the same without it, but nobody is left with a
 * stamp that is older than half an hour.
 */
export function tagWithout(stamp: string, page: string, now: Instant): string {
  const content = page.replaceAll(stamp, String(Math.floor(now / STAMP_LASTS_MS)));
  return `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`;
}
