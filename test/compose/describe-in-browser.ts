import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { findChromium } from './find-chromium.ts';

export interface Screen {
  readonly width: number;
  readonly scheme?: 'light' | 'dark';
}

/** Shows a mail, offline, and returns what `look` makes of it. */
export type ShowMail = <T>(html: string, screen: Screen, look: (page: Page) => Promise<T>) => Promise<T>;

const FLAGS =
  '--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run';

/** A group of tests with a Chromium; skipped where there is none. */
export function describeInBrowser(name: string, tests: (show: ShowMail) => void): void {
  const executablePath = findChromium();
  const reason = executablePath === undefined ? ' (skipped: no Chromium found, set CHROMIUM_PATH)' : '';
  describe.skipIf(executablePath === undefined)(`${name}${reason}`, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({
        ...(executablePath === undefined ? {} : { executablePath }),
        args: FLAGS.split(' '),
      });
    });
    afterAll(() => browser?.close());

    tests(async (html, { width, scheme = 'light' }, look) => {
      const page = await browser.newPage({
        viewport: { width, height: 800 },
        colorScheme: scheme,
        offline: true,
      });
      try {
        await page.setContent(html, { waitUntil: 'domcontentloaded' });
        return await look(page);
      } finally {
        await page.close();
      }
    });
  });
}
