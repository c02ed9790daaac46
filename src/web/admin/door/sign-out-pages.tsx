import { Hono } from 'hono';
import { askedQuery } from '../../pages/choose-locale.ts';
import { showPage } from '../../pages/show-page.ts';
import type { WebTools } from '../../web-tools.ts';
import { ADMIN_PATHS } from '../admin-paths.ts';
import { adminViewOf } from '../admin-view.ts';
import { AdminFrame } from '../frame.tsx';
import { CsrfField } from './csrf-field.tsx';
import { Said } from './said.tsx';
import { endAllSessions, endSession } from './session.ts';

/** The ways out: of this browser, and of all. */
export function signOutPages(tools: WebTools): Hono {
  const pages = new Hono();
  pages.post(ADMIN_PATHS.signOut, async (context) => {
    await endSession(context, tools);
    return context.redirect(`${ADMIN_PATHS.signIn}${askedQuery(context)}`, 303);
  });
  pages.get(ADMIN_PATHS.signOutEverywhere, (context) => {
    const view = adminViewOf(context, tools);
    const { admin } = view.words;
    return showPage(
      context,
      <AdminFrame view={view} title={admin.signOutEverywhere}>
        <p class="text">
          <Said text={admin.signOutEverywhereLead} />
        </p>
        <form method="post" action={`${ADMIN_PATHS.signOutEverywhere}${view.asked}`}>
          <CsrfField session={view.session} />
          <button type="submit" class="button button-grave">
            {admin.signOutEverywhere}
          </button>
        </form>
      </AdminFrame>,
    );
  });
  pages.post(ADMIN_PATHS.signOutEverywhere, async (context) => {
    await endAllSessions(context, tools);
    tools.log.info({}, 'everybody was signed out of the dashboard');
    return context.redirect(`${ADMIN_PATHS.signIn}${askedQuery(context)}`, 303);
  });
  return pages;
}
