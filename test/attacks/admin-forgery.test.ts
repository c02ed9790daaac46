import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  ADMIN_SECRET,
  cookieOf,
  FROM_HERE,
  signIn,
  visitorWith,
  type AdminVisitor,
} from '../support/admin-visitor.ts';
import { BASE_URL, openDoor, type Door } from '../support/door.ts';

let door: Door;
let admin: AdminVisitor;
let other: AdminVisitor;
beforeAll(async () => (door = await openDoor({ PARTWORK_ADMIN_SECRET: ADMIN_SECRET })));
afterAll(() => door.close());
beforeEach(async () => {
  admin = await signIn(door.url);
  other = await signIn(door.url);
});

interface Forged {
  readonly method?: string;
  readonly body?: string;
  readonly type?: string;
  readonly cookie?: string;
  readonly headers?: Record<string, string>;
}

const FORM = 'application/x-www-form-urlencoded';

const send = (
  path: string,
  { method = 'POST', body = '', type = FORM, cookie = admin.cookie, headers = {} }: Forged,
) =>
  fetch(`${door.url}${path}`, {
    method,
    headers: { Cookie: cookie, 'Content-Type': type, Accept: 'text/html', ...headers },
    ...(!['GET', 'HEAD'].includes(method) && { body }),
    redirect: 'manual',
  });

const isSignedIn = async ({ cookie }: AdminVisitor) => (await visitorWith(door.url, cookie)).csrf !== '';

/** Whether a request of a page of that kind has signed everybody out. */
async function signedOutBy(forged: Forged, path = '/admin/sign-out-everywhere'): Promise<boolean> {
  const { status } = await send(path, forged);
  const isOut = !(await isSignedIn(admin)) || !(await isSignedIn(other));
  expect([status, status === 303]).toEqual([status, isOut]);
  return isOut;
}

const HERE = () => `http://localhost:${door.server.port}`;

describe('who sends a form, by what browsers say of it', () => {
  test.each<[string, () => Record<string, string>, boolean]>([
    ['a page of ours', () => ({ 'Sec-Fetch-Site': 'same-origin' }), true],
    ['a page of ours, with Origin', () => ({ 'Sec-Fetch-Site': 'same-origin', Origin: HERE() }), true],
    [
      'a page behind a proxy that changes Host',
      () => ({ 'Sec-Fetch-Site': 'same-origin', Origin: BASE_URL }),
      true,
    ],
    ['an older browser, at BASE_URL', () => ({ Origin: BASE_URL }), true],
    ['an older browser, here', () => ({ Origin: HERE() }), true],
    ['nobody who says so', () => ({}), false],
    ['another site', () => ({ 'Sec-Fetch-Site': 'cross-site' }), false],
    [
      'another site that names our origin',
      () => ({ 'Sec-Fetch-Site': 'cross-site', Origin: BASE_URL }),
      false,
    ],
    ['a sister domain', () => ({ 'Sec-Fetch-Site': 'same-site', Origin: 'https://blog.example.com' }), false],
    ['the address bar', () => ({ 'Sec-Fetch-Site': 'none' }), false],
    ['words', () => ({ 'Sec-Fetch-Site': 'same-origin, cross-site' }), false],
    ['other letters', () => ({ 'Sec-Fetch-Site': 'SAME-ORIGIN' }), false],
    ['an empty word', () => ({ 'Sec-Fetch-Site': '' }), false],
    ['an older browser on another site', () => ({ Origin: 'https://evil.example' }), false],
    ['an older browser in a sandbox', () => ({ Origin: 'null' }), false],
    ['the blog, which may have sign-up forms', () => ({ Origin: 'https://blog.example.com' }), false],
    ['another port', () => ({ Origin: `http://localhost:${door.server.port + 1}` }), false],
    ['a longer host', () => ({ Origin: `${BASE_URL}.evil.example` }), false],
    ['a host with ours as its user', () => ({ Origin: `${BASE_URL}@evil.example` }), false],
    ['a path', () => ({ Origin: `${BASE_URL}/admin` }), false],
    ['http instead of https', () => ({ Origin: BASE_URL.replace('https', 'http') }), false],
    ['a Referer alone', () => ({ Referer: `${BASE_URL}/admin` }), false],
    [
      'forwarded words',
      () => ({
        Origin: 'https://evil.example',
        'X-Forwarded-Host': 'evil.example',
        'X-Forwarded-Proto': 'https',
      }),
      false,
    ],
  ])('%s', async (_, headers, isTaken) => {
    const body = new URLSearchParams({ csrf: admin.csrf }).toString();
    expect(await signedOutBy({ headers: headers(), body })).toBe(isTaken);
  });

  test('neither signing in by the secret nor by a link can be done from elsewhere', async () => {
    const token = await door.tools.store.adminSessions.invite();
    for (const site of ['cross-site', 'same-site', 'none', undefined]) {
      const headers = {
        ...(site !== undefined && { 'Sec-Fetch-Site': site }),
        Origin: 'https://evil.example',
      };
      const bySecret = await send('/admin/sign-in', {
        cookie: '',
        headers,
        body: `secret=${encodeURIComponent(ADMIN_SECRET)}`,
      });
      const byLink = await send(`/admin/enter/${token}`, { cookie: '', headers });
      expect([bySecret.status, cookieOf(bySecret), byLink.status, cookieOf(byLink)]).toEqual([
        403,
        undefined,
        403,
        undefined,
      ]);
    }
    expect(await door.tools.store.adminSessions.isInvited(token)).toBe(true);
  });
});

