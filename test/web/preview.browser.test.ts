import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { headerFields } from '../../src/app/header-fields.ts';
import { LiveContent } from '../../src/cli/preview/live-content.ts';
import { loadConfig } from '../../src/config.ts';
import { createPreviewPages } from '../../src/web/preview/preview-pages.tsx';
import { startWeb, type WebServer } from '../../src/web/server.ts';
import { findChromium } from '../compose/find-chromium.ts';

const executablePath = findChromium();
const reason = executablePath === undefined ? ' (skipped: no Chromium found, set CHROMIUM_PATH)' : '';
const FLAGS =
  '--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run';
const LONG = Array.from({ length: 60 }, (_, n) => `Paragraph ${n} about the bed by the wall.`).join('\n\n');

let folder: string;
let browser: Browser;
let page: Page;
let live: LiveContent;
let web: WebServer;
let closing: AbortController;
let stranger: Server;
let strangerUrl: string;
let strangersCalls: number;
let answered: string[];
const bugs: unknown[] = [];
const noteBug = (error: unknown) => void bugs.push(error);

const write = async (name: string, text: string) => {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), text);
};
const at = (path: string) => `http://127.0.0.1:${web.port}${path}`;
const FROST = '/issue/garden/frost';
/** Playwright's own waiting would need the page to allow `eval`. */
const inPage = (script: string) => () => page.evaluate<unknown>(script);
const SOON = { timeout: 10_000 };
const MAIL_TEXT = `[...document.querySelectorAll('iframe:not(.coming)')].map((frame) => frame.contentDocument?.body?.textContent).join()`;
const show = async (path: string) => {
  await page.goto(at(path));
  await expect.poll(inPage('document.querySelector("iframe")?.style.height'), SOON).toMatch(/px/);
};

async function openWeb(port: number): Promise<WebServer> {
  closing = new AbortController();
  const { preview } = live;
  const pages = createPreviewPages({
    overview: () => preview.overview(),
    find: (series, issue) => preview.find(series, issue),
    findImage: (issue, url) => live.findImage(issue, url),
    headerFields,
    subscribe: (listener) => preview.subscribe(listener),
    onBug: noteBug,
    closing: closing.signal,
  });
  return startWeb(pages, port, { hostname: '127.0.0.1' });
}

