import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SeriesId } from '../../../src/domain/series.ts';
import { startWeb, type WebServer } from '../../../src/web/server.ts';
import { drawPart } from '../../support/drawn-part.ts';
import { describeWithBrowser, phoneTroubles, violations } from '../../support/browser.ts';
import { EVERYTHING, EVERYTHING_IN_CHINESE } from './everything.ts';
import { openPublicSite, type PublicSite } from './public-site.ts';

let site: PublicSite;
let server: WebServer;

const PATIENCE_MS = 60_000;
const TEA = encodeURIComponent('茶');
const LEAF = `/s/${TEA}/${encodeURIComponent('葉')}`;
/** Each would say so if it ran. */
const ATTACK = `"><script>window.ran=1</script><img src=x onerror="window.ran=1"><svg onload=window.ran=1>' onmouseover='window.ran=1`;

beforeAll(async () => {
  site = await openPublicSite();
  await site.writeFiles('everything', {
    '_index.md':
      '---\ntitle: Everything there is\ndescription: One of each.\nevery: mon,thu\npaces: [1w, 2w]\n---\n',
    '01-everything.md': EVERYTHING,
    '02-second.md': '---\ntitle: Second\n---\n\nThe second.\n',
    '03-later.md': '---\ntitle: Later\ndate: 2999-01-01\n---\n\nLater.\n',
  });
  await site.writeFiles('茶', {
    '_index.md':
      '---\ntitle: 一片葉子的長長的一生\ndescription: 從茶樹到茶杯。\nlanguage: zh-Hant\nevery: 0\n---\n',
    '01-葉.md': EVERYTHING_IN_CHINESE,
  });
  await site.writeFiles('attack', {
    '_index.md': '---\ntitle: Attack\nevery: 1d\n---\n',
    '01-post.md': `---\ntitle: Post\n---\n\n${ATTACK}\n\n<iframe srcdoc="<script>parent.ran=1</script>"></iframe>\n\n[x](javascript:window.ran=1)\n`,
    '02-other.md': `---\ntitle: Other\n---\n\nx\n`,
  });
  for (const series of ['everything', '茶', 'attack']) {
    const answer = await site.schedule(series);
    if (answer !== 'scheduled') throw new Error(answer);
  }
  await attackInWords();
  server = await startWeb(site.web, 0, { hostname: '127.0.0.1' });
}, PATIENCE_MS);

afterAll(async () => {
  await server.close();
  await site.close();
});

/** Puts the attack wherever the ledger has words of a writer; the lint would not let all of it pass. */
async function attackInWords(): Promise<void> {
  const { plans, rendered } = site.app.store;
  const plan = await plans.find('attack' as SeriesId);
  if (plan === undefined) throw new Error('There is no plan.');
  const issues = await Promise.all(
    plan.issues.map(async (planned) => {
      const issue = await rendered.get(planned.rendered);
      const image = { url: `https://blog.example.com/a.png${ATTACK}`, alt: ATTACK };
      const source = { url: 'https://example.org/', name: ATTACK };
      const page = { ...issue.page, title: ATTACK, description: ATTACK, image, source };
      const hash = `attack-${planned.id}`;
      await rendered.keep({ ...issue, hash, page });
      return { ...planned, title: ATTACK, rendered: hash };
    }),
  );
  const from = { ...plan.about.from, name: ATTACK };
  const about = { ...plan.about, description: ATTACK, from };
  const attacked = { ...plan, title: ATTACK, about, issues, revision: plan.revision + 1, moves: [] };
  expect(await plans.commit(attacked)).toBe(true);
}

const PATHS = [
  '/',
  '/s/everything',
  '/s/everything/everything',
  '/s/everything/second',
  '/s/everything/later',
  `/s/${TEA}`,
  LEAF,
  '/s/nothing',
];

/** Two or three of them each time. */
const PART = drawPart();
const IN_CHINESE = PATHS.filter((_, nth) => PART.isIn(nth, 0) || PART.isIn(nth, 3)).map(
  (path) => `${path}?lang=zh-Hant`,
);

const isOurs = (origin: string): boolean =>
  origin === `http://127.0.0.1:${server.port}` || origin === 'https://blog.example.com';

/** Opens a page, and says what it asked for. */
async function visit(page: Page, path: string): Promise<string[]> {
  const asked: string[] = [];
  // Answered here, so that nothing waits for a network there is not.
  await page.route(/^https?:\/\/(?!127\.0\.0\.1)/, (route) => route.fulfill({ status: 204 }));
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`http://127.0.0.1:${server.port}${path}`, { waitUntil: 'networkidle' });
  return asked;
}

describeWithBrowser('everybody’s pages', (open) => {
  test.each([...PATHS, ...IN_CHINESE])(
    `are for everybody, by light and by dark, fit a phone, and ask nobody but us and the blog: %s (${PART.name})`,
    async (path) => {
      const page = await open({ viewport: { width: 1280, height: 800 } });
      const asked = await visit(page, path);
      expect(await violations(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 800 });
      expect(await phoneTroubles(page)).toEqual([]);
      const origins = new Set(asked.map((url) => new URL(url).origin).filter((origin) => origin !== 'null'));
      expect([...origins].filter((origin) => !isOurs(origin))).toEqual([]);
      expect(asked.some((url) => url.endsWith('/style.css'))).toBe(true);
    },
  );

  test.each([
    '/',
    '/s/attack',
    '/s/attack/post',
    '/s/attack/other',
    '/s/attack/nothing',
    '/s/attack?lang=zh-Hant',
  ])('run nothing that a writer has put into words: %s', async (path) => {
    const page = await open({ bypassCSP: true });
    await visit(page, path);
    expect(await page.textContent('body')).toContain('window.ran=1');
    await page.mouse.move(100, 100);
    expect(await page.evaluate<unknown>('window.ran')).toBeUndefined();
    expect(
      await page.evaluate<number>(
        `document.querySelectorAll('script, iframe, [onerror], [onload], [onmouseover], a[href^="javascript:"]').length`,
      ),
    ).toBe(0);
  });

  test('go on in the language that was chosen', async () => {
    const page = await open();
    await visit(page, LEAF);
    await page.getByRole('link', { name: 'English' }).click();
    expect(new URL(page.url()).pathname).toBe(LEAF);
    await page.getByRole('link', { name: /^All issues of/ }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  test('lead from a note’s mark to the note and back', async () => {
    const page = await open();
    await visit(page, '/s/everything/everything');
    await page.locator('.note-mark', { hasText: '[2]' }).click();
    expect(new URL(page.url()).hash).toBe('#note-2');
    await page.locator('#note-2 .note-back').click();
    expect(new URL(page.url()).hash).toBe('#note-mark-2');
  });

  test('scroll what is wide by itself', async () => {
    const page = await open({ viewport: { width: 390, height: 800 } });
    await visit(page, '/s/everything/everything');
    const wide = await page.evaluate<boolean[]>(
      `['.wide', 'pre'].map((name) => { const box = document.querySelector(name); return box.scrollWidth > box.clientWidth; })`,
    );
    expect(wide).toEqual([true, true]);
  });
});
