import { array, assert, asyncProperty, constantFrom, integer, oneof } from 'fast-check';
import { expect, test } from 'vitest';
import { escapeHtml } from '../../src/domain/escape-html.ts';
import { fillSlots, type RenderedIssue } from '../../src/domain/rendered-issue.ts';
import { articleOf } from './article/article-of.ts';
import { textOf } from '../../src/compose/article/element.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { drawPart } from '../support/drawn-part.ts';
import { renderSample, sampleIssue } from './sample-series.ts';

const CLIPPED_AT = 102_000;
const READ_ON = 'Read the rest on the web';
const WEB = 'https://blog.example.com/posts/soil/';

const long = (host: string): string => `https://${host}.example.com/${'x'.repeat(200 - host.length - 21)}`;
const GREETING = 'Hello Ash of the long house at the end of the lane,';
const slots = {
  greeting: GREETING,
  unsubscribeUrl: long('leave'),
  readerUrl: long('reader'),
  webUrl: long('web'),
};

/** A mail as its reader gets it. */
const mailed = ({ html, text }: RenderedIssue) => ({
  html: fillSlots(html, slots, escapeHtml),
  text: fillSlots(text, slots),
});

const composed = new Map<string, ReturnType<typeof mailOf>>();

/** Composed once for all tests that look at it. */
function mailOfKnown(body: string): ReturnType<typeof mailOf> {
  const known = composed.get(body) ?? mailOf(body);
  composed.set(body, known);
  return known;
}

async function mailOf(body: string, changes: Parameters<typeof renderSample>[0] = {}) {
  const result = await renderSample({ body, ...changes });
  if (!('rendered' in result)) throw new Error(JSON.stringify(result.problems));
  const clip = result.problems.filter(({ rule }) => rule === 'clip');
  return { ...mailed(result.rendered), clip };
}

const bare = (words: string): string => words.replace(/[\s\u2060]+/g, '');

