import { Hono, type Context } from 'hono';
import { requestSubscription } from '../../actions/request-subscription.ts';
import { SECOND_MS } from '../../domain/instant.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import type { SeriesId } from '../../domain/series.ts';
import { clientNetwork } from '../guard/client-network.ts';
import { judgeForm, sealForm, TOO_QUICK_MS } from '../guard/form-guard.tsx';
import { chooseLocale } from '../pages/choose-locale.ts';
import type { WebTools } from '../web-tools.ts';
import { answerError, API_ERRORS } from './api-error.ts';
import { readSignup, type PostedSignup } from './posted-signup.ts';

/** The sign-up for scripts of the writer's sites: the form's actions, limits and answers, as JSON. */
export function signupApi(tools: WebTools): Hono {
  const api = new Hono();
  api.get('/form/:series', async (context) => {
    const plan = await openSeries(tools, context);
    if (plan === undefined) return answerError(tools, context, API_ERRORS.series);
    const { stamp, proofBits } = await sealForm(tools, plan.series);
    return context.json({ stamp, difficulty: proofBits, waitMs: TOO_QUICK_MS });
  });
  api.post('/subscribe/:series', async (context) => {
    const plan = await openSeries(tools, context);
    if (plan === undefined) return answerError(tools, context, API_ERRORS.series);
    const posted = await readSignup(context);
    if ('status' in posted) return answerError(tools, context, posted, { series: plan.about.language });
    return subscribe(tools, context, plan, posted);
  });
  for (const [path, methods] of [
    ['/form/:series', 'GET, HEAD, OPTIONS'],
    ['/subscribe/:series', 'POST, OPTIONS'],
  ] as const) {
    api.all(path, (context) => {
      context.header('Allow', methods);
      return answerError(tools, context, API_ERRORS.method);
    });
  }
  return api;
}

async function openSeries({ store }: WebTools, context: Context): Promise<SeriesPlan | undefined> {
  const plan = await store.plans.find((context.req.param('series') ?? '') as SeriesId);
  return plan?.state === 'cancelled' ? undefined : plan;
}

async function subscribe(
  tools: WebTools,
  context: Context,
  plan: SeriesPlan,
  posted: PostedSignup,
): Promise<Response> {
  const language = posted.language === '' ? undefined : posted.language;
  const spoken = { series: plan.about.language, ...(language !== undefined && { asked: language }) };
  const verdict = await judgeForm(tools, context, plan.series, posted);
  if (verdict === 'again') {
    const isProof = tools.proofBits > 0 && posted.stamp !== '';
    return answerError(tools, context, isProof ? API_ERRORS.proof : API_ERRORS.stamp, spoken);
  }
  const { address, name, pace } = posted;
  const asked = await requestSubscription(tools, {
    series: plan.series,
    address,
    name,
    pace,
    language: language ?? chooseLocale(context, plan.about.language),
    source: `api ${context.req.header('Origin') ?? ''}`.trim(),
    network: clientNetwork(context),
    isTrap: verdict === 'trap',
  });
  if (asked.kind === 'asked') return context.json({ status: 'asked' });
  if (asked.kind === 'invalid') return answerError(tools, context, API_ERRORS[asked.field], spoken);
  if (asked.kind === 'unmailable') return answerError(tools, context, API_ERRORS.unmailable, spoken);
  if (asked.kind === 'closed') return answerError(tools, context, API_ERRORS.series, spoken);
  context.header('Retry-After', String(Math.ceil(asked.retryAfterMs / SECOND_MS)));
  return answerError(tools, context, API_ERRORS.busy, spoken);
}
