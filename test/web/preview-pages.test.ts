import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImageFile } from '../../src/domain/image-file.ts';
import type { Issue } from '../../src/domain/issue.ts';
import type { PreviewedIssue, PreviewOverview } from '../../src/domain/preview.ts';
import type { Series } from '../../src/domain/series.ts';
import { headerFields } from '../../src/app/header-fields.ts';
import { createPreviewPages } from '../../src/web/preview/preview-pages.tsx';

const EVIL = '<script>alert(1)</script>"\'&';
const MAIL = `<html><head><link rel="preconnect" href="https://fonts.example.org"><base href="https://base.example.org/"><meta http-equiv="refresh" content="1; url=https://refresh.example.org/"><meta name="color-scheme" content="light dark"><style>@media (prefers-color-scheme: dark) { p { color: red } }</style></head>
<body><div style="display:none">Beside &lt;the&gt; subject</div><p>Hello</p><img src="https://blog.example.com/bed.png" alt="A bed"><img alt="Roses" src="https://images.example.org/roses.jpg?a=1&amp;b=2" srcset="https://images.example.org/2x.jpg 2x" width="300" height="120"></body></html>`;
const MESSAGE =
  'Subject: =?UTF-8?B?6Iqx?=\r\n =?UTF-8?B?5ZyS?=\r\nTo: reader@example.com\r\n\r\nBody: not a field\r\n';

const issue = {
  id: '花/1',
  number: 1,
  title: EVIL,
  subject: `Subject ${EVIL}`,
  preheader: `Preheader ${EVIL}`,
  file: `content/${EVIL}.md`,
} as unknown as Issue;
const series = {
  id: 'garden',
  title: `Series ${EVIL}`,
  language: 'zh-Hant',
  from: { name: EVIL, address: 'garden@example.com' },
  issues: [issue],
} as unknown as Series;
const problem = { severity: 'error', file: EVIL, line: 3, rule: 'a-rule', message: EVIL, fix: EVIL } as const;
const previewed: PreviewedIssue = {
  series,
  issue,
  problems: [problem],
  mail: { html: MAIL, text: `Text ${EVIL}`, message: Buffer.from(MESSAGE) },
};
const listed = { id: issue.id, number: 1, title: EVIL, file: issue.file, problems: [problem] };
const full: PreviewOverview = {
  revision: 7,
  settings: [],
  problems: [],
  series: [
    {
      id: series.id,
      title: series.title,
      language: 'zh-Hant',
      issues: [listed],
      problems: [],
      leftOut: [EVIL],
    },
  ],
};
const ISSUE = '/issue/garden/%E8%8A%B1%2F1';
const MAIL_PATH = ISSUE.replace('issue', 'mail');

let folder: string;
let bed: ImageFile;
let overview = full;
let found: PreviewedIssue | undefined = previewed;
const bugs: unknown[] = [];

const pages = createPreviewPages({
  overview: () => overview,
  find: async (wanted, id) => (wanted === series.id && id === issue.id ? found : undefined),
  findImage: async (_, url) => (url === 'https://blog.example.com/bed.png' ? bed : undefined),
  headerFields,
  subscribe: () => () => undefined,
  onBug: (error) => bugs.push(error),
});
const ask = async (path: string, headers: Record<string, string> = {}) =>
  pages.request(path, { headers: { Host: '127.0.0.1:4321', ...headers } });
const htmlAt = async (path: string) => (await ask(path)).text();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partwork-pages-'));
  const path = join(folder, 'bed.png');
  await writeFile(path, 'PNG');
  bed = { path, bytes: 3, changedAt: 1, format: 'png' };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('only this machine is answered', () => {
  test.each([
    ['127.0.0.1:4321', 302],
    ['localhost:4321', 302],
    ['LOCALHOST', 302],
    ['[::1]:8080', 302],
    ['evil.example', 421],
    ['localhost.evil.example', 421],
    ['127.0.0.1.evil.example:4321', 421],
    ['evil.example:127.0.0.1', 421],
    ['localhost@evil.example', 421],
    ['', 421],
  ])('Host "%s": %i', async (host, status) => {
    expect((await ask('/', { Host: host })).status).toBe(status);
  });

  test.each(['/', '/problems', ISSUE, MAIL_PATH, '/page.css', '/page.js', '/changes', '/image/x'])(
    'at %s, too',
    async (path) => {
      expect((await ask(path, { Host: 'evil.example' })).status).toBe(421);
    },
  );
});

test.each(['/problems', ISSUE, `${ISSUE}?tab=text`, '/page.css', '/page.js', '/nothing'])(
  '%s may load nothing from elsewhere, and be framed by nobody',
  async (path) => {
    const { headers } = await ask(path);
    const policy = headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
  },
);

test.each(['POST', 'PUT', 'DELETE', 'PATCH'])('%s does nothing', async (method) => {
  for (const path of ['/', ISSUE, MAIL_PATH, '/changes']) {
    const { status } = await pages.request(path, { method, headers: { Host: 'localhost' } });
    expect(status).toBe(404);
  }
});

describe('what the writer wrote is shown as text', () => {
  test.each(['', '?tab=text', '?tab=headers', '?tab=problems'])('at %s', async (query) => {
    const html = await htmlAt(ISSUE + query);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toContain('<script>');
  });

  test('and so is a bug', async () => {
    found = Object.defineProperty({ ...previewed }, 'mail', {
      get: () => {
        throw new Error(EVIL);
      },
    }) as PreviewedIssue;
    const response = await ask(ISSUE);
    found = previewed;
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('&lt;script&gt;');
    expect(bugs).toEqual([new Error(EVIL)]);
  });
});

