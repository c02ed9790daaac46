import { describe, expect, test } from 'vitest';
import type { IssueId } from '../../src/domain/issue.ts';
import { filled, renderedSample, sampleIssue, sampleSeries } from './sample-series.ts';

const htmlOf = async (...args: Parameters<typeof renderedSample>): Promise<string> =>
  filled((await renderedSample(...args)).html);
const textOf = async (...args: Parameters<typeof renderedSample>): Promise<string> =>
  filled((await renderedSample(...args)).text);

test.each([
  ['en', 'Georgia'],
  ['zh', 'PingFang TC'],
  ['zh-TW', 'PingFang TC'],
  ['zh-HK', 'PingFang HK'],
  ['zh-Hant-MO', 'PingFang HK'],
  ['zh-CN', 'PingFang SC'],
  ['zh-Hans-HK', 'PingFang SC'],
  ['ja', 'Hiragino Sans'],
  ['ko-KR', 'Apple SD Gothic Neo'],
  ['ar', 'Geeza Pro'],
  ['fa', 'Geeza Pro'],
  ['he', 'Arial Hebrew'],
  ['ru', 'Georgia'],
])('a text in %s is set in %s', async (language, font) => {
  const html = await htmlOf({ body: 'BODY' }, { language });
  const [block = ''] = /<div style="[^"]*"><p[^>]*>BODY/.exec(html) ?? [];
  expect(block.replaceAll("'", '').replaceAll('&#39;', '')).toContain(`font-family:${font},`);
});

function partOf(number: number, total: number): Promise<string> {
  const issue = sampleIssue({ number });
  const others = Array.from({ length: total - 1 }, (_, index) =>
    sampleIssue({ id: `i${index}` as IssueId, number: index + 1 }),
  );
  return htmlOf({ number }, { issues: [...others, issue] });
}

describe('progress', () => {
  test.each([
    [1, 5, '20%', true],
    [2, 3, '66%', true],
    [3, 3, '100%', false],
  ])('part %i of %i is a line %s long', async (number, total, width, hasMore) => {
    const html = await partOf(number, total);
    expect(html).toMatch(new RegExp(`class="done"[^>]*width="${width}"`));
    expect(html.includes('class="ahead"')).toBe(hasMore);
    expect(html).toContain(`Part ${number} of ${total}`);
  });
  test('a series of one has none', async () => expect(await partOf(1, 1)).not.toContain('class="progress"'));
});

const previewOf = (html: string): string => /<div style="display:none[^>]*>([^<]*)</.exec(html)?.[1] ?? '';
const unfilled = (preview: string): string => preview.replace(/[\u034f\u2007]+$/, '');

describe('the preview line', () => {
  test.each([
    ['the preheader', { preheader: 'PRE', description: 'DESC', body: 'BODY' }, 'PRE'],
    ['the description', { description: 'DESC', body: 'BODY' }, 'DESC'],
    ['how the text begins', { body: '# A\n\nBODY goes *on*.' }, 'BODY goes on.'],
  ])('is %s', async (_, issue, expected) => {
    expect(unfilled(previewOf(await htmlOf(issue)))).toBe(expected);
  });
  test.each(['issue', 'plain'])('keeps the greeting of %s out', async (template) => {
    const preview = previewOf(await htmlOf({ body: 'a' }, { template }));
    expect(preview.length - unfilled(preview).length).toBeGreaterThanOrEqual(140);
    expect(await textOf({ body: 'a' }, { template })).not.toMatch(/[\u034f\u2007]/);
  });
});

describe('previous and next', () => {
  const [tools, issue, seeds] = sampleSeries(sampleIssue()).issues as ReturnType<typeof sampleIssue>[];
  if (tools === undefined || issue === undefined || seeds === undefined) throw new Error('three issues');

  test('are linked, in both parts', async () => {
    const html = await htmlOf({});
    expect(html).toMatch(
      /Previous<\/span><br><a href="https:\/\/blog.example.com\/posts\/tools\/"[^>]*>Tools/,
    );
    expect(html).toMatch(/Next<\/span> →<br><a [^>]*>Seeds/);
    expect(await textOf({})).toContain(
      'Previous: Tools\n<https://blog.example.com/posts/tools/>\n\nNext: Seeds\n<',
    );
  });
  test('the next one is only named while the blog does not have it', async () => {
    const later = { ...seeds, releaseAt: 1 };
    expect(await htmlOf({}, { issues: [tools, issue, later] })).toMatch(/Next<\/span> →<br><span[^>]*>Seeds/);
    expect(await textOf({}, { issues: [tools, issue, later] })).toMatch(/Next: Seeds\n\n/);
  });
  test.each([
    ['first', [issue, seeds], 'Next', 'Previous'],
    ['last', [tools, issue], 'Previous', 'Next'],
  ])('the %s has one of them', async (_, issues, shown, hidden) => {
    for (const part of [await htmlOf({}, { issues }), await textOf({}, { issues })]) {
      expect(part).toContain(shown);
      expect(part).not.toContain(hidden);
    }
  });
  test('point the way the language runs', async () => {
    expect(await htmlOf({}, { language: 'ar' })).toMatch(/→ <span[^>]*>Previous/);
  });
});

