import * as fc from 'fast-check';
import PostalMime, { type Email } from 'postal-mime';
import { describe, expect, test } from 'vitest';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import type { IssueId } from '../../src/domain/issue.ts';
import type { RenderedIssue, Slotted } from '../../src/domain/rendered-issue.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { compileMessage, type CompiledMessage } from '../../src/mail/compile-message.ts';
import type { MessageFields } from '../../src/mail/issue-headers.ts';
import { Slab } from '../../src/mail/slab.ts';
import { wireBytes } from '../../src/mail/wire-bytes.ts';
import { ashFields, renderedGarden } from '../support/rendered-garden.ts';

const DOMAIN = 'letters.example.com';
const SLOTS = ['greeting', 'unsubscribeUrl', 'readerUrl', 'webUrl'] as const;

describe('a message', () => {
  test('has every header of a newsletter, once', async () => {
    const { headers } = await PostalMime.parse(write(renderedGarden()));
    expect(Object.fromEntries(headers.map(({ key, value }) => [key, value]))).toEqual({
      from: 'Ivy Garden <ivy@example.com>',
      'reply-to': 'reply@example.com',
      subject: 'The first frost',
      to: 'Ash <ash@example.com>',
      date: 'Mon, 23 Nov 2026 08:00:00 +0000',
      'message-id': '<abc-123@example.com>',
      'list-unsubscribe': '<https://letters.example.com/u/garden/abcdefghijkl2345xyz>',
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
      'list-archive': '<https://letters.example.com/garden>',
      'list-id': 'Garden letters <garden.letters.example.com>',
      'feedback-id': 'frost:garden:issue:letters-example-com',
      precedence: 'bulk',
      'content-language': 'en',
      'mime-version': '1.0',
      'content-type': 'multipart/alternative; boundary="=_0123456789abcdef0123456789abcdef"',
    });
    expect(new Set(headers.map(({ key }) => key)).size).toBe(headers.length);
  });

  test('escapes slots in HTML and leaves them alone in text', async () => {
    const fields = ashFields({ to: { name: '<Ash & "Co">', address: 'ash@example.com' as EmailAddress } });
    const { html, text } = await PostalMime.parse(write(renderedGarden(), fields));
    expect(html).toContain('<p>Dear &lt;Ash &amp; &quot;Co&quot;&gt;,</p>');
    expect(html).toContain('frost?a=1&amp;b=2"');
    expect(text).toContain('Dear <Ash & "Co">,\r\n\r\nFrost.\r\nhttps://');
  });

  test('greets a reader without a name plainly', async () => {
    const fields = ashFields({ to: { name: '', address: 'ash@example.com' as EmailAddress } });
    const { text, to } = await PostalMime.parse(write(renderedGarden(), fields));
    expect(text).toMatch(/^Hello,\r\n/);
    expect(to).toEqual([{ name: '', address: 'ash@example.com' }]);
  });

  test('cannot be given headers or lines by a reader’s name', async () => {
    const name = 'Ash\r\nBcc: fig@example.net\r\n\r\n<script>\u202e\u2028{name}$&';
    const email = await PostalMime.parse(
      write(renderedGarden(), ashFields({ to: { name, address: 'ash@example.com' as EmailAddress } })),
    );
    expect(email.headers.map(({ key }) => key)).not.toContain('bcc');
    expect(email.to).toEqual([
      { name: 'Ash Bcc: fig@example.net <script> {name}$&', address: 'ash@example.com' },
    ]);
    expect(email.text?.split('\r\n')[0]).toBe('Dear Ash Bcc: fig@example.net <script> {name}$&,');
  });

  test('has a List-Id and a Feedback-ID in ASCII for a series that is not', () => {
    const head = write(renderedGarden({ series: '山城書簡' as SeriesId, seriesTitle: '山城書簡' })).toString(
      'latin1',
    );
    expect(head).toMatch(/\r\nList-Id: =\?UTF-8\?B\?[\w+/=]+\?= <x-[0-9a-f]{8}\.letters\.example\.com>\r\n/);
    expect(head).toMatch(/\r\nFeedback-ID: frost:x-[0-9a-f]{8}:issue:/);
  });

  test('names an envelope sender of its own when there is one', () => {
    const bounces = 'bounces@example.com' as EmailAddress;
    expect(compiled(renderedGarden()).from).toBe('ivy@example.com');
    expect(compileMessage(renderedGarden(), { domain: DOMAIN, envelopeFrom: bounces })).toMatchObject({
      from: bounces,
    });
  });

  test('of 2 MB is written into a slab that began small', async () => {
    const long = '山城與霧。'.repeat(140_000);
    const slab = new Slab(1024);
    const bytes = compiled(renderedGarden({ html: [long, 'greeting', long] })).write(slab, ashFields());
    expect(bytes.length).toBeGreaterThan(5_000_000);
    expect((await PostalMime.parse(bytes)).html).toBe(`${long}Dear Ash,${long}`);
  });
});