describe.skipIf(executablePath === undefined)(`the preview in a browser${reason}`, () => {
  beforeAll(async () => {
    browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: FLAGS.split(' '),
    });
    stranger = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
    stranger.on('connection', () => strangersCalls++);
    await once(stranger, 'listening');
    strangerUrl = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await browser?.close();
    stranger?.close();
  });

  beforeEach(async () => {
    strangersCalls = 0;
    answered = [];
    folder = await mkdtemp(join(tmpdir(), 'partwork-browser-'));
    await write(
      'content/garden/_index.md',
      '---\ntitle: Garden Letters\nfrom: Garden <garden@example.com>\n---\n',
    );
    await write('content/garden/01-frost.md', `---\ntitle: Frost\n---\n\nThe first frost.\n\n${LONG}\n`);
    await write('content/garden/02-thaw.md', '---\ntitle: Thaw\n---\n\nThe thaw. {{< unknown >}}\n');
    await write(
      'content/tea/_index.md',
      '---\ntitle: 茶\nlanguage: zh-Hant\nfrom: Garden <garden@example.com>\n---\n',
    );
    await write('content/tea/01-leaf.md', '---\ntitle: 一片葉子\n---\n\n先說一件事。\n');
    const config = loadConfig(folder, { SITE_URL: 'https://blog.example.com' });
    if (Array.isArray(config)) throw new Error('The settings are wrong.');
    live = new LiveContent({ folder, config, withDrafts: false, onBug: noteBug, onDeaf: noteBug });
    await live.open();
    web = await openWeb(0);
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    // What a policy has blocked is a request, too, but has no answer.
    page.on('response', (response) => answered.push(response.url()));
  });
  afterEach(async () => {
    await page.close();
    closing.abort();
    await web.close();
    await live.close();
    await rm(folder, { recursive: true, force: true });
    const met = bugs.splice(0);
    if (met.length > 0) throw new AggregateError(met, 'The preview met a bug.');
  });

  test('asks nobody else for anything, whatever a post and a template say, and whatever is clicked', async () => {
    const own = await readFile('templates/issue.mjml.liquid', 'utf8');
    const raw = `<mj-raw><link rel="stylesheet" href="${strangerUrl}/style.css"><link rel="prefetch" href="${strangerUrl}/pre"><link rel="preconnect" href="${strangerUrl}"><base href="${strangerUrl}/"><script src="${strangerUrl}/script.js"></script><meta http-equiv="refresh" content="1; url=${strangerUrl}/refresh"><style>@import url("${strangerUrl}/import.css"); .desk { background: url("${strangerUrl}/ground.png") }</style></mj-raw></mj-head>`;
    await write('templates/issue.mjml.liquid', own.replace('</mj-head>', raw));
    await write(
      'content/garden/01-frost.md',
      `---\ntitle: Frost\nimage: ${strangerUrl}/hero.png\nimage_alt: A bed\n---\n\n![A bed](${strangerUrl}/bed.png)\n\n<video src="${strangerUrl}/film.mp4" poster="${strangerUrl}/still.png"></video>\n\n<iframe src="${strangerUrl}/frame"></iframe>\n\n[A link](${strangerUrl}/link)\n`,
    );
    await live.preview.reload('all');
    await show(FROST);
    await expect.poll(inPage(MAIL_TEXT), SOON).toContain('A link');
    const link = page.frameLocator('iframe').getByRole('link', { name: 'A link' });
    // A mail that is shown anew as it is clicked has not been clicked.
    await vi.waitFor(async () => {
      await link.click();
      await page.getByText(`This link leads to ${strangerUrl}/link`).waitFor({ timeout: 2_000 });
    }, 30_000);
    await link.evaluate((element) => element.removeAttribute('target'));
    await link.click();
    // Longer than the page would wait before it followed its own refresh.
    await page.waitForTimeout(1_500);
    expect(answered.filter((url) => !url.startsWith(at('/')) && !url.startsWith('data:'))).toEqual([]);
    expect(strangersCalls).toBe(0);
    expect(await page.title()).toContain('Frost');
  });

  test('nothing in a mail runs', async () => {
    const own = await readFile('templates/issue.mjml.liquid', 'utf8');
    const script =
      '<mj-raw><script>parent.document.title = "ran"</script><img src="data:," onerror="parent.document.title = \'ran\'"></mj-raw>';
    await write('templates/issue.mjml.liquid', own.replace('<mj-column>', `<mj-column>${script}`));
    await live.preview.reload('all');
    await show(FROST);
    await expect.poll(inPage(MAIL_TEXT), SOON).toContain('The first frost.');
    expect(await page.title()).toBe('Frost · Partwork preview');
  });

  test('follows what is saved, and stays where the writer is reading', async () => {
    await show(FROST);
    await page.evaluate('scrollTo(0, 700)');
    await page.evaluate(
      'globalThis.least = 700; addEventListener("scroll", () => (least = Math.min(least, scrollY)))',
    );
    await write('content/garden/01-frost.md', `---\ntitle: Hoar frost\n---\n\nA colder frost.\n\n${LONG}\n`);
    await expect.poll(inPage(MAIL_TEXT), SOON).toContain('A colder frost.');
    expect(await page.evaluate('[least, scrollY]')).toEqual([700, 700]);
    await page.getByRole('heading', { level: 1, name: 'Hoar frost' }).waitFor();
    await expect.poll(inPage('document.querySelectorAll("iframe").length'), SOON).toBe(1);
  });

  test('shows what is broken as it happens, and the mail again when it is mended', async () => {
    await show(FROST);
    await write('content/garden/01-frost.md', '---\ntitle: "Frost\n---\n\nThe frost.\n');
    await expect.poll(inPage('document.body.textContent'), SOON).toContain('There is no mail to show');
    await write('content/garden/01-frost.md', '---\ntitle: Frost\n---\n\nThe mended frost.\n');
    await expect.poll(inPage(MAIL_TEXT), SOON).toContain('The mended frost.');
  });

  test('says when it has gone, and goes on when it is back', async () => {
    await show(FROST);
    const { port } = web;
    closing.abort();
    await web.close();
    await page.getByText('The preview does not answer.').waitFor();
    web = await openWeb(port);
    await page.getByText('The preview does not answer.').waitFor({ state: 'hidden' });
    await write('content/garden/01-frost.md', '---\ntitle: Frost\n---\n\nA frost that came back.\n');
    await expect.poll(inPage(MAIL_TEXT), SOON).toContain('A frost that came back.');
  });

  test('is worked by keys, and keeps in its address what was chosen', async () => {
    await show(FROST);
    for (const [key, address] of [
      ['d', `${FROST}?width=desktop`],
      ['l', `${FROST}?width=desktop&scheme=dark`],
      ['j', '/issue/garden/thaw?width=desktop&scheme=dark'],
      ['k', `${FROST}?width=desktop&scheme=dark`],
      ['ArrowRight', '/issue/garden/thaw?width=desktop&scheme=dark'],
      ['4', '/issue/garden/thaw?tab=problems&width=desktop&scheme=dark'],
      ['1', '/issue/garden/thaw?width=desktop&scheme=dark'],
      ['p', '/issue/garden/thaw?scheme=dark'],
    ] as const) {
      await page.keyboard.press(key);
      await page.waitForURL(at(address));
    }
    await page.goBack();
    await page.waitForURL(at('/issue/garden/thaw?width=desktop&scheme=dark'));
    await page.reload();
    await expect.poll(inPage(MAIL_TEXT), SOON).toContain('The thaw.');
    expect(await page.locator('iframe').getAttribute('class')).toBe('mail desktop dark');

    await page.getByRole('button', { name: 'Keys' }).click();
    await page.keyboard.press('k');
    await page.waitForTimeout(200);
    expect(page.url()).toContain('thaw');
  });

  test('keys work while the mail has the focus, too', async () => {
    await show(FROST);
    await page.frameLocator('iframe').getByText('The first frost.', { exact: true }).click();
    await page.keyboard.press('j');
    await expect.poll(inPage('location.pathname'), SOON).toBe('/issue/garden/thaw');
  });

  test('a mail is as wide as the screen that was chosen, as tall as it needs, and light or dark whatever the browser prefers', async () => {
    for (const [width, px] of [
      ['phone', 390],
      ['desktop', 700],
    ] as const) {
      await show(`${FROST}?width=${width}`);
      const measured = await page.evaluate<[number, boolean]>(
        `[document.querySelector('iframe').contentWindow].map((mail) => [mail.innerWidth, mail.document.documentElement.scrollHeight > mail.innerHeight])[0]`,
      );
      expect([width, ...measured]).toEqual([width, px, false]);
    }
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme === 'light' ? 'dark' : 'light' });
      await show(`${FROST}?scheme=${scheme}`);
      const ground = await page.evaluate<string>(
        `getComputedStyle(document.querySelector('iframe').contentDocument.body).backgroundColor`,
      );
      const [red = 0] = (/\d+/.exec(ground) ?? []).map(Number);
      expect(red > 128 ? 'light' : 'dark').toBe(scheme);
    }
  });

  test('nothing sticks out, and axe finds nothing, on wide and narrow screens, in light and dark', async () => {
    await write('partwork.yaml', 'colour: green\n');
    await expect.poll(() => live.preview.overview().settings.length, SOON).toBeGreaterThan(0);
    const tabs = ['mail', 'text', 'headers', 'problems'];
    for (const path of tabs.map((tab) => `/issue/garden/thaw?tab=${tab}`)) {
      await page.goto(at(path));
      for (const width of [320, 390, 900]) {
        await page.setViewportSize({ width, height: 800 });
        expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, width]);
      }
    }
    for (const path of [...tabs.map((tab) => `/issue/tea/leaf?tab=${tab}`), '/problems', '/issue/tea/none'])
      expect(await violations(path)).toEqual([]);
  });
});

const AXE = `axe.run(document, { iframes: false }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))`;

async function violations(path: string): Promise<string[]> {
  const found: string[] = [];
  await page.goto(at(path));
  await page.waitForLoadState('load');
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const here = await page.evaluate<string[]>(AXE);
      found.push(...here.map((violation) => `${path} (${width} px, ${colorScheme}) ${violation}`));
    }
  }
  return found;
}
