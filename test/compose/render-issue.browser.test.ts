import { readFile } from 'node:fs/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from './find-chromium.ts';
import { filled, renderedSample } from './sample-series.ts';

const executablePath = findChromium();
const FLAGS =
  '--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run';

interface Faint {
  readonly text: string;
  readonly contrast: number;
}

describe.skipIf(executablePath === undefined)(
  `in a browser${executablePath ? '' : ' (skipped: no Chromium found, set CHROMIUM_PATH)'}`,
  () => {
    let browser: Browser;
    let html: string;

    beforeAll(async () => {
      browser = await chromium.launch({
        ...(executablePath === undefined ? {} : { executablePath }),
        args: FLAGS.split(' '),
      });
      const body = await readFile(new URL('../fixtures/compose/everything.md', import.meta.url), 'utf8');
      const date = Date.parse('2026-11-02');
      const source = { url: 'https://example.org/original', name: 'The Journal' };
      html = filled(
        (await renderedSample({ body, date, source, description: 'Standfirst.' }, { language: 'zh-TW' }))
          .html,
      );
    });
    afterAll(() => browser?.close());

    async function withPage<T>(
      width: number,
      colorScheme: 'light' | 'dark',
      look: (page: Page) => Promise<T>,
    ): Promise<T> {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, offline: true });
      try {
        await page.setContent(html, { waitUntil: 'domcontentloaded' });
        return await look(page);
      } finally {
        await page.close();
      }
    }

    test.each([320, 360, 414, 900])('nothing sticks out at %i px', async (width) => {
      const pageWidth = await withPage(width, 'light', (page) =>
        page.evaluate<number>('document.documentElement.scrollWidth'),
      );
      expect(pageWidth).toBe(width);
    });

    test('the text column is at most 600 px wide', async () => {
      const width = await withPage(1400, 'light', (page) =>
        page.evaluate<number>(
          `Math.max(...[...document.querySelectorAll('.sheet')].map((sheet) => sheet.offsetWidth))`,
        ),
      );
      expect(width).toBe(600);
    });

    test('dark readers get a dark page', async () => {
      const background = 'getComputedStyle(document.querySelector(".sheet")).backgroundColor';
      const light = await withPage(375, 'light', (page) => page.evaluate<string>(background));
      const dark = await withPage(375, 'dark', (page) => page.evaluate<string>(background));
      expect(light).toBe('rgb(255, 255, 255)');
      expect(dark).not.toBe(light);
    });

    test.each(['light', 'dark'] as const)(
      'all text stands out from its background in %s (WCAG 1.4.3)',
      async (scheme) => {
        expect(await withPage(900, scheme, (page) => page.evaluate<Faint[]>(`(${FAINT_TEXT})()`))).toEqual(
          [],
        );
      },
    );
  },
);

// Runs in the page. Every text node against the first opaque background behind it.
const FAINT_TEXT = String.raw`() => {
  const channels = (color) => color.match(/[\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b]
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const backgroundOf = (element) => {
    for (let node = element; node; node = node.parentElement) {
      const color = channels(getComputedStyle(node).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faint = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (text === '' || element.getClientRects().length === 0 || element.closest('[style*="display:none"], style')) continue;
    const [a, b] = [luminance(channels(getComputedStyle(element).color)), luminance(backgroundOf(element))].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < 4.5) faint.push({ text: text.slice(0, 40), contrast });
  }
  return faint;
}`;