const addressIn = async () => /<iframe[^>]*src="([^"]+)"/.exec(await htmlAt(ISSUE))?.[1];

describe('the mail', () => {
  test('may not run, send or fetch anything', async () => {
    const policy = (await ask(MAIL_PATH)).headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain("default-src 'none'; img-src 'self' data:;");
    expect(policy).toContain('sandbox allow-same-origin');
    expect(await htmlAt(ISSUE)).toContain('sandbox="allow-same-origin"');
  });

  test('shows images of this machine by a number, and boxes for others', async () => {
    const html = await htmlAt(MAIL_PATH);
    const [, own = ''] = /<img src="(\/image\/\w{24})" alt="A bed">/.exec(html) ?? [];
    const image = await ask(own);
    expect([image.status, image.headers.get('Content-Type'), await image.text()]).toEqual([
      200,
      'image/png',
      'PNG',
    ]);
    expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
    const [, data = ''] =
      /<img src="data:image\/svg\+xml,([^"]+)" alt="Roses" width="300" height="120">/.exec(html) ?? [];
    const box = decodeURIComponent(data);
    for (const words of ['images.example.org', '300 × 120', 'Roses']) expect(box).toContain(words);
  });

  test.each(['x', '../../package.json', '%2e%2e%2fpackage.json', encodeURIComponent('/etc/passwd')])(
    'leads to no other file: /image/%s',
    async (id) => {
      expect((await ask(`/image/${id}`)).status).toBe(404);
    },
  );

  test('an image whose file is gone is not there', async () => {
    const [, own = ''] = /src="(\/image\/\w+)"/.exec(await htmlAt(MAIL_PATH)) ?? [];
    await rm(bed.path);
    expect((await ask(own)).status).toBe(404);
    await writeFile(bed.path, 'PNG');
  });

  test.each([
    ['light', '(max-width: 0)'],
    ['dark', '(min-width: 0)'],
  ])('in %s', async (scheme, query) => {
    const html = await htmlAt(`${MAIL_PATH}?scheme=${scheme}`);
    expect(html).toContain(`@media ${query} {`);
    expect(html).toContain(`<meta name="color-scheme" content="${scheme}">`);
  });

  test('has another address when anything in it is seen to have changed', async () => {
    const before = await addressIn();
    expect(await addressIn()).toBe(before);
    bed = { ...bed, changedAt: 2 };
    expect(await addressIn()).not.toBe(before);
  });
});

test('the line in a list of mails is that of the mail', async () => {
  expect(await htmlAt(ISSUE)).toContain('Beside &lt;the&gt; subject');
});

test('header fields are shown decoded, beside what is sent', async () => {
  const html = await htmlAt(`${ISSUE}?tab=headers`);
  expect(html).toContain('<td dir="auto">花園</td>');
  expect(html).toContain('Subject: =?UTF-8?B?6Iqx?=\n =?UTF-8?B?5ZyS?=');
  expect(html).not.toContain('not a field');
});

test('the view is in every address of an issue, so that it stays', async () => {
  const html = await htmlAt(`${ISSUE}?tab=text&width=desktop&scheme=dark&colour=green`);
  expect(html).toContain(`href="${ISSUE}?tab=text&amp;width=desktop&amp;scheme=dark" aria-current="page"`);
  expect(html).not.toContain('green');
});

test('the first page is the first issue', async () => {
  expect((await ask('/?scheme=dark')).headers.get('Location')).toBe(`${ISSUE}?scheme=dark`);
});

describe('where there is nothing to show', () => {
  test.each(['/issue/garden/snow', '/issue/shade/x'])('%s is not there, and the list is', async (path) => {
    const response = await ask(path);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain(`href="${ISSUE}"`);
  });

  test('a page says how to make a series', async () => {
    overview = { ...full, series: [] };
    expect((await ask('/')).headers.get('Location')).toBe('/problems');
    expect(await htmlAt('/problems')).toContain('There is no series yet');
    overview = full;
  });

  test('settings that cannot be read are told on every page', async () => {
    overview = { ...full, settings: [{ severity: 'error', file: 'partwork.yaml', line: 2, message: 'No.' }] };
    for (const path of [ISSUE, '/problems', '/issue/shade/x'])
      expect(await htmlAt(path)).toContain('partwork.yaml:2');
    overview = full;
  });

  test('an issue without a mail shows its problems', async () => {
    found = { series, issue, problems: [problem] };
    expect(await htmlAt(ISSUE)).toContain('There is no mail to show');
    expect((await ask(MAIL_PATH)).status).toBe(404);
    found = previewed;
  });
});

test('changes are told as they come, until the browser goes', async () => {
  let tell: ((revision: number) => void) | undefined;
  const live = createPreviewPages({
    overview: () => full,
    find: async () => undefined,
    findImage: async () => undefined,
    headerFields,
    subscribe: (listener) => {
      tell = listener;
      return () => (tell = undefined);
    },
    onBug: (error) => bugs.push(error),
  });
  const response = await live.request('/changes', { headers: { Host: 'localhost' } });
  expect(response.headers.get('Content-Type')).toContain('text/event-stream');
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const next = async () => Buffer.from((await reader.read()).value ?? []).toString();
  expect(await next()).toContain('data: 7');
  tell?.(8);
  expect(await next()).toContain('data: 8');
  await reader.cancel();
  await expect.poll(() => tell).toBeUndefined();
});
