import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { subscriberIdOf } from '../../../src/domain/subscriber.ts';
import { addressOf } from '../../support/app.ts';
import { describeWithBrowser, phoneTroubles, violations, type OpenPage } from '../../support/browser.ts';
import { openBoardWorld, type BoardWorld } from './board-world.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };
const READERS = 120;

let world: BoardWorld;
let goneAt: (address: string) => boolean = () => false;
beforeAll(async () => {
  world = await openBoardWorld({
    script({ at, to }) {
      if (at === 'rcpt' && goneAt(to[0] ?? '')) return '550 5.1.1 No such user';
      return at === 'body' ? { reply: '250 2.0.0 Ok', afterMs: 200 } : undefined;
    },
  });
  await world.t.write('garden', 'every: 1d', { '1-frost': 'title: Frost', '2-thaw': 'title: Thaw' });
  await world.t.join('garden', ...Array.from({ length: READERS }, (_, n) => `reader${n}`));
});
afterAll(() => world.close());

async function openBoard(open: OpenPage, path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await open(options);
  const [name = '', value = ''] = world.admin.cookie.split('=');
  await page.context().addCookies([{ name, value, url: world.url }]);
  await page.goto(world.url + path);
  return page;
}

const isLive = (page: Page) =>
  expect.poll(() => page.locator('#live-status').getAttribute('data-state'), PATIENCE).toBe('live');
const figure = async (page: Page) =>
  Number((await page.locator('.figure-big .figure-value').textContent())?.replace(/\D/g, ''));
const accepted = () => world.t.smtp.transactions.filter((mail) => mail.accepted).length;

const reader = () => `/admin/readers/${subscriberIdOf(addressOf('reader1'), world.t.app.salt)}`;

