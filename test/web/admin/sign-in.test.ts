import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_SECRET, cookieOf, postSecret, signIn } from '../../support/admin-visitor.ts';
import { openDoor, type Door } from '../../support/door.ts';

let door: Door;
beforeAll(async () => (door = await openDoor({ PARTWORK_ADMIN_SECRET: ADMIN_SECRET })));
afterAll(() => door.close());

const closed = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${door.url}${path}`, { headers: { Accept: 'text/html', ...headers }, redirect: 'manual' });

describe('whoever is not signed in', () => {
  test.each([
    ['/admin', '/admin/sign-in'],
    ['/admin?lang=zh-Hant', '/admin/sign-in?lang=zh-Hant'],
    ['/admin/series/garden', '/admin/sign-in?to=%2Fadmin%2Fseries%2Fgarden'],
    ['/admin/nowhere?a=b&lang=en', '/admin/sign-in?lang=en&to=%2Fadmin%2Fnowhere%3Fa%3Db%26lang%3Den'],
  ])('%s asks to sign in', async (path, where) => {
    const answer = await closed(path);
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, where]);
  });

  test('a program is told so', async () => {
    const answer = await fetch(`${door.url}/admin`, { redirect: 'manual' });
    expect([answer.status, await answer.json()]).toEqual([
      401,
      { error: 'closed', message: 'Sign in at /admin/sign-in first.' },
    ]);
  });
});

test('the secret signs in, out, and in again as somebody else', async () => {
  const admin = await signIn(door.url);
  const page = await admin.get('/admin');
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('garden');
  const out = await admin.post('/admin/sign-out');
  expect([out.status, out.headers.get('Location'), cookieOf(out)]).toEqual([
    303,
    '/admin/sign-in',
    undefined,
  ]);
  expect((await admin.get('/admin')).status).toBe(303);
  expect((await signIn(door.url)).cookie).not.toBe(admin.cookie);
});

test('a wrong one does not', async () => {
  const answer = await postSecret(door.url, 'not the secret');
  expect([answer.status, cookieOf(answer)]).toEqual([403, undefined]);
  expect(await answer.text()).toContain('That is not the admin secret.');
});

test('what is not there is said to whoever is signed in', async () => {
  expect((await (await signIn(door.url)).get('/admin/nowhere')).status).toBe(404);
});
