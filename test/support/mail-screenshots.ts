// `node --import ./test/support/typescript.mjs test/support/mail-screenshots.ts <folder>`: pictures of the templates, to look at.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../compose/find-chromium.ts';
import { SAMPLE_MAILS, sampleMail } from '../compose/sample-mails.ts';

const WIDTHS = [390, 700];
const SCHEMES = ['light', 'dark'] as const;
const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="700"><rect width="100%" height="100%" fill="#8fa58a"/><circle cx="850" cy="300" r="160" fill="#d8c27a"/></svg>';

const [folder = 'mail-screenshots'] = process.argv.slice(2);
const executablePath = findChromium();
if (executablePath === undefined) throw new Error('No Chromium found. Set CHROMIUM_PATH.');

await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
for (const sample of SAMPLE_MAILS) {
  await shoot(browser, await sampleMail(sample), `${sample.template}-${sample.language}`);
}
await browser.close();

async function shoot(browser: Browser, html: string, name: string): Promise<void> {
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
      await page.route('**/*', (route) => route.fulfill({ contentType: 'image/svg+xml', body: PICTURE }));
      await page.setContent(html, { waitUntil: 'load' });
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      await page.close();
    }
  }
}
