import { createHash } from 'node:crypto';
import type { EmailAddress } from '../domain/email-address.ts';
import type { Instant } from '../domain/instant.ts';
import type { Mailbox } from '../domain/mailbox.ts';
import { dateField, mailboxField, messageIdField, textField } from './header-field.ts';
import { oneSafeLine, unsafeCharacter } from './header-text.ts';
import { boundaryOf, multipartEnd, multipartHead, partHead } from './multipart.ts';
import type { RefusedMessage } from './refused-message.ts';
import type { WireBytes } from './wire-bytes.ts';

/** A mail outside a series: a confirmation, a welcome, a goodbye. */
export interface Letter {
  readonly from: Mailbox;
  readonly replyTo?: EmailAddress;
  readonly to: Mailbox;
  readonly subject: string;
  /** With angle brackets. */
  readonly messageId: string;
  readonly date: Instant;
  readonly language: string;
  readonly text: string;
  readonly html: string;
}

/** A letter → its message. The same letter gives the same bytes. */
export function letterMessage(letter: Letter): WireBytes | RefusedMessage {
  const character = unsafeCharacter(`${letter.subject}${letter.from.name}${letter.language}`);
  if (character !== undefined) {
    const reason = `The subject, sender or language of a letter contains ${character}, which must not stand in a mail header. Take it out.`;
    return { kind: 'refused', reason };
  }
  const boundary = boundaryOf(createHash('sha256').update(letter.messageId).digest('hex').slice(0, 32));
  const message = [
    ...letterHeaders(letter).map((field) => `${field}\r\n`),
    multipartHead(boundary),
    partHead(boundary, 'plain'),
    base64Lines(letter.text),
    partHead(boundary, 'html'),
    base64Lines(letter.html),
    multipartEnd(boundary),
  ];
  // All of it ASCII, folded with CRLF or base64: no line can begin with a dot.
  return Buffer.from(message.join(''), 'latin1') as WireBytes;
}

function letterHeaders({ from, replyTo, to, subject, messageId, date, language }: Letter): string[] {
  return [
    mailboxField('From', from),
    ...(replyTo === undefined ? [] : [mailboxField('Reply-To', { name: '', address: replyTo })]),
    mailboxField('To', { name: oneSafeLine(to.name), address: to.address }),
    textField('Subject', subject),
    dateField(date),
    messageIdField(messageId),
    // A letter answers something a person did; vacation programs must not answer back (RFC 3834 §5).
    'Auto-Submitted: auto-generated',
    textField('Content-Language', language),
  ];
}

function base64Lines(text: string): string {
  const canonical = Buffer.from(text.replace(/\r\n|\r|\n/g, '\r\n'));
  return canonical.toString('base64').replace(/.{1,76}/g, '$&\r\n');
}
