import type { MiddlewareHandler } from 'hono';

/** Empty and dot segments, backslashes, and slashes, dots and ends of text in disguise: none of our addresses has them. */
const DISGUISED = /\/\/|\\|%2e|%2f|%5c|%00|\/\.{1,2}(?:\/|$)/i;

/** Knows a page by one address only: a path that would become another one by being tidied up leads nowhere. */
export const onlyPlainPaths: MiddlewareHandler = async (context, next) => {
  if (!isPlain(targetOf(context.env, context.req.url))) return context.notFound();
  await next();
  return undefined;
};

/** The path as it was sent; a URL object would have resolved it already. */
function targetOf(env: unknown, url: string): string {
  const { incoming } = (env ?? {}) as { incoming?: { url?: string } };
  return (incoming?.url ?? url).replace(/^https?:\/\/[^/?#]*/i, '').split(/[?#]/, 1)[0] ?? '';
}

function isPlain(path: string): boolean {
  if (!path.startsWith('/') || DISGUISED.test(path)) return false;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    // Percent signs that encode nothing.
    return false;
  }
}
