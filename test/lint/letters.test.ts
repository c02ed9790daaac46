import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import type { LetterKind } from '../../src/domain/letter.ts';
import type { Locale } from '../../src/domain/locale.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import type { SubscriberId } from '../../src/domain/subscriber.ts';
import { lintMessage } from '../../src/lint/lint-message.ts';
import { letterLinks } from '../../src/mail/letter-links.ts';
import { openLetterSender } from '../../src/mail/letter-sender.ts';
import { ADDRESS, BASE, composeLetter, EVERY_LETTER, sampleTopic } from '../compose/sample-letters.ts';
import { GOOD_CONTEXT } from './good-message.ts';

/** The bytes of a letter as a mail server gets them. */
async function messageOf(kind: LetterKind, locale: Locale, name = 'Ash'): Promise<Buffer> {
  const topic = sampleTopic(kind, locale);
  let sent: Buffer = Buffer.alloc(0);
  const sender = openLetterSender({
    connections: 1,
    linksOf: letterLinks({ baseUrl: BASE, secrets: ['a secret'], domain: 'letters.example.com' }),
    transport: {
      send({ bytes }) {
        sent = bytes;
        return Promise.resolve({ kind: 'reply', stage: 'body', code: 250, text: '' });
      },
    },
  });
  const order = { kind, series: 'garden' as SeriesId, subscriber: 'aaaaaaaaaaaaaaaa' as SubscriberId };
  await sender.send({
    order: { ...order, at: Date.UTC(2026, 10, 23, 8) },
    from: topic.plan.about.from,
    to: { name, address: 'ash@example.com' as EmailAddress },
    rendered: await composeLetter(topic),
  });
  return sent;
}

/** What a letter is not for: a list has an id, and its mail can be left by the mail program. */
const NOT_FOR_LETTERS = /The mail has no (?:List-Id|List-Unsubscribe|List-Unsubscribe-Post) field\./;

test.each(EVERY_LETTER)('the letter %s in %s keeps to the rules of mail', async (kind, locale) => {
  const bytes = await messageOf(kind, locale);
  const { subject, headers } = await simpleParser(bytes);
  const problems = await lintMessage(bytes, {
    ...GOOD_CONTEXT,
    series: { ...GOOD_CONTEXT.series, language: sampleTopic(kind, locale).plan.about.language },
    subject: subject ?? '',
    postalAddress: ADDRESS,
    issue: { ...GOOD_CONTEXT.issue, title: subject ?? '', subject: subject ?? '' },
  });
  const relevant = problems.filter(
    ({ rule, message }) => rule !== 'unsubscribe-link' && !NOT_FOR_LETTERS.test(message),
  );
  expect(relevant).toEqual([]);
  expect(headers.get('auto-submitted')).toBe('auto-generated');
  expect([...headers.keys()].filter((name) => /^list|^precedence/.test(name))).toEqual([]);
});

test.each(EVERY_LETTER)('the letter %s in %s is read as it was written', async (kind, locale) => {
  const bytes = await messageOf(kind, locale);
  const mail = await simpleParser(bytes);
  expect(mail.from?.value).toEqual([{ name: 'Garden Letters', address: 'garden@example.com' }]);
  expect(mail.messageId).toMatch(/^<[\w-]{22}@letters\.example\.com>$/);
  expect(mail.date).toEqual(new Date('2026-11-23T08:00:00Z'));
  expect(mail.html).toContain('</html>');
  expect(mail.text).toContain('1 Garden Lane');
  expect(await messageOf(kind, locale)).toEqual(bytes);
});

test("a reader's name is only a name, in both parts and in the head", async () => {
  const name = '<b onclick="x">Ash</b> & Co\u202e\r\nBcc: fig@example.net $& {name}';
  const bytes = await messageOf('welcome', 'en', name);
  const mail = await simpleParser(bytes);
  const shown = '<b onclick="x">Ash</b> & Co Bcc: fig@example.net $& {name}';
  expect(mail.to).toMatchObject({ value: [{ name: shown, address: 'ash@example.com' }] });
  expect(mail.headers.has('bcc')).toBe(false);
  expect(mail.text).toContain(`Hello ${shown},`);
  expect(mail.html).toContain(
    'Hello &lt;b onclick=&quot;x&quot;&gt;Ash&lt;/b&gt; &amp; Co Bcc: fig@example.net',
  );
  expect(mail.html).not.toContain('<b onclick');
});
