import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { letterMessage, type Letter } from '../../src/mail/letter-message.ts';
import { wireBytes } from '../../src/mail/wire-bytes.ts';

const letter: Letter = {
  from: { name: '山城書簡', address: 'ivy@example.com' as EmailAddress },
  replyTo: 'reply@example.com' as EmailAddress,
  to: { name: 'Ash "the" Reader', address: 'ash@example.com' as EmailAddress },
  subject: '請確認您的訂閱：山城書簡，每週一封，從第一封開始讀起 🏔️',
  messageId: '<letter-1@example.com>',
  date: Date.UTC(2026, 10, 23, 8),
  language: 'zh-Hant',
  text: '您好。\n\n.\n請按連結。\n',
  html: `<p>${'請按連結。'.repeat(200)}</p>`,
};

describe('a letter', () => {
  test('is read by another parser as it was written', async () => {
    const email = await PostalMime.parse(bytesOf(letter));
    expect(email).toMatchObject({
      from: letter.from,
      to: [letter.to],
      replyTo: [{ address: 'reply@example.com' }],
      subject: letter.subject,
      messageId: letter.messageId,
      date: '2026-11-23T08:00:00.000Z',
      text: letter.text.replaceAll('\n', '\r\n'),
      html: letter.html,
    });
  });

  test('says that a machine wrote it, and is no list mail', async () => {
    const { headers } = await PostalMime.parse(bytesOf(letter));
    expect(headers).toContainEqual(
      expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }),
    );
    expect(headers.filter(({ key }) => key.startsWith('list-') || key === 'precedence')).toEqual([]);
  });

  test('is ready for the wire, and the same again', () => {
    const bytes = bytesOf(letter);
    expect(wireBytes(bytes)).toBe(bytes);
    expect(bytesOf(letter).equals(bytes)).toBe(true);
  });

  test.each([
    ['subject', { subject: 'x\r\nBcc: fig@example.net' }],
    ['sender', { from: { ...letter.from, name: 'x\ny' } }],
    ['language', { language: 'en\r\n' }],
  ])('with a line break in its %s is refused', (_name, changes) => {
    expect(letterMessage({ ...letter, ...changes })).toMatchObject({ kind: 'refused' });
  });
});

function bytesOf(letter: Letter): Buffer {
  const message = letterMessage(letter);
  if ('kind' in message) throw new Error(message.reason);
  return message;
}
