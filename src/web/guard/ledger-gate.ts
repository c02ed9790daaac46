import type { MiddlewareHandler } from 'hono';
import { doneWithin } from '../../domain/within.ts';
import { ADMIN_PATHS } from '../admin/admin-paths.ts';
import type { WebTools } from '../web-tools.ts';
import { answerAway } from './trouble-answers.tsx';

const PATIENCE_MS = 700;
/** What is the same whatever the ledger says; the page that says it is away needs its style. */
const WITHOUT_LEDGER: ReadonlySet<string> = new Set([
  '/healthz',
  '/readyz',
  '/metrics',
  '/style.css',
  '/proof.js',
  '/robots.txt',
  ADMIN_PATHS.style,
  ADMIN_PATHS.script,
]);

/**
 * Lets a request in when the ledger answers at this moment. A Redis that hangs takes commands and does them when it comes round: whoever
 * has been told "not now" must not be unsubscribed an hour later.
 */
export const onlyWhileLedgerAnswers =
  (tools: WebTools): MiddlewareHandler =>
  async (context, next) => {
    const needsLedger = context.req.method !== 'OPTIONS' && !WITHOUT_LEDGER.has(context.req.path);
    if (needsLedger && !(await doneWithin(PATIENCE_MS, tools.ping()))) return answerAway(tools, context);
    await next();
    return undefined;
  };
