import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/instant.ts';
import { startWeb, type WebServer } from '../../../src/web/server.ts';
import { describeWithBrowser, phoneTroubles, violations } from '../../support/browser.ts';
import { GARDEN, subscriber } from '../../support/ledger.ts';
import { redisPerFile } from '../../support/redis-per-file.ts';
import { openReaderWorld, type ReaderWorld } from './reader-world.ts';

const given = redisPerFile();
let world: ReaderWorld;
let server: WebServer;
const at = (path: string) => `http://127.0.0.1:${server.port}${path}`;

beforeEach(async () => {
  world = await openReaderWorld(given.server, given.redis, {
    baseUrl: 'http://127.0.0.1',
  });
  server = await startWeb(world.web, 0, { hostname: '127.0.0.1' });
  for (const name of ['ash', 'bay', 'cob', 'elm']) await world.join(name);
  for (const issue of ['frost', 'thaw']) await world.deliver('ash', issue);
  await world.post(`${world.readerPath('bay')}/pause`, { for: 'month' });
  await world.post(world.leavePath('cob'));
});
afterEach(async () => {
  await server.close();
  await world.close();
});

/** Fills in the form of the series page; the ledger's clock passes the seconds that a person takes. */
async function signUp(page: Page, address: string, query = ''): Promise<void> {
  await page.goto(at(`/s/garden${query}`));
  await page.locator('input[name=address]').fill(address);
  world.clock.offsetMs += MINUTE_MS;
  await page.locator('form.signup button').click();
}

/** Every page there is, as one visitor comes upon them. */
async function everyPage(page: Page, query: string, look: (name: string) => Promise<void>): Promise<void> {
  const visit = async (name: string, path: string) => {
    await page.goto(at(path.includes('?') ? path + query.replace('?', '&') : path + query));
    await look(name);
  };
  await signUp(page, 'fir@example.com', query);
  await look('asked');
  await signUp(page, 'fir@localhost', query);
  await look('wrong address');
  await page.goto(at(`/s/garden${query}`));
  await page.locator('input[name=address]').fill('gum@example.com');
  world.clock.offsetMs += 3 * HOUR_MS;
  await page.locator('form.signup button').click();
  await look('one more step');
  const requestedAt = (await world.store.signups.find(GARDEN, subscriber('fir').id))?.requestedAt ?? 0;
  await visit('confirm', world.confirmPath('fir', requestedAt));
  await page.locator('main button').click();
  await look('confirmed');
  await visit('already', world.confirmPath('fir', requestedAt));
  await visit('expired', world.confirmPath('gum', requestedAt));
  await visit('broken', '/m/x');
  await visit('own', world.readerPath('ash'));
  await page.locator('summary').click();
  await look('own, all issues');
  await page.locator('input[name=until]').fill('');
  await page
    .locator('input[name=until]')
    .evaluate('(field) => { field.type = "text"; field.value = "soon"; }');
  await page.locator('form:has(input[name=until]) button').click();
  await look('own, wrong day');
  await visit('own, done', `${world.readerPath('elm')}?done=pace`);
  await visit('own, on a break', world.readerPath('bay'));
  await visit('own, left', world.readerPath('cob'));
  await visit('leave', world.leavePath('ash'));
  await visit('left', world.leavePath('cob'));
  await visit('data', world.dataPath('ash', await world.store.now()));
  await page.locator('summary').click();
  await look('data, all issues');
  await page.locator('form[action*=erase] button').click();
  await look('erase?');
  await visit('data, expired', world.dataPath('ash', 0));
}

/** axe-core looks only at those that something refers to by ARIA, and a label has gone astray before. */
const DOUBLE_IDS = `[...document.querySelectorAll('[id]')].map(({ id }) => id).filter((id, at, all) => all.indexOf(id) !== at)`;

const SCREENS: readonly [string, string, BrowserContextOptions][] = [
  ['in English on a phone', '', { viewport: { width: 390, height: 844 } }],
  ['in Chinese', '?lang=zh-Hant', { viewport: { width: 1_280, height: 900 } }],
];

