import { formsIn } from './page-forms.ts';

/** For `PARTWORK_ADMIN_SECRET`. */
export const ADMIN_SECRET = 'sixteen and more letters of the operator';

/** A browser that is signed in to the dashboard: its cookie, and what browsers say of their requests. */
export interface AdminVisitor {
  /** `partwork_admin=…`. */
  readonly cookie: string;
  /** What stands in every form of this session. */
  readonly csrf: string;
  /** Follows no redirect. */
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Response>;
  /** Posts a form with the session's token, as a page of the dashboard does. */
  readonly post: (
    path: string,
    fields?: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>;
}

/** What Chromium sends with a form of our own page. */
export const FROM_HERE = { 'Sec-Fetch-Site': 'same-origin', Accept: 'text/html' } as const;

export const postSecret = (
  url: string,
  secret = ADMIN_SECRET,
  headers: Readonly<Record<string, string>> = FROM_HERE,
): Promise<Response> =>
  fetch(`${url}/admin/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ secret }),
    headers,
    redirect: 'manual',
  });

/** Signs in with the secret. `url` is without a trailing slash. */
export async function signIn(url: string, secret = ADMIN_SECRET): Promise<AdminVisitor> {
  const answer = await postSecret(url, secret);
  const cookie = cookieOf(answer);
  if (cookie === undefined) throw new Error(`Nobody is signed in: ${answer.status} ${await answer.text()}`);
  return visitorWith(url, cookie);
}

/** `partwork_admin=…` as the next request would send it; undefined when an answer sets none. */
export function cookieOf(answer: Response): string | undefined {
  const [set] = answer.headers.getSetCookie();
  const pair = set?.split(';', 1)[0];
  return pair === undefined || pair.endsWith('=') ? undefined : pair;
}

export async function visitorWith(url: string, cookie: string): Promise<AdminVisitor> {
  const get: AdminVisitor['get'] = (path, headers = {}) =>
    fetch(`${url}${path}`, {
      headers: { Cookie: cookie, Accept: 'text/html', ...headers },
      redirect: 'manual',
    });
  const html = await (await get('/admin/sign-out-everywhere')).text();
  const csrf = formsIn(html, url)[0]?.fields.find(({ name }) => name === 'csrf')?.value ?? '';
  return {
    cookie,
    csrf,
    get,
    post: (path, fields = {}, headers = {}) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        body: new URLSearchParams({ csrf, ...fields }),
        headers: { Cookie: cookie, ...FROM_HERE, ...headers },
        redirect: 'manual',
      }),
  };
}