/** What a reader sees between the greeting and the link to the rest. */
function articleIn(html: string): string {
  const visible = html
    .replace(/<!--.*?-->|<style.*?<\/style>|<[^>]*>/gs, '')
    .replace(/&#(?:x(?<hex>[\da-f]+)|(?<decimal>\d+));/gi, (_, hex?: string, decimal?: string) =>
      String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
    )
    .replace(
      /&(lt|gt|quot|amp|nbsp);/g,
      (_, name: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&', nbsp: ' ' })[name] ?? '',
    );
  return bare(visible.slice(visible.lastIndexOf(GREETING) + GREETING.length, visible.indexOf(READ_ON)));
}

const LATIN = 'The beds were dug in autumn and left under leaves until the frost had broken the clods. ';
const CJK = '秋天翻過的土，冬天蓋上落葉，等霜把土塊凍鬆。看起來是休息，其實都在工作。';
const times = (count: number, block: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => block(n)).join('');

const TOO_LONG: readonly (readonly [string, string])[] = [
  ['many small paragraphs', times(2_500, (n) => `words and words ${n}\n\n`)],
  ['long Latin paragraphs', times(150, (n) => `(${n}) ${LATIN.repeat(10)}\n\n`)],
  ['CJK paragraphs', times(300, (n) => `第${n}段。${CJK.repeat(5)}\n\n`)],
  ['one paragraph without end', LATIN.repeat(2_000)],
  ['one CJK paragraph without end', CJK.repeat(1_500)],
  ['one word without end', 'x'.repeat(120_000)],
  ['one giant list', times(4_000, (n) => `- item ${n} with words\n`)],
  ['one giant table', `|a|b|c|\n|-|-|-|\n${times(1_500, (n) => `|${n}|two words|三|\n`)}`],
  ['one giant code block', `\`\`\`\n${times(4_000, (n) => `const row${n} = '<${n}>';\n`)}\`\`\``],
  [
    'a nested list',
    times(300, (n) => `- item ${n}\n${times(9, (k) => `  - below ${k}, a few words more\n`)}`),
  ],
  ['a quote of paragraphs', times(900, (n) => `> quoted ${n} ${LATIN}\n>\n`)],
  ['a page inside one div', `<div>\n\n${times(900, (n) => `Paragraph ${n} ${LATIN}\n\n`)}</div>`],
  ['images with captions', times(350, (n) => `![A bed](/images/${n}.jpg)\n\n*Bed number ${n}*\n\n`)],
  ['a definition list in HTML', `<dl>${times(1_500, (n) => `<dt>term ${n}</dt><dd>what it is</dd>`)}</dl>`],
  ['far more than can be compiled', times(3_500, (n) => `${n} ${LATIN}\n\n`)],
];

const part = drawPart();
/** A post of this size takes seconds to compile. */
const DRAWN = TOO_LONG.filter((_, n) => part.isIn(n, 0)).map(
  ([name, body]) => [name, part.name, body] as const,
);
const STARTS = [0, 1, 2].filter((start) => part.isIn(start, 0) || part.isIn(start, 3));

test.each(DRAWN)('%s (%s): a mail that would be clipped is cut below the clip', async (_, __, body) => {
  const { html, text, clip } = await mailOfKnown(body);
  expect(Buffer.byteLength(html)).toBeLessThan(CLIPPED_AT - 3_900);
  expect(Buffer.byteLength(html)).toBeGreaterThan(CLIPPED_AT - 20_000);
  for (const part of [html, text]) {
    expect(part.split(READ_ON)).toHaveLength(2);
    expect(part).toContain(slots.unsubscribeUrl);
    expect(part).toContain('Seeds');
    expect(part).toContain('1 Garden Lane');
  }
  expect(html).toMatch(new RegExp(`href="${WEB}"[^>]*>\\s*${READ_ON}`));
  expect(text).toContain(`${READ_ON} <${WEB}>`);
  expect(clip).toHaveLength(1);
});

test.each(DRAWN)(
  '%s (%s): what is mailed is the beginning of the post, the same in HTML and text',
  async (_, __, body) => {
    const { html, text } = await mailOfKnown(body);
    const whole = articleOf(body);
    const shown = articleIn(html);
    expect(shown).not.toBe('');
    expect(bare(textOf(whole.tree)).startsWith(shown)).toBe(true);

    const letters = (words: string): string => bare(words).replace(/[^\p{L}\p{N}]+/gu, '');
    const written = letters(text.slice(text.indexOf(GREETING) + GREETING.length, text.indexOf(READ_ON)));
    expect(letters(whole.text).startsWith(written)).toBe(true);
    // The text part has words for images, the HTML has the images.
    expect(letters(written.replaceAll(/ImageAbed|ABed/g, ''))).toBe(letters(shown));
  },
);

test('the writer is told how much fits, and where the mail ends', async () => {
  const body = times(300, (n) => `Paragraph ${n}. ${LATIN.repeat(6)}\n\n`);
  const { html, clip } = await mailOf(body);
  const kept = Number(/Paragraph(\d+)\.(?!.*Paragraph)/.exec(articleIn(html))?.[1]) + 1;
  expect(clip).toEqual([
    {
      severity: 'warning',
      file: 'content/garden/02-soil.md',
      line: sampleIssue().bodyLine + 2 * kept,
      rule: 'clip',
      message: expect.stringMatching(
        new RegExp(`has \\d{3} kB. The first ${Math.floor(kept / 3)} % fit; here the mail ends`),
      ) as string,
      fix: expect.any(String) as string,
    },
  ]);
});

test.each([
  ['a heading', (n: number) => `## Heading ${n}\n\n${LATIN.repeat(20)}\n\n`, /Heading\d+$/],
  ['an introduction', (n: number) => `Introduction ${n}:\n\n- ${LATIN.repeat(20)}\n\n`, /Introduction\d+:$/],
])(`a mail does not end with %s, ${part.name}`, async (_, block, ending) => {
  for (const start of STARTS) {
    const { html } = await mailOf(LATIN.repeat(start * 5) + '\n\n' + times(120, block));
    expect(articleIn(html)).not.toMatch(ending);
  }
});

const picturesAndCaptions = (html: string) => [
  html.match(/<img/g)?.length,
  html.match(/Bed number \d+<\/em>/g)?.length,
];

test(`a picture stays with its caption, ${part.name}`, async () => {
  for (const start of STARTS) {
    const body = `${LATIN.repeat(start * 3)}\n\n${times(300, (n) => `![A bed](/images/${n}.jpg)\n\n*Bed number ${n}*\n\n`)}`;
    const [pictures, captions] = picturesAndCaptions((await mailOf(body)).html);
    expect(pictures).toBe(captions);
  }
});

test('a list is not cut while an edge between blocks is near', async () => {
  const items = (n: number): string => times(20, (k) => `- item ${n}.${k}\n`);
  const { html } = await mailOf(times(150, (n) => `List ${n}:\n\n${items(n)}\n`));
  expect(articleIn(html)).toMatch(/item\d+\.19$/);
});

test('a table keeps its head, and is not shown without rows', async () => {
  const table = `|first|second|\n|-|-|\n${times(1_500, (n) => `|${n}|two words|\n`)}`;
  expect(articleIn((await mailOf(table)).html)).toMatch(/^firstsecond0twowords1/);
  const figure = `<figure>${'<img src="/a.jpg" alt="x">'.repeat(3_000)}</figure>`;
  expect(articleIn((await mailOf(`Before.\n\n${figure}`)).html)).toBe('Before.');
});

test('footnotes of what is mailed stay, under their numbers, and others go', async () => {
  const body = `One[^a] and two[^b].\n\n${times(300, (n) => `${n}. ${LATIN.repeat(6)}\n\n`)}Late[^c].\n\n[^a]: First note, see[^deep].\n[^b]: Second note.\n[^c]: Late note.\n[^deep]: Deep note.`;
  const { html, text } = await mailOf(body);
  for (const part of [html, text]) {
    for (const note of ['First note', 'Second note', 'Deep note']) expect(part).toContain(note);
    expect(part).not.toContain('Late note');
    expect(part.indexOf('First note')).toBeGreaterThan(part.indexOf(READ_ON));
  }
  expect(text).toMatch(/\[1\] First note, see\[4\][^]*\[2\] Second note[^]*\[4\] Deep note/);
  expect(html).toContain('<li value="4"');
});

test('a cut article whose links to the others are gone has the list of the series', async () => {
  const links = '[a](/posts/tools/) [b](/posts/種子/)';
  expect((await mailOf(`short ${links}`)).html).not.toContain('In this series');
  expect((await mailOf(`${LATIN.repeat(1_500)}\n\n${links}`)).html).toContain('In this series');
});

test('an issue that is not on the blog leads to its page with us', async () => {
  const { html, text } = await mailOf(LATIN.repeat(1_500), { aliases: ['soil'] });
  expect(html).toMatch(new RegExp(`href="${slots.webUrl}"[^>]*>\\s*${READ_ON}`));
  expect(text.replace(/\s+/g, ' ')).toContain(`${READ_ON} <${slots.webUrl}>`);
});

test.each([
  ['60 kB', 60, []],
  ['94 kB', 94, [expect.stringMatching(/is 9\d kB; mail clients hide what comes after 102 kB/)]],
])('an issue of %s is mailed whole', async (_, kilobytes, messages) => {
  const wanted = kilobytes * 1_000;
  const empty = Buffer.byteLength((await mailOf('')).html);
  const { html, clip } = await mailOf(`<p>${'w '.repeat((wanted - empty) / 2)}</p>`);
  expect(html).not.toContain(READ_ON);
  expect(clip.map(({ message }) => message)).toEqual(messages);
});

test('the same post is cut at the same place', async () => {
  const [, , body = ''] = DRAWN[0] ?? [];
  const { html, ...rest } = await mailOf(body);
  expect(html).toContain(READ_ON);
  expect({ html, ...rest }).toEqual(await mailOfKnown(body));
});

const paragraph = constantFrom(LATIN, CJK).chain((words) =>
  integer({ min: 1, max: 30 }).map((n) => words.repeat(n)),
);
const block = oneof(
  paragraph,
  array(paragraph, { minLength: 1, maxLength: 5 }).map((items) =>
    items.map((item) => `- ${item}`).join('\n'),
  ),
  integer({ min: 1, max: 9 }).map((n) => `## Heading ${n}`),
  paragraph.map((words) => `> ${words}`),
  integer({ min: 1, max: 400 }).map(
    (lines) => `\`\`\`\n${times(lines, (n) => `let a${n} = 1 < 2;\n`)}\`\`\``,
  ),
  integer({ min: 1, max: 90 }).map((rows) => `|a|b|\n|-|-|\n${times(rows, (n) => `|${n}|${LATIN}|\n`)}`),
);

test('whatever a long post is made of, its mail is below the clip and begins as the post does', async () => {
  await assert(
    asyncProperty(array(block, { minLength: 30, maxLength: 90 }), async (blocks) => {
      const body = blocks.join('\n\n');
      const { html, clip } = await mailOf(body);
      expect(Buffer.byteLength(html)).toBeLessThan(CLIPPED_AT - 3_900);
      expect(html).toContain(slots.unsubscribeUrl);
      if (!html.includes(READ_ON)) return;
      expect(bare(textOf(articleOf(body).tree)).startsWith(articleIn(html))).toBe(true);
      expect(clip).toHaveLength(1);
    }),
    propertyRuns(8),
  );
}, 60_000);
