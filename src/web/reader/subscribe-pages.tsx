import { Hono, type Context } from 'hono';
import { requestSubscription } from '../../actions/request-subscription.ts';
import { SECOND_MS } from '../../domain/instant.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import type { SeriesId } from '../../domain/series.ts';
import { clientNetwork } from '../guard/client-network.ts';
import { judgeForm, sealForm, sealStep } from '../guard/form-guard.tsx';
import { showPage } from '../pages/show-page.ts';
import type { WebTools } from '../web-tools.ts';
import { AskedPage } from './asked-page.tsx';
import { askedQuery } from '../pages/choose-locale.ts';
import { seriesPath } from '../pages/public-paths.ts';
import { postedFields, type PostedFields } from './posted-fields.ts';
import type { SignupTrouble, SignupValues } from './signup-form.tsx';
import { SignupPage } from './signup-page.tsx';
import { StepPage } from './step-page.tsx';
import { pageViewOf, type PageView } from '../pages/page-view.ts';

/** What one sign-up works with. */
interface Signup {
  readonly context: Context;
  readonly plan: SeriesPlan;
  readonly view: PageView;
  readonly fields: PostedFields;
  readonly values: SignupValues;
}

/** Where the sign-up form posts to. The answer is the same for every address that could get mail. */
export function subscribePages(tools: WebTools): Hono {
  const pages = new Hono();
  pages.post('/s/:series/subscribe', async (context) => {
    const plan = await tools.store.plans.find(context.req.param('series') as SeriesId);
    if (plan === undefined || plan.state === 'cancelled') return context.notFound();
    const fields = await postedFields(context);
    const view = pageViewOf(context, tools, plan.about.language);
    return answer(tools, { context, plan, view, fields, values: valuesOf(fields) });
  });
  // Somebody who reloads the answer's address, or chooses another language there, gets the form; an issue of that name comes first.
  pages.get('/s/:series/subscribe', async (context, next) => {
    const plan = await tools.store.plans.find(context.req.param('series') as SeriesId);
    if (plan === undefined || plan.issues.some(({ id }) => id === 'subscribe')) return next();
    return context.redirect(`${seriesPath(plan.series)}${askedQuery(context)}`, 302);
  });
  return pages;
}

async function answer(tools: WebTools, signup: Signup): Promise<Response> {
  const { context, plan, view, fields, values } = signup;
  const verdict = await judgeForm(tools, context, plan.series, fields.body);
  if (verdict === 'again') {
    const seal = await sealStep(tools, plan.series, fields.body);
    return showPage(context, <StepPage {...{ plan, view, seal, values }} />);
  }
  const asked = await requestSubscription(tools, {
    series: plan.series,
    address: values.address,
    name: values.name,
    pace: values.pace,
    language: view.locale,
    source: sourceOf(tools, signup),
    network: clientNetwork(context),
    isTrap: verdict === 'trap',
  });
  if (asked.kind === 'closed') return context.notFound();
  if (asked.kind === 'asked') return afterAsking(tools, signup);
  return showAgain(tools, signup, asked.kind === 'invalid' ? { kind: 'wrong', field: asked.field } : asked);
}

function afterAsking(
  { isReturnAllowed }: WebTools,
  { context, plan, view, values }: Signup,
): Response | Promise<Response> {
  if (values.return !== '' && isReturnAllowed(values.return))
    return context.redirect(new URL(values.return).href, 303);
  return showPage(context, <AskedPage {...{ plan, view }} />);
}

/** The form with what was typed, and what to do about it. */
async function showAgain(tools: WebTools, { context, plan, view, values }: Signup, trouble: SignupTrouble) {
  const seal = await sealForm(tools, plan.series);
  const page = <SignupPage {...{ plan, view, seal, values, trouble }} />;
  if (trouble.kind !== 'busy') return showPage(context, page, 422);
  context.header('Retry-After', String(Math.ceil(trouble.retryAfterMs / SECOND_MS)));
  return showPage(context, page, 429);
}

const valuesOf = ({ text }: PostedFields): SignupValues => ({
  address: text('address'),
  name: text('name'),
  pace: text('pace'),
  return: text('return'),
});

/** Kept with the consent: our own form, or the page of the writer's that it was embedded in. */
function sourceOf({ isReturnAllowed, origins }: WebTools, { context, values }: Signup): string {
  const origin = context.req.header('Origin') ?? '';
  if (origins.includes(origin)) return `embed ${origin}`;
  return isReturnAllowed(values.return) ? `embed ${new URL(values.return).origin}` : 'form';
}
