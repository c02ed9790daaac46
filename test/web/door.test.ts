import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWeb, startWeb } from '../../src/web/server.ts';
import { askRaw, BASE_URL, BLOG, openDoor, type Door } from '../support/door.ts';

let door: Door;
beforeAll(async () => (door = await openDoor({ SITE_URL: 'https://www.example.org/blog/' })));
afterAll(() => door.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${door.url}${path}`, { headers });

const post = (path: string, body: string, type = 'application/x-www-form-urlencoded') =>
  fetch(`${door.url}${path}`, {
    method: 'POST',
    body,
    // A connection of its own: this one is cut when the rest of the body does not come to an end.
    headers: { 'Content-Type': type, 'Accept-Language': 'zh-TW', Connection: 'close' },
  });
const status = async (path: string, method = 'GET') =>
  (await askRaw(door.server.port, { path, method })).status;

const postChunked = async (path: string, bytes: number) => {
  const headers = { 'Transfer-Encoding': 'chunked', 'Content-Type': 'application/x-www-form-urlencoded' };
  return (await askRaw(door.server.port, { method: 'POST', path, headers }, 'x'.repeat(bytes))).status;
};

describe('headers', () => {
  test.each([
    '/',
    '/s/garden',
    '/nowhere',
    '/u/forged',
    '/style.css',
    '/healthz',
    '/readyz',
    '/metrics',
    '/api/form/garden',
  ])('%s says what browsers may do with it', async (path) => {
    const { headers } = await get(path);
    expect(headers.get('Content-Security-Policy')).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self' data: https://www.example.org; " +
        `form-action 'self' ${BLOG}; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect(Object.fromEntries(headers)).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'strict-transport-security': 'max-age=31536000',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
      'permissions-policy': expect.stringContaining('camera=()'),
      'cache-control': expect.any(String),
    });
    for (const name of ['x-powered-by', 'server', 'set-cookie']) expect(headers.get(name)).toBeNull();
  });

  test('scripts are let in only where a form has a proof of work to find, and HSTS only over https', async () => {
    const web = createWeb({ ...door.tools, proofBits: 12, baseUrl: 'http://localhost:3000' });
    const policies = await Promise.all(
      ['/', '/s/garden', '/m/forged'].map(async (path) => (await web.request(path)).headers),
    );
    expect(
      policies.map((headers) => /script-src[^;]*/.exec(headers.get('Content-Security-Policy') ?? '')?.[0]),
    ).toEqual([undefined, "script-src 'self'", undefined]);
    expect(policies[0]?.has('Strict-Transport-Security')).toBe(false);
    expect(await (await web.request('/s/garden')).text()).toContain('<script src="/proof.js" defer');
    expect(await (await get('/s/garden')).text()).not.toContain('<script');
  });
});

describe('what is too much', () => {
  test.each([
    ['/s/garden/subscribe', 16 * 1024, false],
    ['/s/garden/subscribe', 16 * 1024 + 1, true],
    ['/u/forged', 1_000_000, true],
    ['/nowhere', 20_000, true],
  ])('%s with %i bytes: too large is %s', async (path, bytes, isTooLarge) => {
    const { status } = await post(path, 'x'.repeat(bytes));
    expect(status === 413).toBe(isTooLarge);
  });

  test('a body that does not say how long it is, is counted', async () => {
    expect(await postChunked('/u/forged', 16 * 1024 + 1)).toBe(413);
    expect(await postChunked('/u/forged', 16 * 1024)).toBe(404);
  });

  test('the answer is a page in the reader’s language, or JSON where a program asks', async () => {
    const page = await post('/u/forged', 'x'.repeat(20_000));
    expect(page.headers.get('Content-Type')).toContain('text/html');
    expect(await page.text()).toContain('lang="zh-Hant"');
    const json = await post('/api/subscribe/garden', 'x'.repeat(20_000), 'application/json');
    expect(await json.json()).toEqual({ error: 'too-large', message: expect.stringMatching(/[一-鿿]/) });
  });

  test('headers of more than 8 kB', async () => {
    const ask = (bytes: number) =>
      askRaw(door.server.port, { path: '/healthz', headers: { 'X-Long': 'x'.repeat(bytes) } });
    expect((await ask(7_000)).status).toBe(200);
    expect((await ask(9_000)).status).toBe(431);
    expect((await askRaw(door.server.port, { path: `/${'x'.repeat(9_000)}` })).status).toBe(431);
  });
});