test.each([
  ['en', '2 min read'],
  ['zh-TW', '閱讀約 2 分鐘'],
])('the reading time stands in both parts in %s', async (language, words) => {
  const issue = { body: 'leaf '.repeat(440) };
  expect(await htmlOf(issue, { language })).toContain(words);
  expect(await textOf(issue, { language })).toContain(words);
});

test('header cells say whether they are for a column or a row', async () => {
  const html = await htmlOf({
    body: '|a|b|\n|-|-|\n|c|d|\n\n<table><tr><th>e</th><td>f</td></tr><tr><th>g</th><th>h</th></tr></table>',
  });
  const scopes = [...html.matchAll(/<th scope="(\w+)"[^>]*>(\w)/g)].map(
    ([, scope = '', words = '']) => words + scope,
  );
  expect(scopes.toSorted()).toEqual(['acol', 'bcol', 'erow', 'gcol', 'hcol']);
});

test('emphasis of CJK words has dots, of Latin words italics', async () => {
  const html = await htmlOf({ body: '*餵養* and *feeding*' });
  expect(html).toContain('<em class="dotted">餵養</em> and <em>feeding</em>');
});

test.each(['issue', 'plain'])('%s has everything a reader needs', async (template) => {
  const issue = { source: { url: 'https://example.org/original', name: 'The Journal' }, body: 'BODY' };
  const parts = [await htmlOf(issue, { template }), await textOf(issue, { template })];
  const wanted = [
    'Feeding the soil',
    'BODY',
    'A Year in the Garden',
    'Part 2 of 3',
    'The Journal',
    '1 Garden Lane',
  ];
  for (const part of parts) {
    for (const words of [...wanted, 'Unsubscribe', 'Manage your subscription', 'Read on the web']) {
      expect(part).toContain(words);
    }
    for (const slot of ['greeting', 'unsubscribeUrl', 'readerUrl', 'webUrl']) {
      expect(part).toContain(`https://news.example.com/${slot}`);
    }
  }
});

test('plain sets no colour but the grey of its lines', async () => {
  const html = await htmlOf({ body: '> a\n\n---\n\n`b`' }, { template: 'plain' });
  const [, ...body] = html.split('</div>');
  expect([...new Set(body.join('').match(/#[0-9a-f]{6}/gi) ?? [])]).toEqual(['#8a8a8a']);
  expect(html).not.toContain('prefers-color-scheme');
});

const bytesOf = async (...args: Parameters<typeof renderedSample>): Promise<number> =>
  Buffer.byteLength(await htmlOf(...args));

test.each([
  ['issue', 15_000],
  ['plain', 8_000],
])('%s itself takes less than %i bytes of the 102 kB that Gmail shows', async (template, most) => {
  expect(await bytesOf({ body: 'a' }, { template })).toBeLessThan(most);
});

test.each([
  ['a paragraph', 'a\n\n', 40],
  ['a list item', '- a\n', 45],
  ['a table row of three cells', '|a|a|a|\n', 260],
  ['a link', '[a](https://example.org) ', 65],
  ['a word of code', '`a` ', 130],
  ['a code block', '```\na\n```\n\n', 800],
])('%s costs little', async (_, markdown, most) => {
  const head = markdown.startsWith('|') ? '|a|b|c|\n|-|-|-|\n' : '';
  const [few = 0, many = 0] = await Promise.all(
    [10, 110].map((count) => bytesOf({ body: head + markdown.repeat(count) })),
  );
  expect((many - few) / 100).toBeLessThan(most);
});

test('a card keeps its distance from the text of a box above it', async () => {
  const player = '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>';
  const body = `<details><summary>Frost</summary>Loose words ${player}</details>`;
  expect(filled((await renderedSample({ body })).html)).toMatch(
    /<div class="embed" style="[^"]*margin: 20px 0;/,
  );
});
