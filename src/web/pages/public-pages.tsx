import { Hono, type Context } from 'hono';
import { etag } from 'hono/etag';
import type { Child } from 'hono/jsx';
import type { IssueId } from '../../domain/issue.ts';
import type { ReleasedIssue } from '../../domain/released-issues.ts';
import type { SeriesId } from '../../domain/series.ts';
import { sealForm } from '../guard/form-guard.tsx';
import { SignupForm } from '../reader/signup-form.tsx';
import type { WebTools } from '../web-tools.ts';
import { HomePage } from './home-page.tsx';
import { rememberFacts, type FindFacts } from './issue-facts.ts';
import { IssuePage } from './issue-page.tsx';
import type { ListedIssue } from './issue-rows.tsx';
import { keepFresh, tagWithout } from './keep-fresh.ts';
import { answerNoIssue, answerNotFound, answerReadOnly } from './message-pages.tsx';
import { pageViewOf } from './page-view.ts';
import { serveForMachines } from './serve-for-machines.ts';
import { SeriesPage } from './series-page.tsx';
import { showPage } from './show-page.ts';
import { findAllSeries, findSeries, type ShownSeries } from './shown-series.ts';

/** Not a page for reading: the form of the series posts there. */
const FORM_TARGET = 'subscribe';

/** Pages for everybody: what there is, each series, each issue that has come out, and the same for machines. */
export function publicPages(tools: WebTools): Hono {
  const pages = new Hono();
  const findFacts = rememberFacts(tools.store);
  serveForMachines(pages, tools);

  pages.get('/', keepFresh, etag({ weak: true }), async (context) =>
    showPage(context, <HomePage view={pageViewOf(context, tools)} all={await findAllSeries(tools.store)} />),
  );
  pages.get('/s/:series', keepFresh, etag({ weak: true }), async (context) => {
    const shown = await findSeries(tools.store, context.req.param('series') as SeriesId);
    return shown === undefined
      ? answerNotFound(context, tools)
      : answerSeries(context, tools, shown, findFacts);
  });
  pages.get('/s/:series/:issue', keepFresh, etag({ weak: true }), async (context, next) => {
    const { series, issue } = context.req.param();
    const shown = await findSeries(tools.store, series as SeriesId);
    const released = shown?.released.some(({ id }) => id === issue) ?? false;
    if (!released && issue === FORM_TARGET) return next();
    if (shown === undefined) return answerNotFound(context, tools);
    return answerIssue(context, tools, shown, { id: issue as IssueId, findFacts });
  });

  pages.all('/', (context) => answerReadOnly(context, tools));
  pages.all('/s/:series', (context) => answerReadOnly(context, tools));
  pages.all('/s/:series/:issue', (context, next) =>
    context.req.param('issue') === FORM_TARGET ? next() : answerReadOnly(context, tools),
  );
  return pages;
}

async function answerSeries(context: Context, tools: WebTools, shown: ShownSeries, findFacts: FindFacts) {
  const { plan, released } = shown;
  const view = pageViewOf(context, tools, plan.about.language);
  const issues = await listed(released, findFacts);
  return answerWithForm(context, tools, shown, (form) => (
    <SeriesPage view={view} shown={shown} issues={issues} form={form} />
  ));
}

async function answerIssue(
  context: Context,
  tools: WebTools,
  shown: ShownSeries,
  { id, findFacts }: { id: IssueId; findFacts: FindFacts },
) {
  const { plan, released } = shown;
  const at = released.findIndex((one) => one.id === id);
  const issue = released[at];
  if (issue === undefined) return answerNoIssue(context, tools, plan);
  const view = pageViewOf(context, tools, plan.about.language);
  const { page } = await tools.store.rendered.get(issue.rendered);
  const [previous] = await listed(released.slice(Math.max(at - 1, 0), at), findFacts);
  const [next] = await listed(released.slice(at + 1, at + 2), findFacts);
  const beside = { ...(previous && { previous }), ...(next && { next }) };
  return answerWithForm(context, tools, shown, (form) => (
    <IssuePage view={view} shown={shown} issue={issue} article={page} form={form} {...beside} />
  ));
}

const listed = (issues: readonly ReleasedIssue[], findFacts: FindFacts): Promise<ListedIssue[]> =>
  Promise.all(issues.map(async (issue) => ({ ...issue, facts: await findFacts(issue.rendered) })));

/** A page with a fresh form to subscribe with; whether it has changed is told without regard to the form's stamp. */
async function answerWithForm(
  context: Context,
  tools: WebTools,
  { plan, now }: ShownSeries,
  page: (form: Child) => Child,
): Promise<Response> {
  const view = pageViewOf(context, tools, plan.about.language);
  const seal = await sealForm(tools, plan.series);
  const answer = await showPage(context, page(<SignupForm plan={plan} view={view} seal={seal} />));
  const html = await answer.clone().text();
  answer.headers.set('ETag', tagWithout(seal.stamp, html, now));
  return answer;
}
