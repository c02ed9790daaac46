import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { describeInBrowser } from './describe-in-browser.ts';
import { composeLetter, EVERY_LETTER, htmlOf, sampleTopic } from './sample-letters.ts';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// A mail is shown inside a page, which has the landmarks.
const AXE_RUN =
  'axe.run({ rules: { region: { enabled: false }, "landmark-one-main": { enabled: false } } }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))';

describeInBrowser('letters', (show) => {
  test.each(EVERY_LETTER)(
    'axe finds nothing in the letter %s in %s, light and dark',
    async (kind, locale) => {
      const html = htmlOf(await composeLetter(sampleTopic(kind, locale)));
      for (const scheme of ['light', 'dark'] as const) {
        const found = await show(html, { width: 700, scheme }, async (page) => {
          // axe takes a page without a background for white, though a dark one is not.
          await page.addStyleTag({ content: 'html { background-color: Canvas; }' });
          await page.addScriptTag({ content: axe });
          return page.evaluate<unknown[]>(AXE_RUN);
        });
        expect(found, `in ${scheme}`).toEqual([]);
      }
    },
  );

  test.each(EVERY_LETTER)(
    'the letter %s in %s fits every screen, and can be tapped',
    async (kind, locale) => {
      const html = htmlOf(await composeLetter(sampleTopic(kind, locale)));
      for (const width of [320, 390, 700]) {
        const [needed, low] = await show(html, { width }, (page) =>
          page.evaluate<[number, string[]]>(`[
          document.documentElement.scrollWidth,
          [...document.querySelectorAll("a")].filter((link) => link.getBoundingClientRect().height < 24).map((link) => link.textContent),
        ]`),
        );
        expect(needed, `${width} px`).toBe(width);
        expect(low).toEqual([]);
      }
    },
  );

  test('a long title without spaces stays on the screen', async () => {
    const topic = sampleTopic('welcome', 'en');
    const plan = { ...topic.plan, title: 'Donaudampfschifffahrtsgesellschaftskapitänswitwenrente'.repeat(2) };
    const html = htmlOf(await composeLetter({ ...topic, plan }));
    const needed = await show(html, { width: 320 }, (page) =>
      page.evaluate<number>('document.documentElement.scrollWidth'),
    );
    expect(needed).toBe(320);
  });
});
