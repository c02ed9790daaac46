import { Hono, type Context } from 'hono';
import { findOwner } from '../../actions/reading/find-owner.ts';
import { findReading } from '../../actions/reading/find-reading.ts';
import type { Instant } from '../../domain/instant.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import type { Reading } from '../../domain/reading.ts';
import type { TokenOwner } from '../../domain/token.ts';
import { pageViewOf, type PageView } from '../pages/page-view.ts';
import { showPage } from '../pages/show-page.ts';
import type { WebTools } from '../web-tools.ts';
import { BrokenPage } from './broken-page.tsx';
import { EndedPage, GonePage } from './ended-page.tsx';
import { ownAction, type WrongField } from './own-actions.ts';
import { OwnPage } from './own-page.tsx';
import { ownPath } from './own-path.ts';
import { postedFields } from './posted-fields.ts';

/** Somebody with the link to a reader's own page, which may have been passed on. */
interface Visit {
  readonly context: Context;
  readonly owner: TokenOwner;
  readonly plan: SeriesPlan | undefined;
  /** Undefined when nothing is kept of the reader any more. */
  readonly reading: Reading | undefined;
  readonly now: Instant;
  readonly view: PageView;
  readonly path: string;
}

/** A reader's own page: looking changes nothing, each button posts, and leads back to it. */
export function ownPages(tools: WebTools): Hono {
  const pages = new Hono();
  pages.get('/m/:token', async (context) => {
    const visit = await visitOf(tools, context);
    return visit === undefined ? showBroken(tools, context) : show(visit);
  });
  pages.post('/m/:token/:action', async (context) => {
    const act = ownAction(context.req.param('action'));
    const visit = await visitOf(tools, context);
    if (act === undefined || visit === undefined) return showBroken(tools, context);
    const { owner, reading, now, path, view } = visit;
    if (reading === undefined) return show(visit);
    const fields = await postedFields(context);
    const outcome = await act(tools, { owner, reading, now, fields });
    if ('wrong' in outcome) return show(visit, outcome);
    // A new language is seen at once, and not covered by the one that was asked for.
    const asked = outcome.done === 'profile' ? '' : view.asked;
    return context.redirect(`${path}${asked === '' ? '?' : `${asked}&`}done=${outcome.done}`, 303);
  });
  // Where a browser ends up that reloads what a button answered, or chooses another language there.
  pages.get('/m/:token/:action', (context) => {
    const isOurs = ownAction(context.req.param('action')) !== undefined;
    if (!isOurs) return showBroken(tools, context);
    return context.redirect(
      `/m/${encodeURIComponent(context.req.param('token'))}${pageViewOf(context, tools).asked}`,
    );
  });
  return pages;
}

async function visitOf(tools: WebTools, context: Context): Promise<Visit | undefined> {
  const owner = await findOwner(tools, 'reader', context.req.param('token') ?? '');
  if (owner === undefined) return undefined;
  const [plan, reading, now] = await Promise.all([
    tools.store.plans.find(owner.series),
    findReading(tools, owner),
    tools.store.now(),
  ]);
  const view = pageViewOf(context, tools, reading?.language ?? plan?.about.language);
  return { context, owner, plan, reading, now, view, path: ownPath(tools, owner) };
}

function show({ context, plan, reading, now, view, path }: Visit, wrong?: WrongField) {
  if (reading === undefined) return showPage(context, <GonePage {...{ view, plan }} />, 410);
  const done = context.req.query('done');
  if (reading.state === 'ended')
    return showPage(context, <EndedPage {...{ view, plan, reading, path, done }} />);
  const page = <OwnPage {...{ view, reading, now, path, done, wrong }} />;
  return showPage(context, page, wrong === undefined ? 200 : 422);
}

const showBroken = (tools: WebTools, context: Context) =>
  showPage(context, <BrokenPage view={pageViewOf(context, tools)} />, 404);
