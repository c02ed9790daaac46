import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminKeyOf } from '../../../src/domain/admin-key.ts';
import { createWeb, startWeb, type WebServer } from '../../../src/web/server.ts';
import { ADMIN_SECRET, signIn } from '../../support/admin-visitor.ts';
import { askRaw, openDoor, type Door } from '../../support/door.ts';
import { patiently } from '../../support/patiently.ts';

let open: Door;
/** The same pages where nobody has set a secret. */
let closed: WebServer;
beforeAll(async () => {
  open = await openDoor({ PARTWORK_ADMIN_SECRET: ADMIN_SECRET });
  const { tools } = open;
  closed = await startWeb(createWeb({ ...tools, admin: adminKeyOf(undefined, tools.secrets) }), 0);
}, 120_000);
afterAll(async () => {
  await closed?.close();
  await open?.close();
});

const bearer = (secret: string) => ({ Authorization: `Bearer ${secret}` });
const basic = (pair: string) => ({ Authorization: `Basic ${Buffer.from(pair).toString('base64')}` });
const RIGHT = bearer(ADMIN_SECRET);
const get = ({ port }: { readonly port: number }, headers: Record<string, string>, path = '/metrics') =>
  patiently(() => fetch(`http://localhost:${port}${path}`, { headers }));

describe('without an admin secret nobody reads the figures', () => {
  test.each([
    ['nothing', {}],
    ['an empty secret', bearer('')],
    ['an empty password', basic('prometheus:')],
    ['undefined', bearer('undefined')],
    ['somebody’s secret', RIGHT],
  ])('%s', async (_, headers) => {
    const answer = await get(closed, headers);
    expect([answer.status, await answer.text()]).toEqual([
      403,
      'The figures are closed: nobody has set PARTWORK_ADMIN_SECRET.\n',
    ]);
  });
});

describe('with one', () => {
  test.each([
    ['Bearer', RIGHT],
    ['bearer in small letters', { Authorization: `bearer ${ADMIN_SECRET}` }],
    ['Basic, whoever it says it is', basic(`prometheus:${ADMIN_SECRET}`)],
    ['Basic without a name', basic(`:${ADMIN_SECRET}`)],
  ])('%s is let in', async (_, headers) => {
    const answer = await get(open.server, headers);
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ]);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(await answer.text()).toContain('# TYPE partwork_up gauge\npartwork_up ');
  });

  // Nothing that is told here counts as a wrong try: the fifth of those would have everybody wait.
  test.each([
    ['nothing', {}],
    ['the secret alone', { Authorization: ADMIN_SECRET }],
    ['another scheme', { Authorization: `Digest ${ADMIN_SECRET}` }],
    ['Basic without a colon', basic(ADMIN_SECRET)],
    ['Basic that is no base64', { Authorization: `Basic ${ADMIN_SECRET}` }],
    ['the secret in the query', {}, `/metrics?secret=${encodeURIComponent(ADMIN_SECRET)}`],
    ['a cookie', { Cookie: `partwork_admin=${encodeURIComponent(ADMIN_SECRET)}` }],
  ])('%s is not', async (_, headers, path = '/metrics') => {
    const answer = await get(open.server, headers, path);
    expect([answer.status, answer.headers.get('WWW-Authenticate')]).toEqual([401, 'Bearer realm="partwork"']);
    const text = await answer.text();
    expect(text).not.toContain('partwork_');
    expect(text).not.toContain(ADMIN_SECRET);
  });

  test('who is signed in to the dashboard is not either: its cookie is for /admin', async () => {
    const { cookie } = await signIn(open.url);
    expect((await get(open.server, { Cookie: cookie })).status).toBe(401);
  });

  test.each(['wrong', `${ADMIN_SECRET}x`, ADMIN_SECRET.slice(1)])('%s is not', async (secret) => {
    expect((await get(open.server, bearer(secret))).status).toBe(401);
    await expect.poll(async () => (await get(open.server, RIGHT)).status, { timeout: 20_000 }).toBe(200);
  });

  test.each([
    '/metrics/',
    '//metrics',
    '/METRICS',
    '/Metrics',
    '/metrics%2f',
    '/%6detrics/',
    '/metrics;x',
    '/metrics.txt',
    '/./metrics',
    '/admin/../metrics',
    '/api/metrics',
  ])('%s leads nowhere, also with the secret', async (path) => {
    const answer = await patiently(() => askRaw(open.server.port, { path, headers: RIGHT }));
    expect([400, 404]).toContain(answer.status);
    expect(answer.body).not.toContain('partwork_up');
  });

  test.each([
    ['POST', 405],
    ['PUT', 405],
    ['DELETE', 405],
    ['HEAD', 200],
  ])('%s is answered with %i', async (method, status) => {
    const ask = async () => {
      const answer = await fetch(`${open.url}/metrics`, { method, headers: RIGHT });
      return [answer.status, await answer.text()];
    };
    await expect.poll(ask, { timeout: 20_000 }).toEqual([status, status === 200 ? '' : 'Only GET.\n']);
  });

  test('a log says nothing of the secret', () => {
    expect(open.log.join()).toContain('/metrics');
    expect(open.log.join()).not.toContain(ADMIN_SECRET);
  });

  test('a program that goes on with an old secret keeps nobody else from signing in', async () => {
    for (let scrapes = 0; scrapes < 20; scrapes++)
      expect((await get(open.server, bearer('the secret of last year'))).status).toBe(401);
    expect((await get(open.server, RIGHT)).status).toBe(200);
    await signIn(open.url);
  });

  test('after many wrong tries everybody waits, and what is answered then does not tell a right one', async () => {
    const rightAfterWrong = async () => {
      await get(open.server, bearer('guess'));
      return (await get(open.server, RIGHT)).status;
    };
    const answers = [];
    for (let tries = 0; tries < 6; tries++)
      answers.push((await get(open.server, bearer(`guess ${tries}`))).status);
    expect(answers).toEqual(answers.map(() => 401));
    await expect.poll(rightAfterWrong, { timeout: 20_000 }).toBe(401);
    const [right, wrong] = [await get(open.server, RIGHT), await get(open.server, bearer('guess'))];
    expect([right.status, wrong.status]).toEqual([401, 401]);
    expect(await right.text()).toBe(await wrong.text());
  });
});