describeWithBrowser('the dashboard that is left open', (open) => {
  test(
    'grows with a sending to the mail server’s own count, without being asked again',
    { timeout: 180_000 },
    async () => {
      const page = await openBoard(open, '/admin');
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      const elsewhere: string[] = [];
      page.on('request', (request) => !request.url().startsWith(world.url) && elsewhere.push(request.url()));
      let loads = 0;
      page.on('load', () => (loads += 1));
      await isLive(page);
      await expect
        .poll(() => page.locator('main').textContent(), PATIENCE)
        .toContain('No series is scheduled yet');

      await world.sample();
      await world.t.schedule('garden');
      const seen = new Set<number>();
      await page.locator('#minutes-table summary').waitFor({ state: 'visible' });
      await page.locator('#minutes-table summary').click();
      await page.locator('#minutes-table summary').focus();
      await expect
        .poll(async () => {
          const n = await figure(page);
          if (!Number.isNaN(n)) seen.add(n);
          return n;
        }, PATIENCE)
        .toBe(READERS);
      expect([...seen]).toEqual([...seen].toSorted((a, b) => a - b));
      expect(seen.size).toBeGreaterThan(2);
      expect(accepted()).toBe(READERS);
      await expect
        .poll(() => page.locator('.issue').first().textContent(), PATIENCE)
        .toContain(`complete${READERS} of ${READERS} (100%)`);
      await expect
        .poll(() => page.locator('#minutes-table tbody').textContent(), PATIENCE)
        .toContain(String(READERS));
      // What somebody has opened stays open, and keeps the focus.
      expect(await page.locator('#minutes-table').getAttribute('open')).not.toBeNull();
      expect(await page.evaluate<string>('document.activeElement.closest("details")?.id')).toBe(
        'minutes-table',
      );
      expect([loads, complaints, elsewhere]).toEqual([0, [], []]);
    },
  );

  test('says when Redis is away, and goes on by itself', { timeout: 180_000 }, async () => {
    const page = await openBoard(open, '/admin/series/garden');
    await isLive(page);
    await world.t.redis.kill();
    await expect
      .poll(() => page.locator('#live-status').textContent(), PATIENCE)
      .toContain('Redis does not answer');
    const old = await page.locator('.live-age').textContent();
    await world.t.redis.restart();
    await isLive(page);
    expect(await page.locator('.live-age').textContent()).not.toBe(old);
    await world.t.settle();
    await expect
      .poll(() => page.locator('.issue').first().textContent(), PATIENCE)
      .toContain(`${accepted()} of ${READERS}`);
  });

  test('asks for nothing while nobody looks at it', { timeout: 180_000 }, async () => {
    const page = await openBoard(open, '/admin');
    await isLive(page);
    const hide = (isHidden: boolean) =>
      page.evaluate(
        `Object.defineProperty(document, 'hidden', { configurable: true, value: ${isHidden} }); document.dispatchEvent(new Event('visibilitychange'));`,
      );
    const ended = page.waitForEvent('requestfailed', (request) => request.url().includes('/admin/live/'));
    await hide(true);
    await ended;
    const begun = page.waitForRequest((request) => request.url().includes('/admin/live/'));
    await hide(false);
    await begun;
    await isLive(page);
    expect(await page.locator('#live-status').textContent()).toContain('Live');
  });

  test(
    'pauses a series by a button and an answer, and shows it everywhere',
    { timeout: 180_000 },
    async () => {
      const other = await openBoard(open, '/admin');
      await isLive(other);
      const page = await openBoard(open, '/admin/series/garden');
      await page.getByRole('link', { name: 'Pause' }).click();
      await page.getByRole('heading', { name: 'Pause this series?' }).waitFor();
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.getByText('The series is paused.').waitFor();
      await expect.poll(() => other.locator('.mark').first().textContent(), PATIENCE).toBe('Paused');
      await page.getByRole('link', { name: 'Resume' }).click();
      await page.getByRole('button', { name: 'Resume' }).click();
      await page.getByText('The series goes on.').waitFor();
      await expect.poll(() => other.locator('.mark').first().textContent(), PATIENCE).toBe('Running');
    },
  );

  test('without scripts it is all there, and asks for itself again', { timeout: 180_000 }, async () => {
    const page = await openBoard(open, '/admin', { javaScriptEnabled: false });
    expect(await page.locator('main').textContent()).toContain(`${READERS} of ${READERS}`);
    expect(
      (await page.locator('noscript meta[http-equiv=refresh]').count()) +
        (await page.locator('meta[http-equiv=refresh]').count()),
    ).toBeGreaterThan(0);
  });

  test('everybody can use it, on a phone as well, in each language', { timeout: 300_000 }, async () => {
    goneAt = (address) => address.startsWith('gone');
    // Fewer than the refusals in a row that make a series pause itself.
    await world.t.join('garden', ...Array.from({ length: 6 }, (_, n) => `gone${n}@gone.example`));
    await world.t.settle();
    const paths = [
      '/admin',
      '/admin/series/garden',
      '/admin/series/garden/frost',
      '/admin/readers',
      reader(),
      '/admin/act/pause/garden',
    ];
    for (const path of paths) {
      for (const lang of ['en', 'zh-Hant']) {
        const page = await openBoard(open, `${path}?lang=${lang}`, { viewport: { width: 390, height: 844 } });
        for (const details of await page.locator('details').all()) await details.locator('summary').click();
        expect([path, lang, await phoneTroubles(page)]).toEqual([path, lang, []]);
        expect(await violations(page)).toEqual([]);
        await page.close();
      }
    }
  });

  test('says when the session has ended, and when the server is gone', { timeout: 180_000 }, async () => {
    const page = await openBoard(open, '/admin');
    const status = page.locator('#live-status');
    await isLive(page);
    await world.closeServer();
    await expect.poll(() => status.textContent(), PATIENCE).toContain('no connection to Partwork');
    await world.reopenServer();
    await isLive(page);
    await world.admin.post('/admin/sign-out');
    await expect.poll(() => status.textContent(), PATIENCE).toContain('you are signed out');
    await page.getByRole('link', { name: 'Sign in again' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});