describe('random messages', () => {
  const literal = fc.string({ unit: 'grapheme', maxLength: 300 }).map(withoutLoneReturns);
  const slotted = fc
    .array(fc.tuple(literal, fc.constantFrom(...SLOTS)), { maxLength: 12 })
    .chain((pairs) => literal.map((last): Slotted => [...pairs.flat(), last]));
  const header = fc
    .string({ unit: 'grapheme', maxLength: 120 })
    .map((text) => text.replace(/[\p{C}\p{Z}]/gu, ' ').trim());
  const url = fc
    .webUrl({ withQueryParameters: true, size: 'medium' })
    .map((url) => new URL(url).href.replace(/[<>]/g, ''));

  const message = fc.record({
    rendered: fc.record({
      html: slotted,
      text: slotted,
      subject: header,
      seriesTitle: header,
      name: header,
      series: header,
      issue: header,
    }),
    fields: fc.record({
      name: header,
      unsubscribeUrl: url,
      readerUrl: url,
      webUrl: url,
      date: fc.integer({ min: 0, max: 4e12 }),
    }),
  });

  test('are read by another parser as if their slots had been replaced in plain strings', async () => {
    await fc.assert(
      fc.asyncProperty(message, async ({ rendered: random, fields: { name, ...rest } }) => {
        const rendered = renderedGarden({
          ...random,
          series: random.series as SeriesId,
          issue: random.issue as IssueId,
          from: { name: random.name, address: 'ivy@example.com' as EmailAddress },
        });
        const fields = ashFields({ ...rest, to: { name, address: 'ash@example.com' as EmailAddress } });
        const bytes = Buffer.from(write(rendered, fields));
        const email = await PostalMime.parse(bytes);

        expect([email.text ?? '', email.html ?? '']).toEqual([
          replaced(rendered.text, rendered, fields),
          replaced(rendered.html, rendered, fields, true),
        ]);
        expectHeaders(email, rendered, fields);
        expectWireReady(bytes);
        expect(bytes.equals(write(rendered, fields))).toBe(true);
      }),
      { numRuns: 600 },
    );
  });
});

describe('an issue is refused, with the reason', () => {
  test.each([
    ['a line break in the subject', { subject: 'Frost\r\nBcc: fig@example.net' }, 'U+000D'],
    ['NUL in the subject', { subject: 'Fr\0st' }, 'U+0000'],
    ['a C1 control in the series title', { seriesTitle: 'Gard\u0085en' }, 'U+0085'],
    ['a line separator in the series title', { seriesTitle: 'Gard\u2028en' }, 'U+2028'],
    [
      'a bidi override in the sender',
      { from: { name: 'Ivy\u202egro', address: 'ivy@example.com' as EmailAddress } },
      'U+202E',
    ],
    ['a bidi isolate in the subject', { subject: '\u2066Frost' }, 'U+2066'],
    ['half a character in the subject', { subject: 'Frost \ud83c' }, 'U+D83C'],
    ['a line break in the language', { language: 'en\nX: y' }, 'U+000A'],
  ])('%s', (_name, changes, character) => {
    const refused = compileMessage(renderedGarden(changes), { domain: DOMAIN });
    expect(refused).toMatchObject({ kind: 'refused', reason: expect.stringContaining(character) });
    expect(refused).toMatchObject({ reason: expect.stringContaining('"frost"') });
  });
});

