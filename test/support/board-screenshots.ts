// `node --import ./test/support/typescript.mjs test/support/board-screenshots.ts <folder> [part of a name]`: pictures of the dashboard, to
// look at: in mid-send, in trouble, empty, by day and by night, on a desk and on a phone.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser } from 'playwright-core';
import { takeOverview } from '../../src/actions/overview.ts';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../src/domain/instant.ts';
import type { DaySample, Sample } from '../../src/domain/overview.ts';
import { sampleOf } from '../../src/domain/sample.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { subscriberIdOf } from '../../src/domain/subscriber.ts';
import { findChromium } from '../compose/find-chromium.ts';
import { openBoardWorld, type BoardWorld } from '../web/admin/board-world.ts';
import { addressOf } from './app.ts';

const VIEWS = {
  desk: { width: 1440, height: 900, colorScheme: 'light' },
  dark: { width: 1440, height: 900, colorScheme: 'dark' },
  phone: { width: 390, height: 844, colorScheme: 'light' },
} as const;
type View = keyof typeof VIEWS;

const [folder = 'board-screenshots', only = ''] = process.argv.slice(2);
const executablePath = findChromium();
if (executablePath === undefined) throw new Error('No Chromium found. Set CHROMIUM_PATH.');
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });

await emptyBoard();
await busyBoard();
await browser.close();

async function emptyBoard(): Promise<void> {
  const world = await openBoardWorld({ withoutWorkers: true });
  await shoot(browser, world, 'empty', '/admin', ['desk', 'phone']);
  await world.close();
}

function soon(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString();
}

async function busyBoard(): Promise<void> {
  let mails = 0;
  const world = await openBoardWorld({
    script({ at, to }) {
      if (at !== 'rcpt' && at !== 'body') return undefined;
      const [address = ''] = to;
      if (at === 'rcpt' && address.endsWith('@slow.example')) return '451 4.7.1 Greylisted, try again later';
      if (at === 'rcpt' && address.startsWith('gone')) return '550 5.1.1 No such user here';
      mails += at === 'body' ? 1 : 0;
      return at === 'body' ? { reply: '250 2.0.0 Ok: queued', afterMs: mails > 150 ? 400 : 3 } : undefined;
    },
  });
  const { t } = world;
  await t.write('garden-letters', 'timezone: Europe/London\nevery: 1d', {
    '01-frost': 'title: The first frost',
    '02-thaw': 'title: The thaw',
    '03-seed': 'title: A seed',
    '04-spring': `title: A spring to come\ndate: ${soon(3)}`,
    '05-summer': `title: High summer\ndate: ${soon(10)}`,
    '06-late': `title: Late light\ndate: ${soon(60)}`,
  });
  await t.write('茶信', 'language: zh-Hant\ntimezone: Asia/Taipei\nevery: 0', {
    '01-葉': 'title: 一片葉子',
    '02-水': 'title: 一壺水',
    '03-杯': `title: 一只空杯\ndate: ${soon(5)}`,
  });
  await t.join('garden-letters', ...Array.from({ length: 140 }, (_, n) => `ash${n}`));
  await t.join(
    'garden-letters',
    ...Array.from({ length: 14 }, (_, n) => `gone${n}@gone.example`),
    ...Array.from({ length: 9 }, (_, n) => `slow${n}@slow.example`),
  );
  await t.schedule('garden-letters');
  await sleep(4_000);
  await t.leave('garden-letters', 'ash3');
  await t.join(
    '茶信',
    ...Array.from({ length: 320 }, (_, n) => `mei${n}`),
    ...Array.from({ length: 12 }, (_, n) => `late${n}@slow.example`),
  );
  await t.schedule('茶信');
  await sleep(2_500);
  await past(world);
  await shoot(browser, world, 'overview', '/admin', ['desk', 'dark', 'phone']);
  await shoot(browser, world, 'overview-zh', '/admin?lang=zh-Hant', ['desk', 'phone']);
  await shoot(browser, world, 'series', '/admin/series/garden-letters', ['desk', 'phone']);
  await shoot(browser, world, 'issue', '/admin/series/garden-letters/frost', ['desk', 'dark', 'phone']);
  await shoot(
    browser,
    world,
    'issue-zh',
    `/admin/series/${encodeURIComponent('茶信')}/${encodeURIComponent('葉')}?lang=zh-Hans`,
    ['desk'],
  );
  const reader = (name: string) => `/admin/readers/${subscriberIdOf(addressOf(name), t.app.salt)}`;
  await shoot(browser, world, 'reader', reader('ash1'), ['desk', 'phone']);
  await shoot(browser, world, 'reader-slow', reader('slow1@slow.example'), ['desk']);
  await shoot(browser, world, 'reader-zh', `${reader('gone1@gone.example')}?lang=zh-Hant`, ['desk']);
  await shoot(browser, world, 'search', '/admin/readers', ['desk']);
  await shoot(browser, world, 'ask', '/admin/act/pause/garden-letters', ['desk']);
  await t.app.store.transport.recordTrouble(
    'the mail server refuses the password: 535 5.7.8 Authentication failed',
    HOUR_MS,
  );
  await shoot(browser, world, 'trouble', '/admin', ['desk', 'phone']);
  await world.close();
}

/** An hour and two months that end with how things are. */
async function past(world: BoardWorld): Promise<void> {
  const now = sampleOf(await takeOverview(world.t.app));
  const redis = world.t.redis.redis();
  await redis.del('pw:samples', 'pw:days');
  const samples: Sample[] = [];
  for (let at = now.at - HOUR_MS; at < now.at - 5 * SECOND_MS; at += 10 * SECOND_MS) {
    const part = (at - now.at + HOUR_MS) / HOUR_MS;
    const wave = part < 0.35 ? 0 : Math.min(1, (part - 0.35) / 0.6);
    const grown = (n: number, scale: number) =>
      Math.round(n - n * 40 * scale + n * 40 * scale * Math.min(1, wave));
    const totals = {
      accepted: grown(now.accepted, 1),
      deferrals: grown(now.deferrals, 1),
      rejected: grown(now.rejected, 0.2),
      doubts: 0,
    };
    samples.push({
      at,
      ...totals,
      due: Math.round(now.due * (part < 0.35 ? 0 : 14 * (1 - wave) + 1)),
      tickets: 0,
      series: { ['garden-letters' as SeriesId]: totals },
    });
  }
  const days: DaySample[] = Array.from({ length: 60 }, (_, n) => ({
    day: new Date(now.at - (60 - n) * DAY_MS).toISOString().slice(0, 10),
    joined: Math.round(120 + n * n * 0.12),
    left: Math.round(n * 0.5),
    bounced: Math.round(n / 8),
  }));
  await world.remember({ samples, days });
}

async function shoot(
  browser: Browser,
  world: BoardWorld,
  name: string,
  path: string,
  views: readonly View[],
) {
  for (const view of views) {
    const file = `${name}-${view}`;
    if (!file.includes(only)) continue;
    const { colorScheme, ...viewport } = VIEWS[view];
    const context = await browser.newContext({ viewport, colorScheme });
    const [cookieName = '', value = ''] = world.admin.cookie.split('=');
    await context.addCookies([{ name: cookieName, value, url: world.url }]);
    const page = await context.newPage();
    await page.goto(`${world.url}${path}`);
    await sleep(600);
    await page.screenshot({ path: join(folder, `${file}.png`), fullPage: true });
    await context.close();
  }
}
