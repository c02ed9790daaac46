import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { DAY_MS, SECOND_MS, type Instant } from '../../../domain/instant.ts';
import type { WebTools } from '../../web-tools.ts';
import { ADMIN } from '../admin-paths.ts';

/** Somebody who is signed in to the dashboard. */
export interface AdminSession {
  readonly startedAt: Instant;
  /** Stands in every form of this session and of no other: `CsrfField`. */
  readonly csrf: string;
}

declare module 'hono' {
  interface ContextVariableMap {
    /** See `sessionOf`. */
    adminSession: AdminSession;
  }
}

const COOKIE = 'partwork_admin';
/** The ledger ends a session that nobody uses much earlier. */
const COOKIE_MS = 7 * DAY_MS;

/** The session a request has been let in with. Throws outside of the guard, where there is none. */
export function sessionOf(context: Context): AdminSession {
  const session = context.get('adminSession');
  if (session === undefined) throw new Error('There is no session here: this page is not behind the guard.');
  return session;
}

/** The session a request's cookie names, if it is one. */
export async function findSession(context: Context, tools: WebTools): Promise<AdminSession | undefined> {
  const id = getCookie(context, COOKIE);
  if (id === undefined) return undefined;
  const startedAt = await tools.store.adminSessions.find(id, tools.admin.mark);
  return startedAt === undefined ? undefined : { startedAt, csrf: csrfOf(id) };
}

/** Signs in: always a new session, whatever cookie came with the request, and the end of the one it named. */
export async function startSession(context: Context, { store, admin, baseUrl }: WebTools): Promise<void> {
  const before = getCookie(context, COOKIE);
  if (before !== undefined) await store.adminSessions.end(before);
  setCookie(context, COOKIE, await store.adminSessions.start(admin.mark), {
    ...attributesFor(baseUrl),
    maxAge: COOKIE_MS / SECOND_MS,
  });
}

export async function endSession(context: Context, { store, baseUrl }: WebTools): Promise<void> {
  const id = getCookie(context, COOKIE);
  if (id !== undefined) await store.adminSessions.end(id);
  deleteCookie(context, COOKIE, attributesFor(baseUrl));
}

export async function endAllSessions(context: Context, { store, baseUrl }: WebTools): Promise<void> {
  await store.adminSessions.endAll();
  deleteCookie(context, COOKIE, attributesFor(baseUrl));
}

/** Whether a form's token is that of the session. */
export function isTokenOf({ csrf }: AdminSession, given: string): boolean {
  const [ours, theirs] = [Buffer.from(csrf), Buffer.from(given)];
  return ours.length === theirs.length && timingSafeEqual(ours, theirs);
}

/** From the id, which nobody else has: nothing more to keep, and it does not lead back to the id. */
const csrfOf = (id: string): string => createHmac('sha256', id).update('csrf').digest('base64url');

const attributesFor = (baseUrl: string) =>
  ({ httpOnly: true, sameSite: 'Strict', path: ADMIN, secure: baseUrl.startsWith('https://') }) as const;