describe('paths', () => {
  test.each([
    '//healthz',
    '/healthz/',
    '/readyz/',
    '//readyz',
    '/HEALTHZ',
    '/./healthz',
    '/s/../healthz',
    '/s/%2e%2e/healthz',
    '/s/.%2E/healthz',
    '/s\\..\\healthz',
    '/%2fhealthz',
    '/healthz%2f',
    '/healthz%00',
    '/healthz%',
    '/healthz%ff',
    '/S/garden',
    '/s//garden',
    '/s/garden//',
    '/s/garden%2f1-frost',
    '/s/garden/../garden',
    '/api//form/garden',
    '/api/form/garden/',
    '/API/form/garden',
    '//letters.example.com/s/garden',
    'http://evil.example//healthz',
    'http://evil.example/s/../healthz',
  ])('%s leads nowhere', async (path) => {
    expect([400, 404]).toContain(await status(path));
  });

  test.each([
    '/healthz',
    '/s/garden',
    '/s/garden?a=//b/../c',
    '/api/form/garden',
    'http://evil.example/healthz',
  ])('%s leads where it says', async (path) => {
    expect(await status(path)).toBe(200);
  });

  test.each(['healthz', '*', 'ftp://example.com/healthz', '?'])(
    'a target such as %s is none',
    async (path) => {
      expect(await status(path, 'OPTIONS')).toBeGreaterThanOrEqual(400);
    },
  );

  test.each(['TRACE', 'PUT', 'DELETE', 'PATCH', 'PROPFIND'])('%s does nothing', async (method) => {
    expect(await status('/s/garden', method)).toBe(405);
    expect(await status('/api/form/garden', method)).toBe(405);
  });
});

test.each([
  { Host: 'evil.example' },
  { Host: 'evil.example:1234' },
  { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example', Forwarded: 'host=evil.example' },
  { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'gopher', 'X-Original-URL': '/evil.example' },
])('no answer is built from %j', async (headers) => {
  for (const path of ['/', '/s/garden', '/s/garden/feed.xml', '/sitemap.xml', '/robots.txt', '/nowhere']) {
    const answer = await askRaw(door.server.port, { path, headers });
    expect(`${JSON.stringify(answer.headers)}${answer.body}`).not.toContain('evil.example');
  }
  const feed = await askRaw(door.server.port, { path: '/s/garden/feed.xml', headers });
  expect(feed.body).toContain(`${BASE_URL}/s/garden`);
});

test('a Host that is none is refused', async () => {
  for (const host of ['a b', 'x/../y', 'user@host']) {
    expect((await askRaw(door.server.port, { path: '/', headers: { Host: host } })).status).toBe(400);
  }
});

test('the log says which page, never whose: no token, no query, no address', async () => {
  door.log.length = 0;
  await get('/m/1abcdefghijklmnop0123456789012345678901?note=ash@example.com');
  await get('/nowhere/ash@example.com');
  await fetch(`${door.url}/s/garden/subscribe`, {
    method: 'POST',
    body: new URLSearchParams({ address: 'ash@example.com' }),
  });
  await expect.poll(() => door.log).toHaveLength(3);
  expect(door.log.map((line) => /"route":"[^"]*","status":\d+/.exec(line)?.[0])).toEqual([
    '"route":"/m/:token","status":404',
    '"route":"(none)","status":404',
    '"route":"/s/:series/subscribe","status":200',
  ]);
  expect(door.log.join()).not.toMatch(/1abcd|ash|note/);
});

test('a page that fails is told as our mistake, and noted without what was asked', async () => {
  const broken = {
    ...door.tools.store,
    plans: { ...door.tools.store.plans, all: () => Promise.reject(new Error('a bug')) },
  };
  const web = createWeb({ ...door.tools, store: broken });
  door.log.length = 0;
  const answer = await web.request('/?token=secret');
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain('a bug');
  expect(door.log.join()).toContain('a page failed {"reason":"a bug"');
  expect(door.log.join()).not.toContain('secret');
});

test('a proxy that is not trusted is noticed, once', async () => {
  door.log.length = 0;
  const server = await startWeb(createWeb(door.tools), 0);
  for (const client of ['203.0.113.7', '203.0.113.8']) {
    await fetch(`http://localhost:${server.port}/`, { headers: { 'X-Forwarded-For': client } });
  }
  await sleep(10);
  expect(door.log.filter((line) => line.includes('PARTWORK_TRUSTED_PROXIES'))).toHaveLength(1);
  expect(door.log.join()).not.toContain('203.0.113');
  await server.close();
});
