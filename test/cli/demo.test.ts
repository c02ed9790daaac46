import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithBrowser, violations } from '../support/browser.ts';

interface ShownImage {
  readonly naturalWidth: number;
  decode(): Promise<void>;
}

let folder: string;
let demo: ChildProcess;
let said = '';
const siteCalled = (name: string): string =>
  new RegExp(`^${name}: (http://[^ /]+)/`, 'm').exec(said)?.[1] ?? '';

describeWithBrowser('the demo', (open) => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'partwork-demo-'));
    const hook = resolve('test/support/typescript.mjs');
    demo = spawn(process.execPath, ['--import', hook, resolve('src/cli/main.ts'), 'demo'], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    demo.stderr?.on('data', (chunk) => (said += String(chunk)));
    demo.stdout?.on('data', (chunk) => (said += String(chunk)));
    // Its series are on the pages once they are scheduled.
    while (!said.includes('begins "tea-notes"') && demo.exitCode === null) await sleep(50);
  }, 180_000);
  afterAll(async () => {
    if (demo.exitCode === null && demo.signalCode === null) {
      demo.kill('SIGKILL');
      await once(demo, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  });

  test(
    'a visitor subscribes, finds the letter in the inbox, presses its button, and gets the first issue and the next',
    { timeout: 180_000 },
    async () => {
      const inbox = await open({ viewport: { width: 1280, height: 900 } });
      await inbox.goto(siteCalled('Inbox'));
      expect(await violations(inbox)).toEqual([]);

      const page = await open();
      await page.goto(siteCalled("Readers' pages"));
      await page.getByRole('link', { name: 'Five Nights Under the Sky' }).first().click();
      await page.getByLabel('Email address').fill('visitor@example.com');
      await page.waitForTimeout(3_100);
      await page.getByRole('button', { name: 'Subscribe' }).click();
      await page.getByRole('heading', { name: 'Now look into your inbox' }).waitFor();

      // It comes by itself: nobody reloads.
      const mine = inbox
        .getByRole('navigation', { name: 'Mails' })
        .getByRole('link')
        .filter({ hasText: 'visitor@example.com' });
      await mine.first().click();
      expect(await violations(inbox)).toEqual([]);
      const tab = inbox.waitForEvent('popup');
      await inbox.frameLocator('iframe').getByRole('link', { name: 'Confirm my subscription' }).click();
      const confirm = await tab;
      await confirm.getByRole('button', { name: 'Yes, begin' }).click();
      await confirm.getByRole('heading', { name: 'You are in' }).waitFor();

      // The letter, the first issue, and the next one a day of the demo later.
      await mine.filter({ hasText: 'The turning sky' }).waitFor();
      await mine.filter({ hasText: 'Let your eyes arrive' }).click();
      const picture = inbox.frameLocator('iframe').locator('img').first();
      await picture.scrollIntoViewIfNeeded();
      expect(
        await picture.evaluate(async (image: ShownImage) => (await image.decode(), image.naturalWidth)),
      ).toBeGreaterThan(0);
      const ownTab = inbox.waitForEvent('popup');
      await inbox.frameLocator('iframe').locator('a[href*="/m/"]').first().click();
      await (await ownTab).getByRole('heading', { level: 1 }).waitFor();
    },
  );

  test('mail programs’ button in the inbox unsubscribes', { timeout: 120_000 }, async () => {
    const inbox = await open();
    await inbox.goto(siteCalled('Inbox'));
    await inbox.getByRole('link', { name: 'Let your eyes arrive to visitor@example.com' }).click();
    const tab = inbox.waitForEvent('popup');
    await inbox.getByRole('button', { name: 'Unsubscribe as mail programs do' }).click();
    expect(await (await tab).getByRole('heading', { level: 1 }).textContent()).toContain('You have left');
  });

  test('the link it prints signs in to the dashboard', { timeout: 120_000 }, async () => {
    const page = await open();
    await page.goto(/^Dashboard: (\S+)/m.exec(said)?.[1] ?? '');
    await page.getByRole('button').first().click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    expect(await page.getByRole('main').textContent()).toContain('Five Nights Under the Sky');
  });

  test('the proof stands whatever visitors did, the demo goes on, and Ctrl-C ends it', async () => {
    await expect.poll(() => said, { timeout: 120_000 }).toContain('It goes on');
    expect(said).toContain('30 mails, 6 subscriptions: each got every issue once, in order.');
    expect((await fetch(siteCalled("Readers' pages"))).status).toBe(200);
    demo.kill('SIGINT');
    await once(demo, 'exit');
    expect(demo.exitCode).toBe(0);
  }, 180_000);
});
