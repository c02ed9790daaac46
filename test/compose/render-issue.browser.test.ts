import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { describeInBrowser } from './describe-in-browser.ts';
import { filled, renderedSample } from './sample-series.ts';

interface Faint {
  readonly text: string;
  readonly contrast: number;
}

describeInBrowser('in a browser', (show) => {
  let html: string;

  beforeAll(async () => {
    const body = await readFile(new URL('../fixtures/compose/everything.md', import.meta.url), 'utf8');
    const date = Date.parse('2026-11-02');
    const source = { url: 'https://example.org/original', name: 'The Journal' };
    html = filled(
      (await renderedSample({ body, date, source, description: 'Standfirst.' }, { language: 'zh-TW' })).html,
    );
  });

  const withPage = <T>(
    width: number,
    scheme: 'light' | 'dark',
    look: (page: Page) => Promise<T>,
    shown = html,
  ): Promise<T> => show(shown, { width, scheme }, look);

  test.each([320, 360, 414, 900])('nothing sticks out at %i px', async (width) => {
    const pageWidth = await withPage(width, 'light', (page) =>
      page.evaluate<number>('document.documentElement.scrollWidth'),
    );
    expect(pageWidth).toBe(width);
  });

  const bodyInBrowser = async <T>(body: string, width: number, script: string): Promise<T> => {
    const mail = filled((await renderedSample({ body }, { language: 'zh-TW' })).html);
    return withPage(width, 'light', (page) => page.evaluate<T>(script), mail);
  };

  test.each([
    [
      'words',
      '|茶|主要產地|發酵程度|茶湯|\n|:-|:-|:-:|-:|\n|碧螺春（綠茶）|新北坪林、石碇|不發酵|淺綠|\n|高山烏龍|嘉義、南投、台中山區|輕|蜜黃|',
    ],
    [
      'figures',
      '|方法|茶葉（克）|水（毫升）|水溫（°C）|第一泡|\n|:-|-:|-:|:-:|-:|\n|馬克杯，葉子留在杯裡|2|1,000|90–95|6–8 小時|',
    ],
    ['a long address', '|a|b|\n|-|-|\n|一二三四|<https://example.org/a-very-long-address-in-one-word>|'],
  ])('a table of %s fits a phone', async (_, table) => {
    for (const width of [360, 375]) {
      const [needed, room] = await bodyInBrowser<[number, number]>(
        table,
        width,
        '[document.querySelector(".table > div")].map((box) => [box.scrollWidth, box.clientWidth])[0]',
      );
      expect(needed, `${width} px`).toBeLessThanOrEqual(room);
    }
  });

  test.each([
    ['CJK', '茶'.repeat(60)],
    ['CJK and a space', `${'茶'.repeat(60)} `],
    ['emphasis', `${'茶'.repeat(59)}**樹**`],
    ['Latin', 'leaf '.repeat(60).trim()],
  ])('a footnote mark after %s never begins a line', async (_, words) => {
    const leftOfMark = `document.querySelector(".prose sup").getBoundingClientRect().left
        - document.querySelector(".prose sup").parentElement.getBoundingClientRect().left`;
    const places = await bodyInBrowser<number[]>(
      `${words}[^1]\n\n[^1]: b`,
      375,
      atWidths('.prose > div', leftOfMark),
    );
    expect(Math.min(...places)).toBeGreaterThan(1);
  });

  test('no link in the footer is broken in two', async () => {
    const mostLines = `Math.max(...[...document.querySelectorAll(".foot a")].map((link) => link.getClientRects().length))`;
    const lines = await bodyInBrowser<number[]>('a', 375, atWidths('.foot p', mostLines));
    expect(Math.max(...lines)).toBe(1);
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
    const background = 'getComputedStyle(document.body).backgroundColor';
    const light = await withPage(375, 'light', (page) => page.evaluate<string>(background));
    const dark = await withPage(375, 'dark', (page) => page.evaluate<string>(background));
    expect(light).toBe('rgb(251, 250, 246)');
    expect(dark).not.toBe(light);
  });

  test.each(['light', 'dark'] as const)(
    'all text stands out from its background in %s (WCAG 1.4.3)',
    async (scheme) => {
      expect(await withPage(900, scheme, (page) => page.evaluate<Faint[]>(`(${FAINT_TEXT})()`))).toEqual([]);
    },
  );
});

/** For a page: what `measure` comes to while the elements at `selector` are 140 to 326 px wide. */
const atWidths = (selector: string, measure: string): string => `Array.from({ length: 187 }, (_, index) => {
  for (const box of document.querySelectorAll(${JSON.stringify(selector)})) box.style.width = 140 + index + 'px';
  return ${measure};
})`;

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
