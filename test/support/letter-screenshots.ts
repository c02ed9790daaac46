// `node --import ./test/support/typescript.mjs test/support/letter-screenshots.ts <folder>`: pictures of the letters, to look at.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../compose/find-chromium.ts';
import { EVERY_LETTER, composeLetter, htmlOf, sampleTopic } from '../compose/sample-letters.ts';

const WIDTHS = [390, 700];
const SCHEMES = ['light', 'dark'] as const;

const [folder = 'letter-screenshots'] = process.argv.slice(2);
const executablePath = findChromium();
if (executablePath === undefined) throw new Error('No Chromium found. Set CHROMIUM_PATH.');

await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
for (const [kind, locale] of EVERY_LETTER) {
  await shoot(browser, htmlOf(await composeLetter(sampleTopic(kind, locale))), `${kind}-${locale}`);
}
await browser.close();

async function shoot(browser: Browser, html: string, name: string): Promise<void> {
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      const page = await browser.newPage({ viewport: { width, height: 600 }, colorScheme });
      await page.setContent(html, { waitUntil: 'load' });
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      await page.close();
    }
  }
}
