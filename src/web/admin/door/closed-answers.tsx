import type { Context } from 'hono';
import { askedQuery } from '../../pages/choose-locale.ts';
import { pageViewOf } from '../../pages/page-view.ts';
import { showPage } from '../../pages/show-page.ts';
import type { WebTools } from '../../web-tools.ts';
import { ADMIN, ADMIN_PATHS, wantedPath } from '../admin-paths.ts';
import { DoorFrame } from './door-frame.tsx';

/** What somebody is told who is not signed in: a page is asked to sign in first, a program that it must. */
export function answerClosed(tools: WebTools, context: Context): Response | Promise<Response> {
  if (!isPageAsked(context)) {
    return context.json({ error: 'closed', message: `Sign in at ${ADMIN_PATHS.signIn} first.` }, 401);
  }
  const signIn = signInPathFor(context);
  // Our cookie does not come along when another site's link is followed, a webmail's for example. From a page of ours it does.
  if (context.req.header('Sec-Fetch-Site') !== 'cross-site') return context.redirect(signIn, 303);
  const view = pageViewOf(context, tools);
  const { admin } = view.words;
  return showPage(
    context,
    <DoorFrame
      view={view}
      title={admin.onwardTitle}
      head={<meta http-equiv="refresh" content={`0; url=${signIn}`} />}
    >
      <p>
        <a class="button" href={signIn}>
          {admin.onward}
        </a>
      </p>
    </DoorFrame>,
  );
}

/** 403 for what did not come from a page of ours, or from one of another session. */
export function answerRefused(tools: WebTools, context: Context): Response | Promise<Response> {
  const view = pageViewOf(context, tools);
  const { admin } = view.words;
  if (!isPageAsked(context)) return context.json({ error: 'refused', message: admin.refused }, 403);
  return showPage(
    context,
    <DoorFrame view={view} title={admin.refusedTitle} lead={admin.refused}>
      <p>
        <a class="button button-plain" href={`${ADMIN}${view.asked}`}>
          {admin.backToOverview}
        </a>
      </p>
    </DoorFrame>,
    403,
  );
}

const isPageAsked = ({ req }: Context): boolean =>
  ['GET', 'HEAD', 'POST'].includes(req.method) && (req.header('Accept') ?? '').includes('text/html');

function signInPathFor(context: Context): string {
  const { method, path, url } = context.req;
  const wanted = method === 'POST' ? ADMIN : wantedPath(`${path}${new URL(url).search}`);
  const asked = askedQuery(context);
  if (wanted === ADMIN || wanted === `${ADMIN}${asked}`) return `${ADMIN_PATHS.signIn}${asked}`;
  return `${ADMIN_PATHS.signIn}${asked === '' ? '?' : `${asked}&`}to=${encodeURIComponent(wanted)}`;
}
