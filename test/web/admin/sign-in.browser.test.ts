import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWeb, startWeb, type WebServer } from '../../../src/web/server.ts';
import { ADMIN_SECRET } from '../../support/admin-visitor.ts';
import { describeWithBrowser, phoneTroubles, violations } from '../../support/browser.ts';
import { openDoor, type Door } from '../../support/door.ts';

let door: Door;
let server: WebServer;
let url: string;
let elsewhere: Server;
beforeAll(async () => {
  door = await openDoor({ PARTWORK_ADMIN_SECRET: ADMIN_SECRET });
  server = await startWeb(createWeb({ ...door.tools, baseUrl: 'http://localhost' }), 0);
  url = `http://localhost:${server.port}`;
  // Another site: to browsers, 127.0.0.1 has nothing to do with localhost.
  elsewhere = createServer((_, answer) => {
    answer.setHeader('Content-Type', 'text/html');
    answer.end(
      `<a href="${url}/admin/nowhere">to the dashboard</a>
       <form method="post" action="${url}/admin/sign-out-everywhere"><button>win a prize</button></form>`,
    );
  });
  await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening));
});
afterAll(async () => {
  await new Promise((closed) => elsewhere.close(closed));
  await server.close();
  await door.close();
});

/** What the browser complains of, and what it asks of others. */
function watch(page: Page): string[] {
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('request', (request) => {
    if (!/^(?:http:\/\/localhost:|data:)/.test(request.url())) troubles.push(`asks ${request.url()}`);
  });
  return troubles;
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 }).textContent();
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function signIn(page: Page, path = '/admin'): Promise<void> {
  await page.goto(`${url}${path}`);
  await page.getByLabel('Admin secret').fill(ADMIN_SECRET);
  await press(page, 'Sign in');
}

describeWithBrowser('the door of the dashboard', (open) => {
  test(
    'with the secret: first asked for it, then where one wanted to go, and out again',
    { timeout: 120_000 },
    async () => {
      const page = await open();
      const troubles = watch(page);
      await page.goto(`${url}/admin/sign-out-everywhere`);
      expect(await heading(page)).toBe('Sign in');
      await page.getByLabel('Admin secret').fill('something else');
      await press(page, 'Sign in');
      expect(await page.getByText('That is not the admin secret.').isVisible()).toBe(true);
      // A browser says of every 403 that it is one.
      expect(troubles.splice(0)).toEqual([expect.stringContaining('403')]);

      await page.getByLabel('Admin secret').fill(ADMIN_SECRET);
      await press(page, 'Sign in');
      expect(new URL(page.url()).pathname).toBe('/admin/sign-out-everywhere');
      expect(await page.evaluate('document.cookie')).toBe('');
      await page.getByRole('link', { name: 'Overview' }).click();
      expect(await heading(page)).toBe('Overview');
      await press(page, 'Sign out');
      expect(await heading(page)).toBe('Sign in');
      await page.goBack();
      await page.goto(`${url}/admin`);
      expect(await heading(page)).toBe('Sign in');
      expect(troubles).toEqual([]);
    },
  );

  test('with a link of the command: once', { timeout: 120_000 }, async () => {
    const link = `${url}/admin/enter/${await door.tools.store.adminSessions.invite()}`;
    const [mine, other] = [await open(), await open()];
    await mine.goto(link);
    await other.goto(link);
    await press(mine, 'Sign in here');
    expect(await heading(mine)).toBe('Overview');
    await press(other, 'Sign in here');
    expect(await heading(other)).toBe('This link is over');
  });

  test('another site’s link leads in, another site’s form does nothing', { timeout: 120_000 }, async () => {
    const page = await open();
    await signIn(page);
    const site = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
    await page.goto(site);
    await page.getByRole('link').click();
    await page.waitForURL(`${url}/admin/nowhere`);
    expect(await heading(page)).toBe('There is nothing here');
    await page.goto(site);
    await press(page, 'win a prize');
    expect(await heading(page)).toBe('Nothing was done');
    await page.goto(`${url}/admin`);
    expect(await heading(page)).toBe('Overview');
  });

  test('signing out everywhere ends what another browser has open', { timeout: 120_000 }, async () => {
    const [mine, other] = [await open(), await open()];
    await signIn(mine);
    await signIn(other);
    await mine.getByRole('link', { name: 'Sign out everywhere' }).click();
    await press(mine, 'Sign out everywhere');
    await other.reload();
    expect([await heading(mine), await heading(other)]).toEqual(['Sign in', 'Sign in']);
  });

  test('the queues run under our policy, and ask nobody else', { timeout: 120_000 }, async () => {
    const page = await open();
    await signIn(page, '/admin/queues');
    const troubles = watch(page);
    await page.goto(`${url}/admin/queues`);
    await page.getByText('deliveries').first().waitFor();
    await page.getByText('letters').first().click();
    await page.getByText('No latest jobs in this queue.').waitFor();
    expect(troubles).toEqual([]);
  });

  test.each(['en', 'zh-Hant'])(
    'in %s, for everybody, and on a phone',
    { timeout: 120_000 },
    async (language) => {
      const page = await open({ viewport: { width: 360, height: 740 }, locale: language });
      const troubles = watch(page);
      const paths = [`/admin/enter/${await door.tools.store.adminSessions.invite()}`, '/admin/sign-in'];
      for (const path of [...paths, '/admin/nowhere', '/admin/sign-out-everywhere']) {
        await page.goto(`${url}${path}`);
        const secret = page.locator('input[name=secret]');
        if (path === '/admin/nowhere') {
          await secret.fill(ADMIN_SECRET);
          await page.locator('button').click();
          await page.waitForURL(`${url}${path}`);
        }
        expect(await page.locator('html').getAttribute('lang')).toBe(language);
        expect([path, ...(await violations(page)), ...(await phoneTroubles(page))]).toEqual([path]);
      }
      expect(troubles.filter((trouble) => !trouble.includes('404'))).toEqual([]);
    },
  );
});
