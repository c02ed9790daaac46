import { beforeAll, afterAll, expect, test } from 'vitest';
import { drawPart } from '../support/drawn-part.ts';
import { describeWithBrowser } from '../support/browser.ts';
import { GARDEN_SITE } from '../support/garden-site.ts';
import { formsIn, urlsIn } from '../support/page-forms.ts';
import { patiently } from '../support/patiently.ts';
import { changesBetween, dumpWithoutWatch, lastingDump, type RedisDump } from '../support/redis-dump.ts';
import { isLinkedTo, linkIn } from '../support/received-mail.ts';
import { openPartwork, type RunningPartwork } from '../support/running-partwork.ts';
import { fromAnotherNetwork, openSignupForm, subscribe } from '../support/web-visitor.ts';

const READER = 'ash@example.com';
const LEAVER = 'bay@example.com';
const FINISHER = 'cob@example.com';
const ASKER = 'elm@example.com';

let partwork: RunningPartwork;
let quiet: RedisDump;
/** Where a crawl begins: every address in every mail, and the doors that none of them names. */
let seeds: string[];
let subjects: string[];

beforeAll(async () => {
  partwork = await openPartwork({ files: GARDEN_SITE });
  await partwork.start('up');
  await partwork.command('schedule', 'garden', '--yes');
  await partwork.command('schedule', '茶信', '--every', '0', '--yes');
  const form = await openSignupForm(partwork, 'garden');
  const teaForm = await openSignupForm(partwork, '茶信');

  const { issue } = await subscribe(partwork, form, READER);
  await fetch(`${linkIn(issue, 'm')}/data`, { method: 'POST', redirect: 'manual' });
  await partwork.waitForMail(READER, isLinkedTo('d'));
  const left = await subscribe(partwork, form, LEAVER);
  await fetch(linkIn(left.issue, 'u'), { method: 'POST' });
  await partwork.waitForMail(LEAVER, ({ subject }) => subject.includes('You have left'));
  await subscribe(partwork, teaForm, FINISHER);
  await partwork.waitForMail(FINISHER, ({ subject }) => subject.includes('已經全部寄完'));
  await partwork.command('subscribers', 'add', ASKER, '--series', 'garden', '--confirmed');
  await form({ address: ASKER }, fromAnotherNetwork());
  await partwork.waitForMail(ASKER, ({ subject }) => subject.includes('already subscribed'));
  await form({ address: 'dew@example.com' }, fromAnotherNetwork());
  await partwork.waitForMail('dew@example.com', isLinkedTo('c'));

  const mails = await partwork.mails();
  subjects = mails.map(({ subject }) => subject);
  const unnamed = [
    '/',
    '/robots.txt',
    '/sitemap.xml',
    '/healthz',
    '/metrics',
    '/proof.js',
    '/api/form/garden',
    '/api/subscribe/garden',
    '/s/garden/subscribe',
  ];
  seeds = [...mails.flatMap(({ urls }) => urls), ...unnamed.map((path) => partwork.url + path)];
  // From here on nothing changes by itself: only pages run.
  await partwork.stop();
  await partwork.start('serve');
  quiet = await lastingDump(partwork.redis);
}, 300_000);
afterAll(() => partwork?.close());

const changes = async () => changesBetween(quiet, await dumpWithoutWatch(partwork.redis));
const isOurs = (url: string): boolean => url.startsWith(`${partwork.url}/`) || url === partwork.url;

test('the mails that are looked at are of every kind', () => {
  for (const part of [
    'Please confirm',
    '請確認',
    'already subscribed',
    'Welcome to',
    '歡迎',
    'You have left',
    '已經全部寄完',
    'The data kept about you',
    'The first frost',
    '一只空杯',
  ]) {
    expect(subjects.filter((subject) => subject.includes(part))).not.toEqual([]);
  }
});

test('a dump shows any change at all', async () => {
  await partwork.redis.set('probe', '1');
  expect(await changes()).toHaveLength(1);
  await partwork.redis.pexpire('probe', 60_000);
  expect((await changes())[0]).toContain('"expires":true');
  await partwork.redis.del('probe');
  expect(await changes()).toEqual([]);
});

