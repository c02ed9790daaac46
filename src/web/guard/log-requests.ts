import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Log } from '../../domain/log.ts';

/** One line a request: which page, not whose. A path may hold a token, and a query anything. */
export const logRequests =
  (log: Log): MiddlewareHandler =>
  async (context, next) => {
    const began = performance.now();
    await next();
    const route = routePath(context);
    log.debug(
      {
        method: context.req.method,
        route: route.endsWith('*') ? '(none)' : route,
        status: context.res.status,
        ms: Math.round(performance.now() - began),
      },
      'answered',
    );
  };
