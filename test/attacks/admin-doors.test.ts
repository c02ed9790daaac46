import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { adminKeyOf } from '../../src/domain/admin-key.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/domain/instant.ts';
import { createWeb, startWeb } from '../../src/web/server.ts';
import type { WebTools } from '../../src/web/web-tools.ts';
import { ADMIN_SECRET, FROM_HERE, postSecret, signIn, visitorWith } from '../support/admin-visitor.ts';
import { askRaw, openDoor, type Door } from '../support/door.ts';
import { dumpRedis } from '../support/redis-dump.ts';

let door: Door;
beforeAll(async () => (door = await openDoor({ PARTWORK_ADMIN_SECRET: ADMIN_SECRET })));
afterAll(() => door.close());
beforeEach(() => void (door.t.clock.offsetMs = 0));

/** Everything there is to be had behind the guard. */
const INSIDE = [
  '/admin',
  '/admin/sign-out-everywhere',
  '/admin/queues',
  '/admin/queues/api/queues',
  '/admin/queues/api/redis/stats',
  '/admin/queues/static/favicon.ico',
  '/admin/queues/queue/letters',
  '/admin/nowhere',
];
const ask = (path: string, headers: Record<string, string> = {}, url = door.url) =>
  fetch(`${url}${path}`, { headers, redirect: 'manual' });

/** What of the inside these headers open. */
async function opened(headers: Record<string, string>, url = door.url): Promise<string[]> {
  const open: string[] = [];
  for (const path of INSIDE) {
    for (const accept of ['text/html', 'application/json']) {
      const answer = await ask(path, { Accept: accept, ...headers }, url);
      if (![303, 401].includes(answer.status)) open.push(`${answer.status} ${path}`);
    }
  }
  return open;
}

const random = () => randomBytes(32).toString('base64url');
const swapLast = (text: string) => text.slice(0, -1) + (text.endsWith('A') ? 'B' : 'A');

describe('nobody is let in', () => {
  test.each<[string, (id: string) => Record<string, string>]>([
    ['without a cookie', () => ({})],
    ['with an empty one', () => ({ Cookie: 'partwork_admin=' })],
    ['with a made-up one', () => ({ Cookie: `partwork_admin=${random()}` })],
    ['with words', () => ({ Cookie: 'partwork_admin=true; admin=1; role=admin' })],
    ['with a name of Redis', () => ({ Cookie: 'partwork_admin=../../pw:meta' })],
    ['with 7 kB', () => ({ Cookie: `partwork_admin=${'A'.repeat(7_000)}` })],
    ['with one that differs in its last letter', (id) => ({ Cookie: `partwork_admin=${swapLast(id)}` })],
    ['with one in other letters', (id) => ({ Cookie: `partwork_admin=${id.toLowerCase()}` })],
    ['with one that is cut', (id) => ({ Cookie: `partwork_admin=${id.slice(0, 42)}` })],
    ['with one that is longer', (id) => ({ Cookie: `partwork_admin=${id}A` })],
    ['with its digest, as the ledger has it', (id) => ({ Cookie: `partwork_admin=${digestOf(id)}` })],
    ['under another name', (id) => ({ Cookie: `Partwork_Admin=${id}; partwork=${id}` })],
    ['in another header', (id) => ({ Authorization: `Bearer ${id}`, 'X-Partwork-Admin': id })],
    ['by the secret in a header', () => ({ Authorization: `Bearer ${ADMIN_SECRET}` })],
    [
      'by saying where one comes from',
      () => ({
        'X-Forwarded-For': '127.0.0.1',
        'X-Real-IP': '127.0.0.1',
        Host: 'localhost',
        'X-Original-URL': '/admin/sign-in',
        'X-Rewrite-URL': '/admin/style.css',
      }),
    ],
  ])('%s', async (_, headersWith) => {
    const { cookie } = await signIn(door.url);
    expect(await opened(headersWith(cookie.slice('partwork_admin='.length)))).toEqual([]);
  });
});

const digestOf = (id: string): string => createHash('sha256').update(id).digest('base64url');

