import type { Context } from 'hono';
import { pageViewOf, type PageView } from '../pages/page-view.ts';
import type { WebTools } from '../web-tools.ts';
import { sessionOf, type AdminSession } from './door/session.ts';

/** For whom a page of the dashboard is. Its language is what the browser asks for, or `?lang=`; it depends on no series. */
export interface AdminView extends PageView {
  readonly session: AdminSession;
}

/** Throws where the guard has let nobody in. */
export const adminViewOf = (context: Context, tools: WebTools): AdminView => ({
  ...pageViewOf(context, tools),
  session: sessionOf(context),
});
