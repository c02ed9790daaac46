import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SeriesId } from '../../../src/domain/series.ts';
import { EVERYTHING } from './everything.ts';
import { BASE_URL, openPublicSite, type PublicSite } from './public-site.ts';

let site: PublicSite;

const TEA = encodeURIComponent('茶');
const PATIENCE_MS = 60_000;
const FROM = new Date('2026-06-01T09:00:00Z');

beforeAll(async () => {
  site = await openPublicSite({ from: FROM });
  await site.write(
    'garden',
    'description: One letter a day.\nevery: 1d\nat: "07:30"\ntimezone: Europe/London',
    {
      '01-soil': 'title: Soil\ndescription: What lies below.\ndate: 2026-01-02',
      '02-seed': 'title: Seed',
      '03-frost': 'title: Frost\ndate: 2026-12-24',
      '04-thaw': 'title: Thaw\ndate: 2027-02-01',
    },
  );
  await site.write('茶', 'language: zh-Hant\nevery: mon,thu\nfrom: 茶信 <tea@example.com>', {
    '葉-一': 'title: 一片葉子',
  });
  await site.writeFiles('all', {
    '_index.md': '---\ntitle: All\nevery: 0\n---\n',
    '01-everything.md': EVERYTHING,
  });
  await site.write('later', 'every: 1w', { a: 'title: Nothing of this yet' });
  await site.write('gone', 'every: 1w', { a: 'title: Gone' });
  for (const series of ['garden', '茶', 'all', 'gone']) await site.schedule(series);
  await site.schedule('later', { startAt: FROM.getTime() + 7 * 86_400_000 });
  await setState('gone', 'cancelled');
}, PATIENCE_MS);

afterAll(() => site.close());

async function setState(series: string, state: 'running' | 'paused' | 'cancelled'): Promise<void> {
  const plan = await site.app.store.plans.find(series as SeriesId);
  if (plan === undefined) throw new Error(`No plan of ${series}.`);
  await site.app.store.plans.commit({ ...plan, state, revision: plan.revision + 1, moves: [] });
}

/** What a page says, without its markup. */
const wordsOf = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ');

const say = async (path: string): Promise<string> => wordsOf(await site.text(path));

describe('the first page', () => {
  test('shows each series that is scheduled, what it is about, how much, how often, and in which language', async () => {
    const html = await site.text('/');
    expect(wordsOf(html)).toContain('garden One letter a day. 4 issues every day English');
    expect(wordsOf(html)).toContain('茶 1 issue every Monday and Thursday Traditional Chinese');
    expect(html).toContain('href="/s/garden"');
    expect(html).toContain(`href="/s/${TEA}"`);
  });

  test('does not show a cancelled series', async () => {
    expect(await site.text('/')).not.toContain('gone');
  });

  test('speaks the reader’s language, and keeps it in its links', async () => {
    const html = await site.text('/?lang=zh-Hant');
    expect(html).toContain('<html lang="zh-Hant" dir="ltr">');
    expect(wordsOf(html)).toContain('共 4 篇 每天 英文');
    expect(html).toContain('href="/s/garden?lang=zh-Hant"');
    expect(await site.text('/', { 'Accept-Language': 'zh-CN' })).toContain('<html lang="zh-Hans" dir="ltr">');
  });
});

test('an installation without series says so kindly', async () => {
  const empty = await openPublicSite();
  try {
    expect(wordsOf(await empty.text('/'))).toContain('Nothing here yet');
    expect(await empty.text('/sitemap.xml')).toContain(`<loc>${BASE_URL}/</loc>`);
  } finally {
    await empty.close();
  }
});