describeWithBrowser('the pages that act', (open) => {
  test.each(SCREENS)(
    '%s have nothing that axe-core minds, in light and in dark, and fit',
    async (_, query, options) => {
      // axe-core is brought in by the test, which the page's own policy would refuse.
      const page = await open({ ...options, bypassCSP: true, reducedMotion: 'reduce' });
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).origin));
      const troubles: string[] = [];
      await everyPage(page, query, async (name) => {
        const ids = await page.evaluate<string[]>(DOUBLE_IDS);
        const language = await page.locator('html').getAttribute('lang');
        if (language !== (query.slice(6) || 'en')) troubles.push(`${name} is in ${language}`);
        troubles.push(...ids.map((id) => `${name}: two elements have the id ${id}`));
        troubles.push(
          ...[...(await violations(page)), ...(await phoneTroubles(page))].map((one) => `${name}: ${one}`),
        );
      });
      expect(troubles).toEqual([]);
      expect(new Set(asked)).toEqual(new Set([new URL(at('/')).origin]));
    },
    60_000,
  );

  test('work without scripts: subscribe, confirm, and everything a reader can do', async () => {
    const page = await open({ javaScriptEnabled: false });
    await signUp(page, 'fir@example.com');
    expect(await page.locator('h1').textContent()).toBe('Now look into your inbox');
    const requestedAt = (await world.store.signups.find(GARDEN, subscriber('fir').id))?.requestedAt ?? 0;
    await page.goto(at(world.confirmPath('fir', requestedAt)));
    await page.getByRole('button').click();
    expect(await page.locator('h1').textContent()).toBe('You are in');

    await page.goto(at(world.readerPath('ash')));
    const status = () => page.locator('[role=status]').textContent();
    await page.getByRole('button', { name: 'Send it to me now' }).click();
    expect(await status()).toContain('The next issue is on its way.');
    await page.getByRole('button', { name: '1 month' }).click();
    expect(await status()).toBe('Your break has begun.');
    await page.getByRole('button', { name: 'End the break' }).click();
    expect(await status()).toContain('Your break is over.');
    const day = new Date((await world.store.now()) + 40 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel('Or until a day of your choice').fill(day);
    await page.getByLabel('Or until a day of your choice').press('Enter');
    expect(await status()).toBe('Your break has begun.');
    await page.getByLabel('Time from one issue to the next').selectOption('Every week');
    await page.getByRole('button', { name: 'Use this pace' }).click();
    expect(await status()).toBe('Your pace is set.');
    await page.getByLabel('Begin again at').selectOption('1. The first frost');
    await page.getByRole('button', { name: 'Begin again there' }).click();
    expect(await status()).toBe('You begin again at the issue you chose.');
    await page.getByLabel('Your name').fill('Ash of the Garden');
    await page.getByLabel('Language of pages and letters').selectOption('English');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await status()).toBe('Saved.');
    await page.getByRole('button', { name: 'Send me the link' }).click();
    expect(await status()).toBe('The link is on its way to your address.');
    await page.reload();
    expect(await world.letters()).toEqual(['confirm', 'data', 'goodbye']);

    await page.goto(at(world.leavePath('ash')));
    await page.getByRole('button').click();
    expect(await page.locator('h1').textContent()).toBe('You have left Garden Letters');
    await page.getByRole('button', { name: 'Leave every series' }).click();
    expect(await status()).toBe('You have left every series.');

    await page.goto(at(world.dataPath('ash', await world.store.now())));
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download as a file' }).click();
    expect((await download).suggestedFilename()).toBe('my-data.json');
    await page.getByRole('button', { name: 'Erase my data' }).click();
    await page.getByRole('button', { name: 'Yes, erase everything' }).click();
    expect(await page.locator('h1').textContent()).toBe('Everything is erased');
  });

  test('put the focus on the field that is wrong, which is described by what is wrong with it', async () => {
    const page = await open();
    await signUp(page, 'fir@localhost');
    const focused = page.locator(':focus');
    expect(await focused.getAttribute('name')).toBe('address');
    expect(await focused.inputValue()).toBe('fir@localhost');
    const described = await focused.getAttribute('aria-describedby');
    expect(await page.locator(`#${described}`).textContent()).toContain('Mail cannot go to this address');
  });

  test('show what readers typed as text', async () => {
    const page = await open();
    const said: string[] = [];
    page.on('dialog', (dialog) => {
      said.push(dialog.message());
      void dialog.dismiss();
    });
    const payload = '"><script>alert(1)</script><img src=x onerror=alert(2)>';
    await page.goto(at('/s/garden'));
    await page.locator('input[name=address]').evaluate('(field) => { field.type = "text"; }');
    await page.locator('input[name=address]').fill(`${payload}@example.com`);
    await page.locator('input[name=name]').fill(payload);
    world.clock.offsetMs += MINUTE_MS;
    await page.locator('form.signup button').click();
    expect(await page.locator('input[name=name]').inputValue()).toBe(payload);
    await world.post(`${world.readerPath('ash')}/profile`, { name: payload, language: 'en' });
    await page.goto(at(world.readerPath('ash')));
    expect(await page.locator('input[name=name]').inputValue()).toBe(payload);
    await page.goto(at(world.dataPath('ash', await world.store.now())));
    expect(await page.locator('dd').nth(1).textContent()).toBe(payload);
    expect(said).toEqual([]);
  });
});
