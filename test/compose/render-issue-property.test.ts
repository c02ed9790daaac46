import { assert, asyncProperty } from 'fast-check';
import { simpleParser } from 'mailparser';
import { parse, type ParserError } from 'parse5';
import { expect, test } from 'vitest';
import { viewHtml } from '../corpus/visible-text.ts';
import { htmlFor, messageOf, textFor } from '../support/message-of.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { dangersIn } from './dangers-in.ts';
import { randomPost } from './random-post.ts';
import { filled, renderedSample } from './sample-series.ts';

const RUNS = propertyRuns(60);
const crlf = (text: string): string => text.replace(/\r?\n/g, '\n').trimEnd();

test('any post has its words in the HTML and in the text, in order', async () => {
  await assert(
    asyncProperty(randomPost, async ({ markdown, words }) => {
      const { html, text } = await renderedSample({ body: markdown });
      expect(firstMissing(viewHtml(filled(html)).text, words)).toBeUndefined();
      expect(firstMissing(filled(text), words)).toBeUndefined();
    }),
    RUNS,
  );
}, 60_000);

test('any post is HTML that a parser has nothing against, and that does nothing', async () => {
  await assert(
    asyncProperty(randomPost, async ({ markdown }) => {
      const html = filled((await renderedSample({ body: markdown })).html);
      const errors: ParserError[] = [];
      parse(html, { onParseError: (error) => errors.push(error) });
      expect(errors.map(({ code }) => code)).toEqual([]);
      expect(dangersIn(html)).toEqual([]);
    }),
    RUNS,
  );
}, 60_000);

test('any post has a text part of lines that fit, and that begin as they may', async () => {
  await assert(
    asyncProperty(randomPost, async ({ markdown }) => {
      const lines = filled((await renderedSample({ body: markdown })).text).split('\n');
      expect(lines.filter((line) => columnsOf(line) > 72 && /\S\s+\S/.test(line.trim()))).toEqual([]);
      expect(lines.filter((line) => /^[\s>]*[，。、；：？！」』）】》]/u.test(line))).toEqual([]);
    }),
    RUNS,
  );
}, 60_000);

test('any post is the same twice, and another parser reads the message as it was written', async () => {
  await assert(
    asyncProperty(randomPost, async ({ markdown }) => {
      const rendered = await renderedSample({ body: markdown, title: '霜 & frost' });
      expect(await renderedSample({ body: markdown, title: '霜 & frost' })).toEqual(rendered);

      const bytes = messageOf(rendered) ?? Buffer.of();
      const mail = await simpleParser(bytes, { skipHtmlToText: true, skipTextToHtml: true });
      expect(crlf(mail.html || '')).toBe(crlf(htmlFor(rendered)));
      expect(crlf(mail.text ?? '')).toBe(crlf(textFor(rendered)));
    }),
    RUNS,
  );
}, 60_000);

/** By the blocks that UAX 11 calls wide; emoji are wide as well. */
function columnsOf(line: string): number {
  const segments = new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(line);
  return [...segments].reduce(
    (sum, { segment }) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u.test(
        segment,
      )
        ? 2
        : 1),
    0,
  );
}

function firstMissing(text: string, words: readonly string[]): string | undefined {
  // A quote's mark may stand where a word was wrapped.
  const seen = text.replace(/^[\s>]+/gm, '').replace(/\s/g, '');
  let from = 0;
  return words.find((word) => {
    const at = seen.indexOf(word.replace(/\s/g, ''), from);
    if (at >= 0) from = at + word.length;
    return at < 0;
  });
}
