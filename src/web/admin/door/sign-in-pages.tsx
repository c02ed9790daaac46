import { Hono, type Context } from 'hono';
import { SECOND_MS } from '../../../domain/instant.ts';
import { clientNetwork } from '../../guard/client-network.ts';
import { pageViewOf } from '../../pages/page-view.ts';
import { showPage } from '../../pages/show-page.ts';
import { postedFields } from '../../reader/posted-fields.ts';
import type { WebTools } from '../../web-tools.ts';
import { ADMIN_PATHS, wantedPath } from '../admin-paths.ts';
import { findSession, startSession } from './session.ts';
import { SignInPage, SIGN_IN_FIELDS, type SignInTrouble } from './sign-in-page.tsx';

/** `/admin/sign-in`: the secret, typed. Without one in the settings the page says how else to get in. */
export function signInPages(tools: WebTools): Hono {
  const pages = new Hono();
  pages.get(ADMIN_PATHS.signIn, async (context) => {
    const to = wantedPath(context.req.query(SIGN_IN_FIELDS.to) ?? '');
    if ((await findSession(context, tools)) !== undefined) return context.redirect(to, 303);
    return showSignIn(tools, context, to);
  });
  pages.post(ADMIN_PATHS.signIn, async (context) => {
    const { text } = await postedFields(context);
    const to = wantedPath(text(SIGN_IN_FIELDS.to));
    if (!tools.admin.hasSecret) return showSignIn(tools, context, to);
    const verdict = await tools.store.adminAttempts.judge(
      { network: clientNetwork(context), isRight: tools.admin.isSecret(text(SIGN_IN_FIELDS.secret)) },
      tools.salt,
    );
    if (verdict.kind !== 'right') return refuse(tools, context, to, verdict);
    await startSession(context, tools);
    tools.log.info({}, 'somebody signed in to the dashboard');
    return context.redirect(to, 303);
  });
  return pages;
}

function refuse(tools: WebTools, context: Context, to: string, trouble: SignInTrouble) {
  tools.log.warn({ verdict: trouble.kind }, 'a sign-in to the dashboard was refused');
  if (trouble.kind === 'later') context.header('Retry-After', String(Math.ceil(trouble.waitMs / SECOND_MS)));
  return showSignIn(tools, context, to, trouble);
}

function showSignIn(tools: WebTools, context: Context, to: string, trouble?: SignInTrouble) {
  const view = pageViewOf(context, tools);
  const { hasSecret } = tools.admin;
  return showPage(
    context,
    <SignInPage {...{ view, to, hasSecret }} {...(trouble && { trouble })} />,
    statusOf(trouble),
  );
}

const statusOf = (trouble: SignInTrouble | undefined) => {
  if (trouble === undefined) return 200;
  return trouble.kind === 'later' ? 429 : 403;
};
