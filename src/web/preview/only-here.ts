import type { MiddlewareHandler } from 'hono';

const THIS_MACHINE = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;
const MISDIRECTED = 421;

/** What the writer's own pages may do: everything comes from here, nothing goes anywhere, nobody frames them. */
const PAGE_POLICY = [
  "default-src 'none'",
  "img-src 'self' data:",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * Answers only who asks for this machine by its own name, so that no web page reaches it under a name of its own (DNS rebinding), and
 * closes every way out of the pages.
 */
export const onlyHere: MiddlewareHandler = async (context, next) => {
  if (!THIS_MACHINE.test(context.req.header('Host') ?? '')) {
    return context.text('This preview answers at http://127.0.0.1 and http://localhost only.\n', MISDIRECTED);
  }
  context.header('Content-Security-Policy', PAGE_POLICY);
  context.header('Cross-Origin-Resource-Policy', 'same-origin');
  context.header('Cross-Origin-Opener-Policy', 'same-origin');
  context.header('X-Content-Type-Options', 'nosniff');
  context.header('X-DNS-Prefetch-Control', 'off');
  context.header('Referrer-Policy', 'no-referrer');
  context.header('Cache-Control', 'no-store');
  await next();
  return undefined;
};
