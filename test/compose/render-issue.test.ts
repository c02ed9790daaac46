import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { IssueId } from '../../src/domain/issue.ts';
import { createComposer } from '../../src/compose/render-issue.ts';
import {
  ADDRESS,
  SITE,
  filled,
  renderSample,
  renderedSample,
  sampleIssue,
  sampleSeries,
} from './sample-series.ts';

const slotsOf = (slotted: readonly string[]): string[] => slotted.filter((_, index) => index % 2 === 1);

test('an issue has its four slots, in HTML and in text', async () => {
  const { html, text } = await renderedSample({});
  expect(slotsOf(html)).toEqual(['greeting', 'unsubscribeUrl', 'readerUrl', 'webUrl']);
  expect(slotsOf(text)).toEqual(['greeting', 'unsubscribeUrl', 'readerUrl', 'webUrl']);
});

test('a slot stands alone inside its attribute', async () => {
  const { html } = await renderedSample({});
  const at = html.indexOf('unsubscribeUrl');
  expect(html[at - 1]).toMatch(/href="$/);
  expect(html[at + 1]).toMatch(/^"/);
});

test('a body that speaks of slots opens none', async () => {
  const { html, text } = await renderedSample({
    body: 'slotgreeting `{{ slots.greeting }}` `unsubscribeUrl`',
  });
  expect(slotsOf(html)).toHaveLength(4);
  expect(slotsOf(text)).toHaveLength(4);
  expect(text.join('')).toContain('{{ slots.greeting }}');
});

test('the same input gives the same bytes, and the hash is over all of them', async () => {
  const first = await renderedSample({ body: '# a\n\nb' });
  const { hash, ...content } = await renderedSample({ body: '# a\n\nb' });
  expect({ hash, ...content }).toEqual(first);
  expect(hash).toBe(createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32));
});

test.each([
  ['body', { body: 'other' }],
  ['subject', { subject: 'other' }],
  ['title', { title: 'other' }],
  ['preheader', { preheader: 'other' }],
])('another %s gives another hash', async (_, change) => {
  expect((await renderedSample(change)).hash).not.toBe((await renderedSample({})).hash);
});

test.each([
  ['en', 'Part 2 of 3', 'Hello {name},', 'Unsubscribe'],
  ['de', 'Part 2 of 3', 'Hello {name},', 'Unsubscribe'],
  ['zh', '第 2 篇，共 3 篇', '{name}，您好：', '取消訂閱'],
  ['zh-TW', '第 2 篇，共 3 篇', '{name}，您好：', '取消訂閱'],
  ['zh-Hant-HK', '第 2 篇，共 3 篇', '{name}，您好：', '取消訂閱'],
  ['zh-CN', '第 2 篇，共 3 篇', '{name}，您好：', '退订'],
  ['zh-Hans', '第 2 篇，共 3 篇', '{name}，您好：', '退订'],
  ['zh-SG', '第 2 篇，共 3 篇', '{name}，您好：', '退订'],
])('a series in %s speaks it', async (language, part, named, unsubscribe) => {
  const rendered = await renderedSample({}, { language });
  expect(rendered.greeting.named).toBe(named);
  for (const text of [filled(rendered.html), filled(rendered.text)]) {
    expect(text).toContain(part);
    expect(text).toContain(unsubscribe);
  }
  expect(filled(rendered.html)).toContain(`<html lang="${language}" dir="ltr"`);
});

test.each(['ar', 'he', 'fa-IR', 'ur'])('a series in %s runs from right to left', async (language) => {
  const html = filled((await renderedSample({}, { language })).html);
  expect(html).toContain(`<html lang="${language}" dir="rtl"`);
  expect(html).toContain('text-align:right');
  expect(html).not.toContain('direction:ltr');
});

test('both parts show everything a reader should see', async () => {
  const issue = {
    title: 'Feeding & mulching',
    description: 'What to put down.',
    date: Date.parse('2026-11-02T20:00:00Z'),
    source: { url: 'https://example.org/original', name: 'The Journal' },
    body: 'The body.',
  };
  const { html, text } = await renderedSample(issue);
  const shown = [
    'A Year in the Garden',
    'What to put down.',
    'November 3, 2026',
    'https://example.org/original',
  ];
  for (const words of [
    ...shown,
    'The Journal',
    'The body.',
    'Tools',
    'Seeds',
    'Example Press',
    '1 Garden Lane',
  ]) {
    expect(filled(html)).toContain(words);
    expect(filled(text)).toContain(words);
  }
  expect(filled(html)).toContain('Feeding &amp; mulching</h1>');
  expect(filled(text)).toContain('Feeding & mulching\n==================');
});

test('Markdown and entities in a head are shown as the plain words they stand for', async () => {
  const change = {
    title: '*Feeding* the `{% soil %}`',
    subject: 'Soil &amp; **leaves** :seedling:',
    description: 'Peat&nbsp;&mdash; [why](/why/)',
    preheader: '~~Sand~~ _clay_',
    image: { url: '/images/bed.jpg', alt: 'A **bed**' },
    source: { name: 'The *Journal*' },
  };
  const rendered = await renderedSample(change, { title: 'A **Year**', description: '' });
  expect(rendered).toMatchObject({ subject: 'Soil & leaves 🌱', seriesTitle: 'A Year' });
  const html = filled(rendered.html);
  expect(html).toContain('Feeding the {% soil %}</h1>');
  expect(html).toContain('alt="A bed"');
  expect(html).toMatch(/overflow:hidden;">Sand clay\u034f/);
  for (const part of [html.replaceAll('&nbsp;', '\u00a0'), filled(rendered.text)]) {
    expect(part).toContain('Feeding the {% soil %}');
    expect(part).toContain('A Year');
    expect(part).toContain('\u2014 why');
    expect(part).toContain('The Journal');
    expect(part).not.toMatch(/\*(?:Year|Journal|bed|Feeding)/);
  }
});

test('Markdown in the titles of other issues is plain where they are named', async () => {
  const whole = sampleSeries(sampleIssue());
  const issues = whole.issues.map((issue) => ({ ...issue, title: `**${issue.title}** &amp;` }));
  const { html, text } = await renderedSample({}, { issues });
  for (const title of ['Tools', 'Seeds']) {
    expect(filled(html)).toContain(`>${title} &amp;</a>`);
    expect(filled(text)).toContain(`${title} &`);
  }
  expect(filled(html) + filled(text)).not.toContain('**');
});

test('the preview line is the preheader, else the description', async () => {
  expect(filled((await renderedSample({ preheader: 'PRE', description: 'DESC' })).html)).toMatch(
    /overflow:hidden;">PRE\u034f/,
  );
  expect(filled((await renderedSample({ description: 'DESC' })).html)).toMatch(
    /overflow:hidden;">DESC\u034f/,
  );
});

test('the hero image is made absolute', async () => {
  const html = filled((await renderedSample({ image: { url: '/images/bed.jpg', alt: 'A "bed"' } })).html);
  expect(html).toContain('src="https://blog.example.com/images/bed.jpg"');
  expect(html).toContain('alt="A &#34;bed&#34;"');
});

test('without a site the hero image is left out, with a warning', async () => {
  const result = await renderSample({ image: { url: '/images/bed.jpg', alt: '' } }, {}, {});
  expect(result).toHaveProperty('rendered');
  expect(result.problems).toMatchObject([{ severity: 'warning', file: 'content/garden/02-soil.md' }]);
});

test('an issue that links to all others itself gets no list of the series', async () => {
  const linking = '[a](/posts/tools/) [b](/posts/種子/)';
  expect(filled((await renderedSample({ body: linking })).html)).not.toContain('In this series');
  expect(filled((await renderedSample({ body: '[a](/posts/tools/)' })).html)).toContain('In this series');
});

test('a later issue with a release time is named but not linked', async () => {
  const issue = sampleIssue();
  const [tools, , seeds] = sampleSeries(issue).issues as [typeof issue, typeof issue, typeof issue];
  const text = async (later: typeof issue): Promise<string> =>
    filled((await renderedSample({}, { issues: [tools, issue, later] })).html);
  expect(await text(seeds)).toContain('/posts/%E7%A8%AE%E5%AD%90/');
  expect(await text({ ...seeds, releaseAt: 1 })).not.toContain('/posts/%E7%A8%AE%E5%AD%90/');
});

test('a long series is listed around the issue', async () => {
  const issue = sampleIssue({ number: 20 });
  const many = Array.from({ length: 40 }, (_, index) =>
    index === 19
      ? issue
      : sampleIssue({ id: `i${index}` as IssueId, number: index + 1, title: `T${index + 1}.`, aliases: [] }),
  );
  const text = filled((await renderedSample({ number: 20 }, { issues: many })).text);
  expect(text).toContain('and 15 more');
  expect(text).toContain('and 13 more');
  expect(text).toContain('T16.');
  expect(text).not.toContain('T15.');
});

test('a series of one has no parts and no list', async () => {
  const html = filled((await renderedSample({}, { issues: [sampleIssue()] })).html);
  expect(html).not.toContain('Part 2');
  expect(html).not.toContain('In this series');
});

test('nothing in the HTML is fetched but images', async () => {
  const html = filled((await renderedSample({ body: '![a](/a.jpg)' })).html);
  expect(html).not.toMatch(/<link|@import|url\(|fonts\.googleapis/);
});

test('layout tables are kept from screen readers', async () => {
  const html = filled((await renderedSample({})).html);
  expect(html.match(/<table(?![^>]*role="(?:presentation|none)")/g)).toBeNull();
});

test('prose, code, tables, pictures, rules and buttons become blocks of their own', async () => {
  const body =
    'a\n\n---\n\n```js\nb\n```\n\n|c|\n|-|\n\n![d](/d.jpg)\n\n<a class="button" href="https://example.org/?a=1&b=2">Go</a>';
  const html = filled((await renderedSample({ body })).html);
  for (const kind of ['prose', 'rule', 'code', 'table', 'picture', 'button'])
    expect(html).toContain(`class="${kind}"`);
  expect(html).toContain('href="https://example.org/?a=1&amp;b=2"');
});

test('a site that is no URL is a mistake of the caller', () => {
  expect(() => createComposer({ postalAddress: ADDRESS, siteUrl: 'blog' })).toThrow(TypeError);
  expect(() => createComposer({ postalAddress: ADDRESS, siteUrl: SITE })).not.toThrow();
});