describe('a session', () => {
  test('opens everything, and says so differently from what is not there', async () => {
    const { cookie } = await signIn(door.url);
    expect(await opened({ Cookie: cookie })).toHaveLength(2 * INSIDE.length);
    expect((await ask('/admin', { Cookie: cookie })).status).toBe(200);
    expect((await ask('/admin/nowhere', { Cookie: cookie })).status).toBe(404);
  });

  test.each<[string, (admin: Awaited<ReturnType<typeof signIn>>) => Promise<unknown>]>([
    ['signing out', (admin) => admin.post('/admin/sign-out')],
    ['signing out everywhere', (admin) => admin.post('/admin/sign-out-everywhere')],
    [
      'signing out everywhere elsewhere',
      async () => (await signIn(door.url)).post('/admin/sign-out-everywhere'),
    ],
    ['twelve hours without it', async () => (door.t.clock.offsetMs += 12 * HOUR_MS + MINUTE_MS)],
  ])('is ended by %s', async (_, end) => {
    const admin = await signIn(door.url);
    await end(admin);
    expect(await opened({ Cookie: admin.cookie })).toEqual([]);
    door.t.clock.offsetMs = 0;
    expect(await opened({ Cookie: admin.cookie })).toEqual([]);
  });

  test('is ended by seven days, however much it was used, and not earlier', async () => {
    const { cookie } = await signIn(door.url);
    const isIn = async () => (await ask('/admin', { Cookie: cookie })).status === 200;
    for (let hours = 0; hours < 7 * 24 - 8; hours += 8) {
      door.t.clock.offsetMs += 8 * HOUR_MS;
      expect([hours, await isIn()]).toEqual([hours, true]);
    }
    door.t.clock.offsetMs += 8 * HOUR_MS + MINUTE_MS;
    expect(await isIn()).toBe(false);
  });

  test.each<[string, (tools: WebTools) => WebTools['admin']]>([
    ['another admin secret', ({ secrets }) => adminKeyOf(`${ADMIN_SECRET}!`, secrets)],
    ['no admin secret', ({ secrets }) => adminKeyOf(undefined, secrets)],
    [
      'another secret of the installation',
      () => adminKeyOf(ADMIN_SECRET, ['sixteen other letters and more']),
    ],
  ])('is ended by %s', async (_, keyOf) => {
    const { cookie } = await signIn(door.url);
    const server = await startWeb(createWeb({ ...door.tools, admin: keyOf(door.tools) }), 0);
    try {
      expect(await opened({ Cookie: cookie }, `http://localhost:${server.port}`)).toEqual([]);
    } finally {
      await server.close();
    }
    expect(await opened({ Cookie: cookie })).toEqual([]);
  });

  test('is another one after signing in, whatever cookie the browser came with', async () => {
    const planted = `partwork_admin=${random()}`;
    const first = await postSecret(door.url, ADMIN_SECRET, { ...FROM_HERE, Cookie: planted });
    const own = first.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect(own).not.toBe(planted);
    expect(await opened({ Cookie: planted })).toEqual([]);
    await postSecret(door.url, ADMIN_SECRET, { ...FROM_HERE, Cookie: own });
    expect(await opened({ Cookie: own })).toEqual([]);
  });

  test('is kept from scripts, from other sites, from other paths and from plain http', async () => {
    const [cookie = ''] = (await postSecret(door.url)).headers.getSetCookie();
    expect(cookie.split('; ').slice(1).toSorted()).toEqual([
      'HttpOnly',
      'Max-Age=604800',
      'Path=/admin',
      'SameSite=Strict',
      'Secure',
    ]);
    const plain = await startWeb(createWeb({ ...door.tools, baseUrl: 'http://localhost:3000' }), 0);
    const [unsecured] = (await postSecret(`http://localhost:${plain.port}`)).headers.getSetCookie();
    expect(unsecured).not.toContain('Secure');
    await plain.close();
  });

  test('leaves nothing in the ledger or the log that would sign anybody in', async () => {
    door.log.length = 0;
    const admin = await signIn(door.url);
    await postSecret(door.url, 'a secret that is wrong');
    const token = await door.tools.store.adminSessions.invite();
    await visitorWith(door.url, admin.cookie);
    await ask(`/admin/enter/${token}`);
    const kept = JSON.stringify([...(await dumpRedis(door.t.redis.redis()))]) + door.log.join();
    expect(kept).toContain('pw:{admin}:session:');
    expect(kept).toContain('/admin/enter/:token');
    for (const secret of [
      admin.cookie.slice('partwork_admin='.length),
      admin.csrf,
      token,
      ADMIN_SECRET,
      'that is wrong',
    ]) {
      expect(kept).not.toContain(secret);
    }
    expect(kept).not.toMatch(/127\.0\.0\.|::1/);
  });
});