describe('a series', () => {
  test('says how it comes, from whom, and how long it is', async () => {
    const words = await say('/s/garden');
    expect(words).toContain('every day at 07:30, United Kingdom Time');
    expect(words).toContain('Length 4 issues');
    expect(words).toContain('From Garden Letters');
  });

  test('lists what has come out with its date and how long it takes to read, and how much is to come', async () => {
    const html = await site.text('/s/garden');
    expect(wordsOf(html)).toContain('Soil 2 January 2026 1 min read');
    expect(wordsOf(html)).toContain('Seed 1 June 2026 1 min read');
    expect(html).toContain('<a href="/s/garden/soil" lang="en" dir="ltr">Soil</a>');
    expect(wordsOf(html)).toContain('2 more issues to come The next one comes out on 24 December 2026.');
    expect(html).not.toMatch(/Frost|Thaw/);
  });

  test('has the form to subscribe with, and its feed', async () => {
    const html = await site.text('/s/garden');
    expect(html).toContain('action="/s/garden/subscribe"');
    expect(html).toContain(
      `<link rel="alternate" type="application/atom+xml" title="garden" href="${BASE_URL}/s/garden/feed.xml"/>`,
    );
  });

  test('may have a Chinese name, and then speaks Chinese', async () => {
    const html = await site.text(`/s/${TEA}`);
    expect(html).toContain('<html lang="zh-Hant" dir="ltr">');
    expect(wordsOf(html)).toContain('每週一、週四 08:00');
    expect(html).toContain(`href="/s/${TEA}/${encodeURIComponent('葉-一')}"`);
    expect(await site.text(`/s/${TEA}?lang=en`)).toContain('<html lang="en" dir="ltr">');
  });

  test('that has not begun says when it does, and nothing of what is in it', async () => {
    const words = await say('/s/later');
    expect(words).toContain('The series begins on 8 June 2026.');
    expect(words).toContain('No issue has come out yet. One more issue to come');
    expect(words).not.toContain('Nothing of this yet');
  });

  test('that is paused says so, promises no date, and still has its issues', async () => {
    await setState('garden', 'paused');
    const words = await say('/s/garden');
    await setState('garden', 'running');
    expect(words).toContain('is taking a pause');
    expect(words).not.toContain('comes out on');
    expect(words).toContain('Soil');
  });

  test.each(['/s/gone', '/s/nothing', '/s/%40start', '/s/gone/a', '/s/gone/feed.xml'])(
    'that is cancelled or unknown is not there: %s',
    async (path) => {
      expect((await site.get(path)).status).toBe(404);
    },
  );
});

describe('an issue', () => {
  test('has its place in the series, its date, and how long it takes', async () => {
    const words = await say('/s/garden/soil');
    expect(words).toContain(
      'garden Part 1 of 4 Soil 2 January 2026 1 min read Garden Letters This is 01-soil.',
    );
  });

  test('has what others show of a link to it', async () => {
    const html = await site.text('/s/all/everything');
    for (const tag of [
      '<meta name="description" content="One of each, &quot;quoted&quot; &amp; all."/>',
      '<meta property="og:type" content="article"/>',
      '<meta property="og:site_name" content="All"/>',
      `<meta property="og:url" content="${BASE_URL}/s/all/everything"/>`,
      '<meta property="article:published_time" content="2026-03-04T05:06:07.000Z"/>',
      '<meta property="og:image" content="https://blog.example.com/images/leaf.png"/>',
      '<link rel="canonical" href="https://blog.example.com/posts/01-everything/"/>',
    ]) {
      expect(html).toContain(tag);
    }
  });

  test('leads to those before and after it that have come out', async () => {
    const first = await site.text('/s/garden/soil');
    expect(first).toMatch(/rel="next" href="\/s\/garden\/seed"/);
    expect(first).not.toContain('rel="prev"');
    const second = await site.text('/s/garden/seed');
    expect(second).toMatch(/rel="prev" href="\/s\/garden\/soil"/);
    expect(second).not.toContain('rel="next"');
  });

  test('that is to come is not there, with the very answer of one that never will be', async () => {
    const [coming, unknown] = await Promise.all([site.get('/s/garden/frost'), site.get('/s/garden/nothing')]);
    expect([coming.status, unknown.status]).toEqual([404, 404]);
    expect([...coming.headers].filter(([name]) => name !== 'date')).toEqual(
      [...unknown.headers].filter(([name]) => name !== 'date'),
    );
    expect(await coming.text()).toBe(await unknown.text());
  });

  test('that is not there leads to its series', async () => {
    expect(await site.text('/s/garden/frost')).toContain('href="/s/garden"');
  });

  test('comes out when its time has come', async () => {
    const later = await openPublicSite({ from: new Date('2026-12-23T00:00:00Z') });
    await later.write('garden', 'every: 1d', { '01-frost': 'title: Frost\ndate: 2026-12-24' });
    await later.schedule('garden');
    const before = (await later.get('/s/garden/frost')).status;
    await later.travelDays(1);
    const after = (await later.get('/s/garden/frost')).status;
    await later.close();
    expect([before, after]).toEqual([404, 200]);
  });
});

