import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'parse5';
import { describe, expect, test } from 'vitest';
import { createNoticeComposer } from '../../src/compose/notice-composer.ts';
import type { IssueId } from '../../src/domain/issue.ts';
import { LOCALES, type Locale } from '../../src/domain/locale.ts';
import type { News, Notice } from '../../src/domain/notice.ts';
import type { Problem } from '../../src/domain/problem.ts';
import type { SeriesId } from '../../src/domain/series.ts';

const AT = Date.UTC(2026, 10, 23, 8);
const garden = { series: 'garden' as SeriesId, title: 'A *garden*' };
const figures = {
  audience: 1_250,
  accepted: 1_247,
  waiting: 0,
  deferred: 0,
  rejected: 2,
  suppressed: 1,
  skipped: 0,
  uncertain: 0,
};
const release: News = {
  kind: 'release.finished',
  ...garden,
  issue: 'frost' as IssueId,
  issueTitle: 'Frost',
  number: 3,
  figures,
};
const reason = 'answer to AUTH: 535 5.7.8 Authentication failed';
const started = { kind: 'trouble.started', since: AT - 120_000 } as const;
const ended = { kind: 'trouble.ended', since: AT - 7_320_000, until: AT - 120_000 } as const;
const ALL: readonly News[] = [
  release,
  { kind: 'series.paused', ...garden, reason },
  { ...started, trouble: 'mail-blocked', reason },
  { ...started, trouble: 'no-workers' },
  { ...started, trouble: 'stuck', ...garden },
  { ...started, trouble: 'ledger', reason: 'Redis is away.' },
  { ...ended, trouble: 'mail-blocked', reason },
  { ...ended, trouble: 'no-workers' },
  { ...ended, trouble: 'stuck', ...garden },
  { ...ended, trouble: 'ledger', reason: 'Redis is away.' },
  { kind: 'test' },
];

const noticeOf = (news: News): Notice => ({ ...news, id: 'an-id', at: AT });

function composer(locale: Locale = 'en', templatesFolder?: string, problems: Problem[] = []) {
  return createNoticeComposer({
    locale,
    timezone: 'Asia/Taipei',
    baseUrl: 'https://letters.example.com',
    onProblem: (problem) => problems.push(problem),
    ...(templatesFolder !== undefined && { templatesFolder }),
  });
}

test('a release that has gone out is told with its figures', async () => {
  const { subject, text } = await composer().compose(noticeOf(release));
  expect(subject).toBe('“Frost” has gone out');
  expect(text).toBe(`“Frost” has gone out to everybody

Issue 3 of “A garden” has come to the end of its audience: 1,247 of
1,250 have it.

Audience: 1,250
Accepted: 1,247
Rejected: 2
Suppressed: 1

Each issue and who did not get it:

    partwork status garden

-- 
From Partwork at https://letters.example.com, because PARTWORK_NOTIFY
names this address.
`);
});

test('the end of a trouble says since when it was, and how long it took', async () => {
  const [notice] = ALL.filter((news) => news.kind === 'trouble.ended' && news.trouble === 'mail-blocked');
  const { text } = await composer().compose(noticeOf(notice ?? { kind: 'test' }));
  expect(text).toContain(`> ${reason}`);
  expect(text).toContain('Lasted: 2 hours');
  expect(text).toMatch(/Since: Nov 23, 2026, 1:58:00\sPM GMT\+8/);
});

describe.each(LOCALES)('in %s', (locale) => {
  test.each(ALL)('$kind $trouble is whole, and the same again', async (news) => {
    const first = await composer(locale).compose(noticeOf(news));
    expect(await composer(locale).compose(noticeOf(news))).toEqual(first);
    const { subject, language, text, html } = first;
    expect([subject.length > 5, language]).toEqual([true, locale]);
    expect(subject + text + html).not.toMatch(/\{\w+\}|undefined|null|\[object/);
    expect(html).not.toMatch(/https?:\/\/(?!letters\.example\.com)|<(?:a|img|link|script|style)\b|\burl\(/);
  });
});

/** Everything that is an element or an attribute in a page, as another parser has it. */
function namesIn(html: string): string[] {
  const names: string[] = [];
  const walk = (node: { nodeName: string; attrs?: { name: string }[]; childNodes?: unknown[] }): void => {
    names.push(node.nodeName, ...(node.attrs ?? []).map(({ name }) => `@${name}`));
    for (const child of node.childNodes ?? []) walk(child as never);
  };
  walk(parse(html) as never);
  return [...new Set(names)].toSorted();
}

test.each([
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</title></head><body onload=alert(1)>',
  '</td></table><form action=https://evil.example><input name=p>',
  '{series} {site} {{ 7*7 }} {% raw %} ${7*7}',
  'a\r\nBcc: everybody@example.com\r\n\r\nbody',
  '\u202egnp.exe\u202c \u2066x\u0000\u0007',
  'x'.repeat(5_000),
  '家'.repeat(400),
  '👩‍👩‍👧‍👦'.repeat(200),
  '\ud800 half',
])('hostile titles and words of a server stay text: %j', async (hostile) => {
  const plain = await composer().compose(noticeOf(release));
  for (const news of [
    { ...release, title: hostile, issueTitle: hostile },
    { kind: 'series.paused', ...garden, title: hostile, reason: hostile },
    { ...started, trouble: 'mail-blocked', reason: hostile },
    { ...started, trouble: 'stuck', ...garden, title: hostile },
  ] as const) {
    const { subject, html, text } = await composer().compose(noticeOf(news));
    const elements = new Set([...namesIn(plain.html), 'blockquote', 'pre']);
    expect(namesIn(html).filter((name) => !elements.has(name))).toEqual([]);
    expect(subject).not.toMatch(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069\ud800-\udbff](?![\udc00-\udfff])/);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069]/);
    expect([...new Intl.Segmenter().segment(subject)].length).toBeLessThan(200);
    expect(subject + text + html).not.toContain('49');
  }
});

const inFolder = async (json: string, run: (folder: string) => Promise<void>) => {
  const folder = await mkdtemp(join(tmpdir(), 'partwork-notices-'));
  await mkdir(join(folder, 'locales'));
  await writeFile(join(folder, 'locales', 'en.json'), json);
  await run(folder);
  await rm(folder, { recursive: true });
};

describe('words of the writer’s own', () => {
  test('are used, phrase by phrase', async () => {
    await inFolder('{"notices":{"releaseSubject":"Out: {issue}"}}', async (folder) => {
      expect((await composer('en', folder).compose(noticeOf(release))).subject).toBe('Out: Frost');
    });
  });

  test('that cannot be used cost nobody a notice', async () => {
    const problems: Problem[] = [];
    await inFolder('{"notices":{"releaseSubject":7}}', async (folder) => {
      const { subject } = await composer('en', folder, problems).compose(noticeOf(release));
      expect([subject, problems.length]).toEqual(['“Frost” has gone out', 1]);
    });
  });
});
