import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { describeInBrowser } from './describe-in-browser.ts';
import { SAMPLE_MAILS, sampleMail, type SampleMail } from './sample-mails.ts';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Rules of axe that do not hold for mail. */
const NOT_FOR_MAIL = {
  // A mail is shown inside a page, which has the landmarks.
  region: { enabled: false },
  'landmark-one-main': { enabled: false },
  // A wide table scrolls on phones, by touch; mail clients take a tabindex out.
  'scrollable-region-focusable': { enabled: false },
};

const names = SAMPLE_MAILS.map((sample) => [`${sample.template} in ${sample.language}`, sample] as const);
const mails = new Map<SampleMail, Promise<string>>(
  SAMPLE_MAILS.map((sample) => [sample, sampleMail(sample)]),
);
const mailOf = (sample: SampleMail): Promise<string> => mails.get(sample) ?? sampleMail(sample);

interface Finding {
  readonly id: string;
  readonly nodes: { readonly html: string; readonly failureSummary: string }[];
}

const AXE_RUN = `axe.run({ rules: ${JSON.stringify(NOT_FOR_MAIL)} }).then(({ violations }) => violations)`;

// A picture of the blog in its place, as wide as a camera makes them.
const PICTURE =
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="2000"><rect width="9999" height="9999" fill="gray"/></svg>';
const withPictures = (html: string): string =>
  html.replace(/src="https:[^"]*"/g, `src="${PICTURE.replaceAll('"', '&quot;')}"`);

describeInBrowser('templates', (show) => {
  test.each(names)('axe finds nothing in %s, light or dark', async (_, sample) => {
    await show(await mailOf(sample), { width: 700 }, async (page) => {
      // axe takes a page without a background for white, though a dark one is not.
      await page.addStyleTag({ content: 'html { background-color: Canvas; }' });
      await page.addScriptTag({ content: axe });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const findings = await page.evaluate<Finding[]>(AXE_RUN);
        const told = findings.map(({ id, nodes }) => [
          id,
          nodes.map(({ html, failureSummary }) => html + failureSummary),
        ]);
        expect([colorScheme, told]).toEqual([colorScheme, []]);
      }
    });
  });

  test.each(names)(
    '%s fits every screen, its pictures their column; no letter is smaller than 13 px, but raised ones and reading aids; links that stand alone can be tapped (WCAG 2.5.8)',
    async (_, sample) => {
      await show(withPictures(await mailOf(sample)), { width: 320 }, async (page) => {
        await page.waitForFunction('[...document.images].every((image) => image.complete)');
        for (const width of [320, 390, 700]) {
          await page.setViewportSize({ width, height: 800 });
          const seen = {
            width: await page.evaluate<number>('document.documentElement.scrollWidth'),
            picturesOutside: await page.evaluate<string[]>(PICTURES_OUTSIDE),
            smallText: await page.evaluate<string[]>(`(${SMALL_TEXT})()`),
            lowLinks: width === 390 ? await page.evaluate<string[]>(LOW_LINKS) : [],
          };
          expect(seen).toEqual({ width, picturesOutside: [], smallText: [], lowLinks: [] });
        }
      });
    },
  );

  test('where Outlook recolours, our dark colours hold', async () => {
    const sample = SAMPLE_MAILS[0] as SampleMail;
    const colours = await show(await mailOf(sample), { width: 700 }, (page) =>
      page.evaluate<string[]>(`(() => {
        document.body.setAttribute("data-ogsc", ""); document.body.setAttribute("data-ogsb", "");
        return [".prose p", ".prose a", ".button a", ".code pre"].map((one) => getComputedStyle(document.querySelector(one)))
          .flatMap(({ color, backgroundColor }) => [color, backgroundColor]);
      })()`),
    );
    const dark = await show(await mailOf(sample), { width: 700, scheme: 'dark' }, (page) =>
      page.evaluate<
        string[]
      >(`[".prose p", ".prose a", ".button a", ".code pre"].map((one) => getComputedStyle(document.querySelector(one)))
          .flatMap(({ color, backgroundColor }) => [color, backgroundColor])`),
    );
    expect(colours).toEqual(dark);
  });
});

const PICTURES_OUTSIDE = `[...document.images].filter((image) => {
  const [box, column] = [image, image.closest("td")].map((one) => one.getBoundingClientRect());
  return box.width === 0 || box.left < column.left - 1 || box.right > column.right + 1;
}).map((image) => image.alt)`;

const LOW_LINKS = `[...document.querySelectorAll(".foot a, .contents a, .neighbours a, .signature a, .button a")]
  .filter((link) => link.getBoundingClientRect().height < 24).map((link) => link.textContent)`;

const SMALL_TEXT = `() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() === '' || element.getClientRects().length === 0) continue;
    if (element.closest('sup, sub, rt, style, .progress')) continue;
    if (parseFloat(getComputedStyle(element).fontSize) < 12.9) small.push(element.outerHTML);
  }
  return small;
}`;
