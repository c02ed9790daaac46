import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { findChromium } from '../compose/find-chromium.ts';

/** Opens a window of its own, as a person who has never been here before. */
export type OpenPage = (options?: BrowserContextOptions) => Promise<Page>;

// A busy machine is waited for; what never comes is found by the test's own time limit as well.
const PATIENCE_MS = 60_000;
const FLAGS =
  '--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run';

/** A group of tests with a Chromium; skipped where there is none. Every window is closed after its test. */
export function describeWithBrowser(name: string, tests: (open: OpenPage) => void): void {
  const executablePath = findChromium();
  const reason = executablePath === undefined ? ' (skipped: no Chromium found, set CHROMIUM_PATH)' : '';
  describe.skipIf(executablePath === undefined)(`${name}${reason}`, () => {
    let browser: Browser;
    const contexts: BrowserContext[] = [];
    beforeAll(async () => {
      const where = executablePath === undefined ? {} : { executablePath };
      browser = await chromium.launch({ ...where, args: FLAGS.split(' ') });
    });
    afterEach(async () => {
      for (const context of contexts.splice(0)) await context.close();
    });
    afterAll(() => browser?.close());

    tests(async (options) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      context.setDefaultTimeout(PATIENCE_MS);
      return context.newPage();
    });
  });
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds wrong with a page in light and in dark: `rule: element`. */
export async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  await page.evaluate(AXE);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const here = await page.evaluate<string[]>(
      `axe.run(document, { iframes: false }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))`,
    );
    found.push(...here.map((violation) => `${page.url()} (${colorScheme}) ${violation}`));
  }
  await page.emulateMedia({ colorScheme: null });
  return found;
}

const TARGETS =
  'a, button, input:not([type=hidden]), select, textarea, summary, label:has(input[type=radio])';
const LEAST_TARGET = 24;

/**
 * What makes a page hard to use on a phone: sideways scrolling, and targets smaller than 24 px (WCAG 2.5.8; links within a sentence are
 * exempt, and so is what cannot be seen).
 */
export async function phoneTroubles(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const troubles = [];
    const room = document.documentElement;
    if (room.scrollWidth > room.clientWidth) troubles.push('scrolls sideways: ' + room.scrollWidth + ' px');
    for (const target of document.querySelectorAll(${JSON.stringify(TARGETS)})) {
      const box = target.getBoundingClientRect();
      const isSeen = box.width > 1 && box.height > 1 && box.right > 0 && target.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      const isInText = getComputedStyle(target).display === 'inline' && [...target.parentElement.childNodes].some((near) => near !== target && near.textContent.trim() !== '');
      const isNamed = target.matches('input[type=radio], input[type=checkbox]') && target.labels.length > 0;
      if (!isSeen || isInText || isNamed) continue;
      if (box.width < ${LEAST_TARGET} || box.height < ${LEAST_TARGET}) troubles.push(target.outerHTML.slice(0, 120) + ' is ' + Math.round(box.width) + ' × ' + Math.round(box.height) + ' px');
    }
    return troubles;
  })()`);
}
