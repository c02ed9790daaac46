import type { Context, MiddlewareHandler } from 'hono';
import { postedFields } from '../../reader/posted-fields.ts';
import type { WebTools } from '../../web-tools.ts';
import { ADMIN_PATHS, isAdminPath, isQueuesPath } from '../admin-paths.ts';
import { answerClosed, answerRefused } from './closed-answers.tsx';
import { CSRF_FIELD } from './csrf-field.tsx';
import { isFromHere } from './from-here.ts';
import { findSession, isTokenOf, type AdminSession } from './session.ts';

/** All of the dashboard that is not behind the guard; of these, only forms that sign in do anything. */
const OPEN: ReadonlySet<string> = new Set([ADMIN_PATHS.signIn, ADMIN_PATHS.style, ADMIN_PATHS.script]);
const ENTRANCE = /^\/admin\/enter\/[\w-]{43}$/;

/**
 * The one guard of /admin. Whoever is not signed in learns nothing, not even which pages there are; whatever may change something must
 * come from a page of ours, and with the session's token.
 */
export const guardAdmin =
  (tools: WebTools): MiddlewareHandler =>
  async (context, next) => {
    const { path } = context.req;
    if (!isAdminPath(path)) return next();
    if (!isReading(context) && !isFromHere(context, tools)) return answerRefused(tools, context);
    if (OPEN.has(path) || ENTRANCE.test(path)) return next();
    const session = await findSession(context, tools);
    if (session === undefined) return answerClosed(tools, context);
    if (!isReading(context) && !(await hasToken(context, session))) return answerRefused(tools, context);
    context.set('adminSession', session);
    return next();
  };

const isReading = ({ req }: Context): boolean => req.method === 'GET' || req.method === 'HEAD';

/** bull-board's own script sends no forms; that a request comes from here has been seen already. */
async function hasToken(context: Context, session: AdminSession): Promise<boolean> {
  if (isQueuesPath(context.req.path)) return true;
  const { text } = await postedFields(context);
  return isTokenOf(session, text(CSRF_FIELD));
}
