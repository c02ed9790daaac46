import { Hono } from 'hono';
import { ButtonForm } from '../../pages/button-form.tsx';
import { pageViewOf } from '../../pages/page-view.ts';
import { showPage } from '../../pages/show-page.ts';
import type { WebTools } from '../../web-tools.ts';
import { ADMIN, ADMIN_PATHS } from '../admin-paths.ts';
import { DoorFrame } from './door-frame.tsx';
import { Said } from './said.tsx';
import { startSession } from './session.ts';
import type { Context } from 'hono';

/** `/admin/enter/<token>`: the link of `partwork admin`. Looking at it uses nothing up; its button signs in, once. */
export function enterPages(tools: WebTools): Hono {
  const pages = new Hono();
  const { adminSessions } = tools.store;
  pages.get(`${ADMIN_PATHS.enter}/:token`, async (context) => {
    const token = context.req.param('token');
    if (!(await adminSessions.isInvited(token))) return answerOver(tools, context);
    const view = pageViewOf(context, tools);
    const { admin } = view.words;
    return showPage(
      context,
      <DoorFrame view={view} title={admin.enterTitle}>
        <p>
          <Said text={admin.enterLead} />
        </p>
        <ButtonForm action={`${ADMIN_PATHS.enter}/${token}${view.asked}`} label={admin.enter} />
      </DoorFrame>,
    );
  });
  pages.post(`${ADMIN_PATHS.enter}/:token`, async (context) => {
    if (!(await adminSessions.takeInvitation(context.req.param('token')))) return answerOver(tools, context);
    await startSession(context, tools);
    tools.log.info({}, 'somebody signed in to the dashboard by a link');
    return context.redirect(`${ADMIN}${pageViewOf(context, tools).asked}`, 303);
  });
  return pages;
}

function answerOver(tools: WebTools, context: Context) {
  const view = pageViewOf(context, tools);
  const { admin } = view.words;
  return showPage(
    context,
    <DoorFrame view={view} title={admin.enterOverTitle}>
      <p>
        <Said text={admin.enterOver} />
      </p>
    </DoorFrame>,
    410,
  );
}