// As long as a browser's: Node's parser looks for one without the hyphens before it, and would find a short one in a token.
const BOUNDARY = '----FormBoundary7MA4YWxkTrZu0gW';
const multipart = (csrf: string) =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n${csrf}\r\n--${BOUNDARY}--\r\n`;

describe('the token of a form', () => {
  test.each<[string, () => Forged, boolean]>([
    ['the session’s', () => ({ body: `csrf=${admin.csrf}` }), true],
    [
      'the session’s, in another encoding',
      () => ({ body: multipart(admin.csrf), type: `multipart/form-data; boundary=${BOUNDARY}` }),
      true,
    ],
    ['none', () => ({ body: '' }), false],
    ['an empty one', () => ({ body: 'csrf=' }), false],
    ['another session’s', () => ({ body: `csrf=${other.csrf}` }), false],
    ['a made-up one', () => ({ body: `csrf=${randomBytes(32).toString('base64url')}` }), false],
    ['one that is cut', () => ({ body: `csrf=${admin.csrf.slice(0, -1)}` }), false],
    ['one that is longer', () => ({ body: `csrf=${admin.csrf}A` }), false],
    ['the id of the session', () => ({ body: `csrf=${admin.cookie.split('=')[1]}` }), false],
    ['another name', () => ({ body: `CSRF=${admin.csrf}` }), false],
    ['a list', () => ({ body: `csrf[]=${admin.csrf}` }), false],
    [
      'a file',
      () => ({
        body: multipart(admin.csrf).replace('name="csrf"', 'name="csrf"; filename="a"'),
        type: `multipart/form-data; boundary=${BOUNDARY}`,
      }),
      false,
    ],
    [
      'as text, which other sites may send',
      () => ({ body: `csrf=${admin.csrf}`, type: 'text/plain' }),
      false,
    ],
    ['as JSON', () => ({ body: JSON.stringify({ csrf: admin.csrf }), type: 'application/json' }), false],
    ['in a header', () => ({ headers: { ...FROM_HERE, 'X-CSRF-Token': admin.csrf } }), false],
    ['of no form at all', () => ({ body: '\u0000\u0001', type: 'multipart/form-data' }), false],
  ])('%s', async (_, forged, isTaken) => {
    const { headers = FROM_HERE, ...rest } = forged();
    expect(await signedOutBy({ headers: { ...headers }, ...rest })).toBe(isTaken);
  });

  test('is not taken from the address', async () => {
    expect(await signedOutBy({ headers: FROM_HERE }, `/admin/sign-out-everywhere?csrf=${admin.csrf}`)).toBe(
      false,
    );
  });

  test('is asked for wherever something is posted, also where nothing is', async () => {
    for (const path of [
      '/admin',
      '/admin/sign-out',
      '/admin/sign-out-everywhere',
      '/admin/nowhere',
      '/admin/series/garden/pause',
    ]) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        expect([path, method, (await send(path, { method, headers: FROM_HERE })).status]).toEqual([
          path,
          method,
          403,
        ]);
      }
    }
  });
});

test.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH'])('%s signs nobody out', async (method) => {
  for (const path of ['/admin/sign-out', '/admin/sign-out-everywhere']) {
    await send(`${path}?csrf=${admin.csrf}&_method=POST`, {
      method,
      body: `csrf=${admin.csrf}&_method=POST`,
      headers: { ...FROM_HERE, 'X-HTTP-Method-Override': 'POST' },
    });
  }
  expect([await isSignedIn(admin), await isSignedIn(other)]).toEqual([true, true]);
});

describe('a link that signs in once', () => {
  let token: string;
  beforeEach(async () => (token = await door.tools.store.adminSessions.invite()));
  afterEach(() => void (door.t.clock.offsetMs = 0));

  const look = (method = 'GET', headers: Record<string, string> = {}) =>
    send(`/admin/enter/${token}`, { method, cookie: '', headers });
  const enter = (path = token) => send(`/admin/enter/${path}`, { cookie: '', headers: FROM_HERE });

  test('is not used up by requests that only look, and signs in after them', async () => {
    for (const method of ['GET', 'HEAD', 'GET', 'OPTIONS', 'PUT', 'DELETE']) {
      const answer = await look(method, { 'Sec-Purpose': 'prefetch', 'User-Agent': 'scanner', ...FROM_HERE });
      expect([method, cookieOf(answer)]).toEqual([method, undefined]);
    }
    expect((await look()).status).toBe(200);
    expect((await enter()).status).toBe(303);
  });

  test('signs in once, however many press its button at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => enter()));
    const cookies = answers.map(cookieOf).filter((cookie) => cookie !== undefined);
    expect(cookies).toHaveLength(1);
    expect((await visitorWith(door.url, cookies[0] ?? '')).csrf).not.toBe('');
    expect([(await enter()).status, (await look()).status]).toEqual([410, 410]);
  });

  test('is over after ten minutes', async () => {
    const redis = door.t.redis.redis();
    const [key = '', ...more] = await redis.keys('pw:{admin}:invitation:*');
    const left = await Promise.all([key, ...more].map((one) => redis.pttl(one)));
    expect(Math.max(...left)).toBeLessThanOrEqual(600_000);
    expect(Math.min(...left)).toBeGreaterThan(0);
    await redis.del(key, ...more);
    expect([(await look()).status, (await enter()).status]).toEqual([410, 410]);
  });

  test('is over when everybody is signed out', async () => {
    await admin.post('/admin/sign-out-everywhere');
    expect([(await look()).status, (await enter()).status]).toEqual([410, 410]);
  });

  test('cannot be guessed, spelt otherwise, or used for anything else', async () => {
    const changed = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
    for (const guess of [
      changed,
      token.toLowerCase(),
      `${token}A`,
      token.slice(1),
      '',
      `${token}/`,
      `${token}%20`,
    ]) {
      expect([guess, cookieOf(await enter(guess))]).toEqual([guess, undefined]);
    }
    expect((await visitorWith(door.url, `partwork_admin=${token}`)).csrf).toBe('');
    expect((await enter()).status).toBe(303);
    expect((await enter(admin.cookie.split('=')[1])).status).toBe(410);
  });
});
