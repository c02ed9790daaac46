import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithBrowser } from '../../support/browser.ts';
import { planWith } from '../../support/ledger.ts';
import { renderedGarden } from '../../support/rendered-garden.ts';
import { EVERYTHING } from './everything.ts';
import { BASE_URL, openPublicSite, type PublicSite } from './public-site.ts';

let site: PublicSite;

const FROM = new Date('2026-06-01T09:00:00Z');
const POSTS = 25;
const PATIENCE_MS = 60_000;

beforeAll(async () => {
  site = await openPublicSite({ from: FROM });
  await scheduleMany();
  await site.writeFiles('all', {
    '_index.md': '---\ntitle: All & <i>more</i>\nlanguage: zh-Hant\nevery: 0\n---\n',
    '01-everything.md': `${EVERYTHING}\n\nA bell \u0007 and a cut ]]> end, <em>x</em> &amp; &lt;y&gt;.\n`,
    '02-tomorrow.md': '---\ntitle: Tomorrow\ndate: 2026-06-02\n---\n\nNot yet.\n',
  });
  await site.schedule('all');
}, PATIENCE_MS);

afterAll(() => site.close());

/** Puts issues into the ledger as they are, since composing so many takes long. */
async function scheduleMany(): Promise<void> {
  const { rendered, plans } = site.app.store;
  const numbers = Array.from({ length: POSTS }, (_, at) => at + 1);
  for (const n of numbers) {
    const page = {
      title: `Post ${n}`,
      description: '',
      date: Date.UTC(2026, 4, n),
      readingMinutes: 1,
      html: '<p>x</p>',
    };
    await rendered.keep(renderedGarden({ hash: `hash-of-post-${n}`, page }));
  }
  const plan = planWith(numbers.map((n) => `post-${n}`));
  const about = { ...plan.about, description: 'Soil & "seed" <b>]]></b>' };
  await plans.commit({ ...plan, title: 'garden', startAt: FROM.getTime(), about });
}

test('is an Atom feed with its own address', async () => {
  const answer = await site.get('/s/garden/feed.xml');
  expect(answer.headers.get('Content-Type')).toBe('application/atom+xml; charset=utf-8');
  expect(await answer.text()).toContain(
    `<link rel="self" type="application/atom+xml" href="${BASE_URL}/s/garden/feed.xml"/>`,
  );
});

test('is the same bytes whoever asks, whenever they ask', async () => {
  const first = await site.text('/s/garden/feed.xml');
  expect(await site.text('/s/garden/feed.xml?lang=zh-Hant', { 'Accept-Language': 'zh-TW' })).toBe(first);
});

const ATOM = `(document) => {
  const one = (within, name) => [...within.children].find(({ localName }) => localName === name);
  const entries = [...document.documentElement.children].filter(({ localName }) => localName === 'entry');
  const said = (within, name) => one(within, name)?.textContent;
  const feed = document.documentElement;
  return {
    error: document.querySelector('parsererror')?.textContent,
    namespace: feed.namespaceURI,
    language: feed.getAttribute('xml:lang'),
    title: said(feed, 'title'),
    subtitle: said(feed, 'subtitle'),
    updated: said(feed, 'updated'),
    author: one(feed, 'author')?.textContent,
    entries: entries.map((entry) => ({
      id: said(entry, 'id'),
      title: said(entry, 'title'),
      link: one(entry, 'link').getAttribute('href'),
      published: said(entry, 'published'),
      updated: said(entry, 'updated'),
      type: one(entry, 'content').getAttribute('type'),
      content: said(entry, 'content'),
    })),
  };
}`;

interface ReadFeed {
  readonly error?: string;
  readonly namespace: string;
  readonly language: string;
  readonly title: string;
  readonly subtitle: string;
  readonly updated: string;
  readonly author: string;
  readonly entries: readonly Record<
    'id' | 'title' | 'link' | 'published' | 'updated' | 'type' | 'content',
    string
  >[];
}

describeWithBrowser('a feed, read by an XML parser', (open) => {
  const read = async (series: string): Promise<ReadFeed> => {
    const page = await open();
    const xml = await site.text(`/s/${series}/feed.xml`);
    return page.evaluate<ReadFeed>(
      `(${ATOM})(new DOMParser().parseFromString(${JSON.stringify(xml)}, 'application/xml'))`,
    );
  };

  test('has what RFC 4287 asks for', async () => {
    const feed = await read('garden');
    expect(feed).toMatchObject({
      namespace: 'http://www.w3.org/2005/Atom',
      language: 'en',
      title: 'garden',
      subtitle: 'Soil & "seed" <b>]]></b>',
      updated: '2026-06-01T09:00:00.000Z',
      author: 'Ivy Garden',
    });
    expect(feed.error).toBeUndefined();
  });

  test('has the last twenty issues, the latest first, each under an id that stays', async () => {
    const { entries } = await read('garden');
    expect(entries).toHaveLength(20);
    expect(entries[0]).toMatchObject({
      id: `${BASE_URL}/s/garden/post-25`,
      title: 'Post 25',
      published: '2026-05-25T00:00:00.000Z',
      updated: '2026-06-01T09:00:00.000Z',
    });
    expect(entries.at(-1)?.title).toBe('Post 6');
    expect(new Set(entries.map(({ id }) => id)).size).toBe(20);
  });

  test('has whole articles whose links lead somewhere from anywhere, and nothing that breaks XML', async () => {
    const { error, language, title, entries } = await read('all');
    expect([error, language, title]).toEqual([undefined, 'zh-Hant', 'All & <i>more</i>']);
    expect(entries.map((entry) => entry.title)).toEqual(['Everything at once & more']);
    const content = entries[0]?.content ?? '';
    expect(entries[0]?.type).toBe('html');
    expect(content).toContain(`<a href="${BASE_URL}/s/all/everything#a-table">link to another</a>`);
    expect(content).toContain('cut ]]&gt; end'.replace('&gt;', '>'));
    expect([...content.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, url]) => url)).toEqual(
      expect.not.arrayContaining([expect.not.stringMatching(/^https:\/\//)]),
    );
  });
});
