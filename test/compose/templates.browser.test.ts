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
  for (const scheme of ['light', 'dark'] as const) {
    test.each(names)(`axe finds nothing in %s, ${scheme}`, async (_, sample) => {
      const findings = await show(await mailOf(sample), { width: 700, scheme }, async (page) => {
        // axe takes a page without a background for white, though a dark one is not.
        await page.addStyleTag({ content: 'html { background-color: Canvas; }' });
        await page.addScriptTag({ content: axe });
        return page.evaluate<Finding[]>(AXE_RUN);
      });
      expect(
        findings.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => html + failureSummary)]),
      ).toEqual([]);
    });
  }

  test.each(names)('%s fits every screen', async (_, sample) => {
    const html = withPictures(await mailOf(sample));
    for (const width of [320, 390, 700]) {
      const needed = await show(html, { width }, async (page) => {
        await page.waitForFunction('[...document.images].every((image) => image.complete)');
        return page.evaluate<number>('document.documentElement.scrollWidth');
      });
      expect(needed, `${width} px`).toBe(width);
    }
  });

  test.each(names)('pictures in %s stay inside their column', async (_, sample) => {
    for (const width of [320, 700]) {
      const outside = await show(withPictures(await mailOf(sample)), { width }, async (page) => {
        await page.waitForFunction('[...document.images].every((image) => image.complete)');
        return page.evaluate<string[]>(`[...document.images].filter((image) => {
          const [box, column] = [image, image.closest("td")].map((one) => one.getBoundingClientRect());
          return box.width === 0 || box.left < column.left - 1 || box.right > column.right + 1;
        }).map((image) => image.alt)`);
      });
      expect(outside, `${width} px`).toEqual([]);
    }
  });

  test.each(names)(
    'no letter in %s is smaller than 13 px, but raised ones and reading aids',
    async (_, sample) => {
      const small = await show(await mailOf(sample), { width: 390 }, (page) =>
        page.evaluate<string[]>(`(${SMALL_TEXT})()`),
      );
      expect(small).toEqual([]);
    },
  );

  test.each(names)('links in %s that stand alone can be tapped (WCAG 2.5.8)', async (_, sample) => {
    const low = await show(await mailOf(sample), { width: 390 }, (page) =>
      page.evaluate<
        string[]
      >(`[...document.querySelectorAll(".foot a, .contents a, .neighbours a, .signature a, .button a")]
        .filter((link) => link.getBoundingClientRect().height < 24).map((link) => link.textContent)`),
    );
    expect(low).toEqual([]);
  });

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
