import type { MiddlewareHandler } from 'hono';
import type { WebTools } from '../web-tools.ts';
import { answerError, API_ERRORS } from './api-error.ts';

const KEPT_FOR_S = 600;

/**
 * CORS (Fetch §3.3): pages of the writer's sites may call, others are refused before anything is done. Programs that are no browser
 * send no Origin. Nothing here has to do with cookies, so none are allowed.
 */
export function onlyFromOrigins(tools: WebTools): MiddlewareHandler {
  const allowed = new Set([...tools.origins, new URL(tools.baseUrl).origin]);
  return async (context, next) => {
    const origin = context.req.header('Origin');
    context.header('Vary', 'Origin', { append: true });
    if (origin !== undefined) {
      if (!allowed.has(origin)) return answerError(tools, context, API_ERRORS.origin);
      context.header('Access-Control-Allow-Origin', origin);
      context.header('Access-Control-Expose-Headers', 'Retry-After');
    }
    if (context.req.method === 'OPTIONS') {
      context.header('Access-Control-Allow-Methods', 'GET, POST');
      context.header('Access-Control-Allow-Headers', 'Content-Type');
      context.header('Access-Control-Max-Age', String(KEPT_FOR_S));
      return context.body(null, 204);
    }
    await next();
    return undefined;
  };
}
