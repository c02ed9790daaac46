import { Hono } from 'hono';
import { doneWithin } from '../../domain/within.ts';
import type { WebTools } from '../web-tools.ts';

const PATIENCE_MS = 2_000;
const RETRY_AFTER_S = '5';

type Check = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/**
 * `/healthz`: this process lives; it asks nobody, because whoever restarts what is not alive must not restart everything when Redis is
 * away. `/readyz`: it can serve readers now. Both are open to everybody and say nothing of what is inside.
 */
export function probes(tools: WebTools): Hono {
  const routes = new Hono();
  routes.get('/healthz', (context) => context.text('ok\n'));
  routes.get('/readyz', async (context) => {
    const checks = await checkLedger(tools);
    const isReady = Object.values(checks).every(({ ok }) => ok);
    return isReady
      ? context.json({ ready: true, checks })
      : context.json({ ready: false, checks }, 503, { 'Retry-After': RETRY_AFTER_S });
  });
  return routes;
}

async function checkLedger({ ping, ledger }: WebTools): Promise<Record<string, Check>> {
  let isFit = false;
  const looked = ledger.isFit().then((is) => (isFit = is));
  const [answers] = await Promise.all([doneWithin(PATIENCE_MS, ping()), doneWithin(PATIENCE_MS, looked)]);
  return {
    answers: check(answers, 'Redis does not answer.'),
    ours: check(ledger.isTrusted, 'Redis has not shown that it holds the ledger of this installation.'),
    writes: check(isFit, 'Redis takes no writes, or is not set up as it must be; the log says which.'),
  };
}

const check = (ok: boolean, reason: string): Check => (ok ? { ok } : { ok, reason });
