// `node --import ./test/support/typescript.mjs test/support/page-screenshots.ts <folder>`: pictures of everybody's pages, to look at.
import { readFile } from 'node:fs/promises';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { startWeb } from '../../src/web/server.ts';
import { findChromium } from '../compose/find-chromium.ts';
import { EVERYTHING, EVERYTHING_IN_CHINESE } from '../web/pages/everything.ts';
import { openPublicSite } from '../web/pages/public-site.ts';

const VIEWS = [
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 390, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const;
const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="700"><rect width="100%" height="100%" fill="#8fa58a"/><circle cx="850" cy="300" r="160" fill="#d8c27a"/></svg>';

const [folder = 'page-screenshots', only = ''] = process.argv.slice(2);
const executablePath = findChromium();
if (executablePath === undefined) throw new Error('No Chromium found. Set CHROMIUM_PATH.');

const site = await openPublicSite();
await copyExample('night-sky');
await copyExample('tea-notes');
await site.writeFiles('everything', {
  '_index.md':
    '---\ntitle: Everything there is\ndescription: One of each.\nevery: mon,thu\npaces: [1w, 2w]\n---\n',
  '01-everything.md': EVERYTHING,
  '02-later.md': '---\ntitle: Later\ndate: 2027-01-01\n---\n\nLater.\n',
});
await site.writeFiles('茶', {
  '_index.md':
    '---\ntitle: 葉\ndescription: 一片葉子的一生，從茶樹到茶杯。\nlanguage: zh-Hant\nevery: 0\n---\n',
  '01-葉.md': EVERYTHING_IN_CHINESE,
});
for (const series of ['night-sky', 'tea-notes', 'everything', '茶']) await site.schedule(series);

const server = await startWeb(site.web, 0, { hostname: '127.0.0.1' });
const PAGES = {
  home: '/',
  'home-zh': '/?lang=zh-Hant',
  sky: '/s/night-sky',
  tea: '/s/tea-notes',
  'sky-3': '/s/night-sky/red-shoulder-blue-foot',
  'tea-2': '/s/tea-notes/mountain-mist',
  everything: '/s/everything/everything',
  leaf: `/s/${encodeURIComponent('茶')}/${encodeURIComponent('葉')}`,
  missing: '/s/night-sky/nothing',
};

await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
for (const [name, path] of Object.entries(PAGES)) if (name.includes(only)) await shoot(browser, name, path);
await browser.close();
await server.close();
await site.close();

async function shoot(browser: Browser, name: string, path: string): Promise<void> {
  for (const { width, colorScheme } of VIEWS) {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    await page.route('https://blog.example.com/**', async (route) => {
      const body = await readFile(join('content', new URL(route.request().url()).pathname)).catch(
        () => undefined,
      );
      await route.fulfill(body === undefined ? { contentType: 'image/svg+xml', body: PICTURE } : { body });
    });
    await page.goto(`http://127.0.0.1:${server.port}${path}`, { waitUntil: 'networkidle' });
    await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    await page.close();
  }
}

async function copyExample(series: string): Promise<void> {
  const { readdir } = await import('node:fs/promises');
  const files = await readdir(join('content', series));
  const texts = await Promise.all(
    files.map(async (file) => [file, await readFile(join('content', series, file), 'utf8')] as const),
  );
  await site.writeFiles(series, Object.fromEntries(texts));
}
