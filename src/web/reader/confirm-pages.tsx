import { Hono, type Context } from 'hono';
import { confirmSubscription, findSignup } from '../../actions/confirm-subscription.ts';
import { findReading } from '../../actions/reading/find-reading.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import type { SeriesId } from '../../domain/series.ts';
import { keysFor, parseConfirmToken, type TokenOwner } from '../../domain/token.ts';
import { showPage } from '../pages/show-page.ts';
import type { WebTools } from '../web-tools.ts';
import { BrokenPage } from './broken-page.tsx';
import { ConfirmPage, ExpiredPage, SuppressedPage } from './confirm-page.tsx';
import { JoinedPage } from './joined-page.tsx';
import { ownPath } from './own-path.ts';
import { pageViewOf, type PageView } from '../pages/page-view.ts';

interface Asked {
  readonly context: Context;
  readonly plan: SeriesPlan;
  readonly view: PageView;
  readonly token: string;
}

/** Where the button in a confirmation leads: looking changes nothing, pressing the button on the page subscribes. */
export function confirmPages(tools: WebTools): Hono {
  const pages = new Hono();
  pages.get('/c/:series/:token', async (context) => {
    const asked = await askedFor(tools, context);
    if (asked === undefined) return showBroken(tools, context);
    const state = await findSignup(tools, asked.plan.series, asked.token);
    const { plan, view, token } = asked;
    if (state === 'open') return showPage(context, <ConfirmPage {...{ plan, view, token }} />);
    if (state === 'expired') return showPage(context, <ExpiredPage {...{ plan, view }} />, 410);
    const owner = state === 'confirmed' ? ownerOf(tools, asked) : undefined;
    return owner === undefined ? showBroken(tools, context) : showJoined(tools, asked, owner, false);
  });
  pages.post('/c/:series/:token', async (context) => {
    const asked = await askedFor(tools, context);
    if (asked === undefined) return showBroken(tools, context);
    const { plan, view, token } = asked;
    const answer = await confirmSubscription(tools, plan.series, token);
    if ('owner' in answer) return showJoined(tools, asked, answer.owner, answer.kind === 'confirmed');
    if (answer.kind === 'expired') return showPage(context, <ExpiredPage {...{ plan, view }} />, 410);
    if (answer.kind === 'suppressed') return showPage(context, <SuppressedPage {...{ plan, view }} />);
    return showBroken(tools, context);
  });
  return pages;
}

async function askedFor(tools: WebTools, context: Context): Promise<Asked | undefined> {
  const plan = await tools.store.plans.find(context.req.param('series') as SeriesId);
  if (plan === undefined) return undefined;
  return {
    context,
    plan,
    view: pageViewOf(context, tools, plan.about.language),
    token: context.req.param('token') ?? '',
  };
}

const showBroken = (tools: WebTools, context: Context) =>
  showPage(context, <BrokenPage view={pageViewOf(context, tools)} />, 404);

function ownerOf({ secrets }: WebTools, { plan: { series }, token }: Asked): TokenOwner | undefined {
  const parsed = parseConfirmToken(keysFor(secrets, 'confirm'), series, token);
  return parsed && { series, subscriber: parsed.subscriber };
}

async function showJoined(
  tools: WebTools,
  { context, plan, view }: Asked,
  owner: TokenOwner,
  isNew: boolean,
) {
  const [reading, now] = await Promise.all([findReading(tools, owner), tools.store.now()]);
  const path = ownPath(tools, owner);
  return showPage(context, <JoinedPage {...{ plan, view, path, isNew, now, reading }} />);
}
