// `node --import ./test/support/typescript.mjs test/support/admin-screenshots.ts <folder>`: pictures of the dashboard, to look at.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { createWeb, startWeb } from '../../src/web/server.ts';
import { findChromium } from '../compose/find-chromium.ts';
import { ADMIN_SECRET, signIn } from './admin-visitor.ts';
import { openDoor } from './door.ts';

const VIEWS = [
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 390, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const;
const OUTSIDE = { 'sign-in': '/admin/sign-in', 'sign-in-zh': '/admin/sign-in?lang=zh-Hant' };
const INSIDE = {
  overview: '/admin',
  'overview-zh': '/admin?lang=zh-Hant',
  'sign-out-everywhere': '/admin/sign-out-everywhere',
  missing: '/admin/nowhere',
  queues: '/admin/queues',
  'queues-letters': '/admin/queues/queue/letters',
};

const [folder = 'admin-screenshots', only = ''] = process.argv.slice(2);
const executablePath = findChromium();
if (executablePath === undefined) throw new Error('No Chromium found. Set CHROMIUM_PATH.');

const door = await openDoor({ PARTWORK_ADMIN_SECRET: ADMIN_SECRET });
const server = await startWeb(createWeb({ ...door.tools, baseUrl: 'http://localhost' }), 0);
const url = `http://localhost:${server.port}`;
const { cookie } = await signIn(url);
const enter = `/admin/enter/${await door.tools.store.adminSessions.invite()}`;
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
await mkdir(folder, { recursive: true });
await shoot({ ...OUTSIDE, enter }, {});
await shoot(INSIDE, { Cookie: cookie });
await browser.close();
await server.close();
await door.close();

async function shoot(pages: Record<string, string>, extraHTTPHeaders: Record<string, string>): Promise<void> {
  for (const [name, path] of Object.entries(pages).filter(([one]) => one.includes(only))) {
    for (const { width, colorScheme } of VIEWS) {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, extraHTTPHeaders });
      await page.goto(url + path, { waitUntil: 'networkidle' });
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      await page.close();
    }
  }
}
