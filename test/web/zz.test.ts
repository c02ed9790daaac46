import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { HOUR_MS, SECOND_MS } from '../../src/domain/instant.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { subscriberIdOf } from '../../src/domain/subscriber.ts';
import { createWeb, startWeb, type WebServer } from '../../src/web/server.ts';
import { describeWithBrowser } from '../support/browser.ts';
import { openDoor, type Door } from '../support/door.ts';

const DIFFICULTY = 16;

let door: Door;
let server: WebServer;
let ahead = 0;
beforeAll(async () => {
  door = await openDoor();
  const { store } = door.tools;
  const now = async () => (await store.now()) + ahead;
  const tools = { ...door.tools, proofBits: DIFFICULTY, store: { ...store, now } };
  server = await startWeb(createWeb(tools), 0, { hostname: '127.0.0.1' });
});
afterAll(async () => {
  await server.close();
  await door.close();
});
beforeEach(() => (ahead = 0));

const ASKED = 'letter is on its way';
const signupOf = (address: string) =>
  door.tools.store.signups.find(
    'garden' as SeriesId,
    subscriberIdOf(address as EmailAddress, door.tools.salt),
  );
async function fillIn(page: Page, address: string) {
  await page.goto(`http://127.0.0.1:${server.port}/s/garden`);
  await page.fill('[name=address]', address);
}
const press = (page: Page) => page.click('main form[action*="/subscribe"] button[type=submit]');

describeWithBrowser('a proof of work', (open) => {
  test('is found by the browser as the form is sent, under our policy and without a complaint', async () => {
    const page = await open();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await fillIn(page, 'ash@example.com');
    ahead = 5 * SECOND_MS;
    await press(page);
    const t0 = Date.now(); await page.waitForSelector(`text=${ASKED}`, { timeout: 60000 }); console.log('took', Date.now() - t0);
    expect(await signupOf('ash@example.com')).toBeDefined();
    expect(complaints).toEqual([]);
  });

  test('is found on the second step, when the page was left open for hours', async () => {
    const page = await open();
    await fillIn(page, 'bay@example.com');
    ahead = 3 * HOUR_MS;
    await press(page);
    await page.waitForSelector('main form[action*="/subscribe"] input[name=address][type=hidden]', {
      state: 'attached',
    });
    expect(await signupOf('bay@example.com')).toBeUndefined();
    ahead += 2 * SECOND_MS;
    await press(page);
    const t0 = Date.now(); await page.waitForSelector(`text=${ASKED}`, { timeout: 60000 }); console.log('took', Date.now() - t0);
    expect(await signupOf('bay@example.com')).toBeDefined();
  });

  test('is not asked of a browser without scripts, which waits instead', async () => {
    const page = await open({ javaScriptEnabled: false });
    await fillIn(page, 'cob@example.com');
    ahead = 5 * SECOND_MS;
    await press(page);
    ahead += 5 * SECOND_MS;
    await press(page);
    expect(await signupOf('cob@example.com')).toBeUndefined();
    ahead += 16 * SECOND_MS;
    await press(page);
    const t0 = Date.now(); await page.waitForSelector(`text=${ASKED}`, { timeout: 60000 }); console.log('took', Date.now() - t0);
    expect(await signupOf('cob@example.com')).toBeDefined();
  });
});