describe('what only we could have got wrong is thrown', () => {
  test.each([
    ['a URL with a line break', { unsubscribeUrl: 'https://example.com/\r\nX: y' }, 'List-Unsubscribe needs'],
    ['a URL with a bracket', { unsubscribeUrl: 'https://example.com/>,<x' }, 'List-Unsubscribe needs'],
    ['a URL that is not ASCII', { archiveUrl: 'https://example.com/山' }, 'List-Archive needs'],
    ['a URL of another kind', { unsubscribeUrl: 'javascript:alert(1)' }, 'List-Unsubscribe needs'],
    ['a Message-ID with a line break', { messageId: '<a@b>\r\nX: y' }, 'Not a Message-ID'],
    ['a Message-ID without brackets', { messageId: 'a@b' }, 'Not a Message-ID'],
  ])('%s', (_name, changes, message) => {
    expect(() => write(renderedGarden(), ashFields(changes))).toThrow(message);
  });

  test('a slot nobody knows', () => {
    expect(() =>
      compileMessage(renderedGarden({ text: ['a', 'password', 'b'] }), { domain: DOMAIN }),
    ).toThrow('password');
  });
});

function compiled(rendered: RenderedIssue): CompiledMessage {
  const message = compileMessage(rendered, { domain: DOMAIN });
  if (message.kind === 'refused') throw new Error(message.reason);
  return message;
}

function write(rendered: RenderedIssue, fields: MessageFields = ashFields()): Buffer {
  return compiled(rendered).write(new Slab(), fields);
}

function replaced(slotted: Slotted, rendered: RenderedIssue, fields: MessageFields, isHtml = false): string {
  const name = fields.to.name;
  const greeting = name === '' ? rendered.greeting.plain : rendered.greeting.named.split('{name}').join(name);
  const values: Record<string, string> = { ...fields, to: '', date: '', greeting };
  return slotted
    .map((part, index) =>
      index % 2 === 0 ? part.replace(/\n/g, '\r\n') : isHtml ? escapeHtml(values[part] ?? '') : values[part],
    )
    .join('');
}

function expectHeaders(email: Email, rendered: RenderedIssue, fields: MessageFields): void {
  expect(email.subject ?? '').toBe(rendered.subject);
  expect(email.from).toMatchObject({ name: rendered.from.name, address: rendered.from.address });
  expect(email.to).toMatchObject([{ name: fields.to.name, address: fields.to.address }]);
  expect(email.messageId).toBe(fields.messageId);
  expect(email.headers).toHaveLength(15);
  expect(email.attachments).toEqual([]);
  expect(email.html?.length ?? 0).toBeGreaterThanOrEqual(0);
}

function expectWireReady(bytes: Buffer): void {
  expect(wireBytes(bytes)).toBe(bytes);
  const text = bytes.toString('latin1');
  expect(text).toMatch(/^[\t\r\n -~]*$/);
  const lines = text.split('\r\n');
  expect(lines.filter((line) => line.length > 998)).toEqual([]);
  expect(lines.filter((line) => line.includes('=?UTF-8?B?') && line.length > 76)).toEqual([]);
  // Parsers forgive padding in the middle of base64, receivers need not.
  const encoded = text.split(/\r\n--=_\w+/).map((part) => part.split('\r\n\r\n')[1] ?? '');
  for (const part of encoded) expect(part.replaceAll('\r\n', '')).toMatch(/^[A-Za-z0-9+/]*={0,2}$/);
  // RFC 2045 §6.8.
  expect(encoded.flatMap((part) => part.split('\r\n')).filter((line) => line.length > 76)).toEqual([]);
}

function withoutLoneReturns(text: string): string {
  return text.replace(/\r/g, '');
}

function escapeHtml(text: string): string {
  const replacements = [
    [/&/g, '&amp;'],
    [/</g, '&lt;'],
    [/>/g, '&gt;'],
    [/"/g, '&quot;'],
    [/'/g, '&#39;'],
  ] as const;
  return replacements.reduce((escaped, [character, entity]) => escaped.replace(character, entity), text);
}