/** Ways in which programs look at links: scanners, previews, browsers that fetch ahead. */
const LOOKS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['GET', {}],
  ['HEAD', {}],
  ['OPTIONS', {}],
  ['OPTIONS', { Origin: 'https://evil.example.net', 'Access-Control-Request-Method': 'POST' }],
  [
    'GET',
    { Purpose: 'prefetch', 'Sec-Purpose': 'prefetch;prerender', 'X-Moz': 'prefetch', 'X-Purpose': 'preview' },
  ],
  ['GET', { 'X-HTTP-Method-Override': 'POST', 'X-HTTP-Method': 'DELETE', 'X-Method-Override': 'POST' }],
  ['GET', { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' }],
];

/** Every page names itself in each language: one that was asked for stands for the others where each look takes long. */
const isInAnotherLanguage = (url: string): boolean => /[?&]lang=(?:en|zh-Hans)\b/.test(url);

/** Every address is asked for plainly, and in one or two of the other ways; the browser opens a sixth of all. */
const PART = drawPart();
const looksAt = (nth: number) => LOOKS.filter((_, look) => look === 0 || PART.isIn(nth, look));

/** Follows every address it is shown, posts nothing, and presses no button but as a GET. */
async function crawl(): Promise<string[]> {
  const seen = new Set<string>();
  const queue = seeds.filter(isOurs);
  for (let url = queue.pop(); url !== undefined; url = queue.pop()) {
    if (seen.has(url)) continue;
    seen.add(url);
    for (const [method, headers] of isInAnotherLanguage(url) ? LOOKS.slice(0, 1) : looksAt(seen.size)) {
      const response = await patiently(() => fetch(url, { method, headers, redirect: 'manual' }));
      const body = await response.text();
      expect([method, url, response.status < 500]).toEqual([method, url, true]);
      const next = [response.headers.get('location') ?? '', ...(method === 'GET' ? linksOn(url, body) : [])];
      queue.push(
        ...next
          .filter((one) => one !== '')
          .map((one) => withoutHash(one, url))
          .filter(isOurs),
      );
    }
  }
  return [...seen];
}

/** Also what a form would ask for if it were one that is sent by GET. */
const linksOn = (url: string, html: string): string[] => [
  ...urlsIn(html, url),
  ...formsIn(html, url).flatMap(({ action, fields }) => {
    const asked = new URL(action);
    for (const { name, value } of fields) asked.searchParams.set(name, value);
    return [action, ...(fields.some(({ name }) => name === 'stamp') ? [] : [asked.href])];
  }),
];

const withoutHash = (url: string, base: string): string =>
  Object.assign(new URL(url, base), { hash: '' }).href;

let crawled: string[] = [];

test(
  `every address in every mail and on every page, fetched in ways that only look (${PART.name})`,
  { timeout: 300_000 },
  async () => {
    crawled = await crawl();
    for (const door of ['/c/', '/u/', '/m/', '/d/', '/s/', '/api/']) {
      expect(crawled.filter((url) => new URL(url).pathname.startsWith(door))).not.toEqual([]);
    }
    expect(crawled.length).toBeGreaterThan(60);
    expect(await changes()).toEqual([]);
  },
);

describeWithBrowser(`a browser with scripts on (${PART.name})`, (open) => {
  test('opens its part of them, looks at all of it, and changes nothing', { timeout: 600_000 }, async () => {
    const page = await open({ viewport: { width: 1000, height: 700 } });
    const urls = (crawled.length > 0 ? crawled : seeds.filter(isOurs)).filter(
      (url) => !isInAnotherLanguage(url),
    );
    for (const url of urls.filter((_, nth) => PART.isIn(nth, 0))) {
      // A feed or a file is a download to it, which is a look as well.
      await page.goto(url, { waitUntil: 'load' }).catch((error: unknown) => {
        if (!/ERR_ABORTED|Download is starting|ERR_HTTP_RESPONSE_CODE_FAILURE/.test(String(error)))
          throw error;
      });
      await page.mouse.wheel(0, 5_000);
      await page.keyboard.press('Tab');
    }
    expect(await changes()).toEqual([]);
  });
});