describe('caches', () => {
  test.each([
    '/',
    '/s/garden',
    '/s/garden/soil',
    '/s/garden/feed.xml',
    '/sitemap.xml',
    '/robots.txt',
    '/style.css',
  ])('may keep %s for a minute, and are told when it is still the same', async (path) => {
    const first = await site.get(path);
    expect(first.status).toBe(200);
    expect(first.headers.get('Cache-Control')).toBe('public, max-age=60');
    expect(first.headers.get('Vary')).toBe('Accept-Language');
    const tag = first.headers.get('ETag') ?? '';
    const second = await site.get(path, { 'If-None-Match': tag });
    expect([second.status, await second.text()]).toEqual([304, '']);
    expect(second.headers.get('Cache-Control')).toBe('public, max-age=60');
    expect((await site.get(path, { 'If-None-Match': '"another"' })).status).toBe(200);
  });

  test('learn of a change', async () => {
    const tag = (await site.get('/s/garden')).headers.get('ETag') ?? '';
    await setState('garden', 'paused');
    const changed = await site.get('/s/garden', { 'If-None-Match': tag });
    await setState('garden', 'running');
    expect(changed.status).toBe(200);
  });

  test('keep no page that is not there', async () => {
    expect((await site.get('/s/nothing')).headers.get('Cache-Control')).toBe('no-store');
  });
});

test.each([
  ['POST', '/'],
  ['POST', '/s/garden'],
  ['PUT', '/s/garden/soil'],
  ['DELETE', '/s/garden/feed.xml'],
  ['POST', '/sitemap.xml'],
])('%s %s changes nothing', async (method, path) => {
  const answer = await site.web.request(path, { method });
  expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'GET, HEAD']);
});

test('HEAD says what GET would, without the page', async () => {
  const head = await site.web.request('/s/garden', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect(head.headers.get('Content-Type')).toBe('text/html; charset=UTF-8');
});

test('search engines are kept from readers’ own pages, and find the others', async () => {
  expect(await site.text('/robots.txt')).toBe(
    `User-agent: *\nDisallow: /u/\nDisallow: /m/\nDisallow: /c/\nDisallow: /d/\nDisallow: /api/\n\nSitemap: ${BASE_URL}/sitemap.xml\n`,
  );
  const found = [...(await site.text('/sitemap.xml')).matchAll(/<loc>(.*?)<\/loc>/g)].map(([, url]) => url);
  expect(new Set(found)).toEqual(
    new Set(
      [
        '/',
        '/s/all',
        '/s/all/everything',
        '/s/garden',
        '/s/garden/soil',
        '/s/garden/seed',
        '/s/later',
        `/s/${TEA}`,
        `/s/${TEA}/${encodeURIComponent('葉-一')}`,
      ].map((path) => BASE_URL + path),
    ),
  );
});

test('links are made of BASE_URL, whatever host was asked', async () => {
  const html = await site.text('/s/garden', { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example' });
  expect(html).not.toContain('evil.example');
});
