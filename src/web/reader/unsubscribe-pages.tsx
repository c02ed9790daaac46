import { Hono, type Context } from 'hono';
import { findOwner } from '../../actions/reading/find-owner.ts';
import { findReading } from '../../actions/reading/find-reading.ts';
import { unsubscribe } from '../../actions/reading/unsubscribe.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import type { Reading } from '../../domain/reading.ts';
import type { TokenOwner } from '../../domain/token.ts';
import { pageViewOf, type PageView } from '../pages/page-view.ts';
import { showPage } from '../pages/show-page.ts';
import type { WebTools } from '../web-tools.ts';
import { BrokenPage } from './broken-page.tsx';
import { LeavePage } from './leave-page.tsx';
import { LeftPage } from './left-page.tsx';
import { ownPath } from './own-path.ts';

/** Whoever holds a link to unsubscribe. */
interface Leaver {
  readonly owner: TokenOwner;
  /** Undefined for a series that was never scheduled here. */
  readonly plan: SeriesPlan | undefined;
  /** Undefined when nothing is known of them (any more). */
  readonly reading: Reading | undefined;
  readonly view: PageView;
}

/**
 * The `List-Unsubscribe` address. A person looks and presses a button; a mail client posts at once (RFC 8058), with no cookie, in either
 * encoding: what it posts is not looked at, there is no redirect, and it works for ever and any number of times.
 */
export function unsubscribePages(tools: WebTools): Hono {
  const pages = new Hono();
  pages.get('/u/:token', async (context) => {
    const leaver = await leaverOf(tools, context);
    if (leaver === undefined) return showBroken(tools, context);
    const { view, owner, reading } = leaver;
    if (reading?.state !== 'active') return showLeft(tools, context, leaver);
    const action = `/u/${context.req.param('token')}${view.asked}`;
    return showPage(context, <LeavePage {...{ view, reading, action }} path={ownPath(tools, owner)} />);
  });
  pages.post('/u/:token', async (context) => {
    const leaver = await leaverOf(tools, context);
    if (leaver === undefined) return showBroken(tools, context);
    await unsubscribe(tools, leaver.owner);
    return showLeft(tools, context, leaver);
  });
  return pages;
}

async function leaverOf(tools: WebTools, context: Context): Promise<Leaver | undefined> {
  const owner = await findOwner(tools, 'unsubscribe', context.req.param('token') ?? '');
  if (owner === undefined) return undefined;
  const [plan, reading] = await Promise.all([
    tools.store.plans.find(owner.series),
    findReading(tools, owner),
  ]);
  const view = pageViewOf(context, tools, reading?.language ?? plan?.about.language);
  return { owner, plan, reading, view };
}

const showLeft = (tools: WebTools, context: Context, { owner, plan, view }: Leaver) =>
  showPage(context, <LeftPage {...{ view, owner, plan }} path={ownPath(tools, owner)} />);

const showBroken = (tools: WebTools, context: Context) =>
  showPage(context, <BrokenPage view={pageViewOf(context, tools)} />, 404);
