import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import { beforeAll, describe, expect, test } from 'vitest';
import { fillSlots } from '../../src/domain/rendered-issue.ts';
import { htmlFor, messageOf, textFor } from '../support/message-of.ts';
import { asPythonReads } from './as-python-reads.ts';
import { composeSite, expectedOf, shortProblem, siteNames, type SiteMails } from './site-mails.ts';
import { viewHtml } from './visible-text.ts';

const SLOTS = {
  greeting: 'Hello,',
  unsubscribeUrl: 'https://news.example.com/u/a',
  readerUrl: 'https://news.example.com/m/a',
  webUrl: 'https://news.example.com/s/a/b',
};
/** What generators would have replaced: `{{ }}`, `{% %}`, `{: }`, `:::`, `<Component`, `import … from`, `$$`. */
const TEMPLATE_SYNTAX = /\{\{|\}\}|\{%|%\}|\{:|:::|<[A-Z]|^import .+ from|\$\$|\[TOC\]|<!--/m;

describe.each(siteNames)('%s, as it lies there', (site) => {
  const expected = expectedOf(site);
  let composed: SiteMails;
  beforeAll(async () => {
    composed = await composeSite(site);
  });

  const htmlOf = (issue: string): string => fillSlots(composed.mails.get(issue)?.html ?? [], SLOTS);
  const textOf = (issue: string): string => fillSlots(composed.mails.get(issue)?.text ?? [], SLOTS);

  test('has just the problems that it should have', () => {
    expect(composed.problems.map((problem) => shortProblem(site, problem))).toEqual(expected.problems);
  });

  test('gives a mail for each post', () => {
    expect([...composed.mails.keys()].toSorted()).toEqual(Object.keys(expected.issues).toSorted());
  });

  test.each(Object.entries(expected.issues))('%s says what the post says, in its order', (issue, phrases) => {
    expect(missingFrom(viewHtml(htmlOf(issue)).text, phrases)).toEqual([]);
    expect(missingFrom(withoutWrapping(textOf(issue)), phrases.map(withoutWrapping))).toEqual([]);
  });

  test.each(Object.keys(expected.issues))('%s shows nothing of a template language but as code', (issue) => {
    expect(TEMPLATE_SYNTAX.exec(viewHtml(htmlOf(issue)).prose)?.[0]).toBeUndefined();
  });

  test.each(Object.keys(expected.issues))('%s has only whole addresses', (issue) => {
    const { links, images } = viewHtml(htmlOf(issue));
    expect(links.filter((href) => !/^(?:https?:\/\/[^{}\s]+|mailto:\S+|#\S+)$/.test(href))).toEqual([]);
    expect(images.filter(({ src = '' }) => !/^https?:\/\/[^{}\s]+$/.test(src))).toEqual([]);
    expect(images.filter(({ alt }) => alt === undefined)).toEqual([]);
  });

  test('gives messages that are the same to three parsers', async () => {
    const mails = [...composed.mails.values()];
    const messages = mails.map((mail) => messageOf(mail) ?? Buffer.of());
    const wanted = mails.map((mail) => ({
      subject: mail.subject,
      html: lines(htmlFor(mail)),
      text: lines(textFor(mail)),
    }));
    for (const [index, bytes] of messages.entries()) {
      const postal = await PostalMime.parse(bytes);
      expect({ subject: postal.subject, html: lines(postal.html), text: lines(postal.text) }).toEqual(
        wanted[index],
      );
      const parsed = await simpleParser(bytes, { skipHtmlToText: true, skipTextToHtml: true });
      expect({ subject: parsed.subject, html: lines(parsed.html || ''), text: lines(parsed.text) }).toEqual(
        wanted[index],
      );
    }
    const read = asPythonReads(messages)?.map((one) => ({
      ...one,
      html: lines(one.html),
      text: lines(one.text),
    }));
    const withoutDefects = wanted.map((one) => ({ ...one, defects: [] }));
    expect(read ?? withoutDefects).toEqual(withoutDefects);
  });
});

const lines = (text = ''): string => text.replace(/\r\n/g, '\n').trimEnd();

function missingFrom(text: string, phrases: readonly string[]): string[] {
  let from = 0;
  return phrases.filter((phrase) => {
    const at = text.indexOf(phrase, from);
    if (at >= 0) from = at + phrase.length;
    return at < 0;
  });
}

/** The text part breaks lines, marks emphasis and writes addresses behind their words; none of that is the writer's. */
const withoutWrapping = (text: string): string =>
  text
    .replace(/<https?:[^>]*>/g, '')
    .replace(/^[> ]+/gm, '')
    .replace(/[*`_~]/g, '')
    .replace(/\s+/g, '');