/** Other ways to write a path, some of which servers and proxies tidy up. */
const variantsOf = (path: string): string[] => [
  `/${path}`,
  `//${path}`,
  `/.${path}`,
  `/x/..${path}`,
  `/%2e${path}`,
  `/s/%2e%2e${path}`,
  `/admin/sign-in/..${path}`,
  `/admin/sign-in/%2e%2e${path}`,
  `/admin/style.css/..;${path}`,
  `/admin/style.css${path}`,
  `/admin/style.css%00${path}`,
  `/admin/sign-in?x=${path}`,
  `/admin/sign-in#${path}`,
  `/admin/sign-in;${path}`,
  `${path}/`,
  `${path}//`,
  `${path}/.`,
  `${path}/..;/`,
  `${path};`,
  `${path};a=b`,
  `${path}.`,
  `${path}.json`,
  `${path}.css`,
  `${path}?.css`,
  `${path}%20`,
  `${path}%09`,
  `${path}%00`,
  `${path}%0a`,
  `${path}%2f`,
  `${path}%3f`,
  `${path}%23`,
  path.toUpperCase(),
  path.replace('admin', 'Admin'),
  path.replace('admin', '%61dmin'),
  path.replace('admin', '%2561dmin'),
  path.replace('admin', 'ａdmin'),
  path.replace('admin', 'admın'),
  path.replace('/', '\\'),
  path.replaceAll('/', '//'),
  path.replaceAll('/', '%2f'),
  path.replaceAll('/', '／'),
  `http://localhost${path}`,
  `http://evil.example/${path}`,
];
const SIGNS_OF_INSIDE = /garden|"queues"|__UI_CONFIG__|redis_version|name="csrf"/;

test.each(['/admin', '/admin/queues', '/admin/queues/api/queues', '/admin/sign-out-everywhere'])(
  'no spelling of %s shows anything to strangers',
  async (path) => {
    for (const variant of variantsOf(path)) {
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS', 'TRACE', 'PROPFIND']) {
        const { status, body } = await askRaw(door.server.port, { method, path: encodeLoosely(variant) });
        const isSignIn =
          /^(?:http:\/\/localhost)?\/admin\/sign-in[?#]/.test(variant) && ['GET', 'HEAD'].includes(method);
        expect([method, variant, status >= 300 || isSignIn, SIGNS_OF_INSIDE.test(body)]).toEqual([
          method,
          variant,
          true,
          false,
        ]);
      }
    }
  },
);

/** Node's client refuses what is not Latin-1. */
const encodeLoosely = (path: string): string =>
  path.replace(/[^\u0000-\u007f]/g, (character) => encodeURIComponent(character));

test.each([
  ['/admin/series/garden?page=2', '/admin/series/garden?page=2'],
  ['/admin', '/admin'],
  ['', '/admin'],
  ['https://evil.example', '/admin'],
  ['//evil.example', '/admin'],
  ['/\\evil.example', '/admin'],
  ['/admin//evil.example', '/admin'],
  ['/admin\\evil.example', '/admin'],
  ['/admin@evil.example', '/admin'],
  ['/admin.evil.example', '/admin'],
  ['/adminevil', '/admin'],
  ['/s/garden', '/admin'],
  ['/admin\r\nSet-Cookie: a=b', '/admin'],
  ['javascript:alert(1)', '/admin'],
  ['/admin/" onfocus="alert(1)', '/admin'],
  ['/admin/<script>', '/admin'],
])('signing in on the way to %j leads to %s', async (to, where) => {
  const answer = await fetch(`${door.url}/admin/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ secret: ADMIN_SECRET, to }),
    headers: FROM_HERE,
    redirect: 'manual',
  });
  expect([answer.status, answer.headers.get('Location')]).toEqual([303, where]);
  const page = await ask(`/admin/sign-in?to=${encodeURIComponent(to)}`);
  expect(await page.text()).toContain(`name="to" value="${where}"`);
});

test('a link from another site leads through a page of ours, on which the cookie comes along', async () => {
  const answer = await ask('/admin/series/garden', { Accept: 'text/html', 'Sec-Fetch-Site': 'cross-site' });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain(
    '<meta http-equiv="refresh" content="0; url=/admin/sign-in?to=%2Fadmin%2Fseries%2Fgarden"',
  );
  const { get } = await signIn(door.url);
  const onward = await get('/admin/sign-in?to=%2Fadmin%2Fseries%2Fgarden', {
    'Sec-Fetch-Site': 'same-origin',
  });
  expect([onward.status, onward.headers.get('Location')]).toEqual([303, '/admin/series/garden']);
});

test.each(['/admin', '/admin/sign-in', '/admin/nowhere', '/ADMIN', '/admin/enter/nothing'])(
  '%s says what browsers may do with it',
  async (path) => {
    const { headers } = await ask(path, { Accept: 'text/html' });
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'strict-transport-security': 'max-age=31536000',
    });
  },
);
