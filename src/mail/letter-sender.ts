import type { EmailAddress } from '../domain/email-address.ts';
import { escapeHtml } from '../domain/escape-html.ts';
import type { LetterOrder, LetterSlot, RenderedLetter } from '../domain/letter.ts';
import type { Mailbox } from '../domain/mailbox.ts';
import { fillSlots } from '../domain/rendered-issue.ts';
import type { SmtpResult } from '../domain/smtp-reply.ts';
import type { DkimSigner } from './dkim/dkim-signer.ts';
import { signLetter } from './dkim/sign-letter.ts';
import { oneSafeLine } from './header-text.ts';
import type { LetterLinks } from './letter-links.ts';
import { letterMessage } from './letter-message.ts';
import type { PlainTransport } from './plain-transport.ts';
import type { RefusedMessage } from './refused-message.ts';
import type { WireBytes } from './wire-bytes.ts';

/** A letter and the one who gets it. */
export interface AddressedLetter {
  readonly order: LetterOrder;
  readonly from: Mailbox;
  readonly replyTo?: EmailAddress;
  readonly to: Mailbox;
  readonly rendered: RenderedLetter;
}

/** Turns letters into bytes and hands them to the mail server, on connections that no issue uses. */
export interface LetterSender {
  /** Letters that can be under way at once. */
  readonly connections: number;
  /** Never rejects for anything a server or a network can do. The same letter has the same bytes on every try. */
  send(letter: AddressedLetter): Promise<SmtpResult | RefusedMessage>;
}

export interface LetterSenderOptions {
  readonly transport: PlainTransport;
  readonly connections: number;
  readonly linksOf: (order: LetterOrder) => LetterLinks;
  readonly dkim?: DkimSigner;
}

export function openLetterSender({
  transport,
  connections,
  linksOf,
  dkim,
}: LetterSenderOptions): LetterSender {
  return {
    connections,
    async send(letter) {
      const message = messageOf(letter, linksOf(letter.order));
      if ('kind' in message) return message;
      const bytes = dkim === undefined ? message : await signLetter(message, dkim);
      return transport.send({ from: letter.from.address, to: letter.to.address, bytes });
    },
  };
}

function messageOf(
  { order, from, replyTo, to, rendered }: AddressedLetter,
  { messageId, ...links }: LetterLinks,
): WireBytes | RefusedMessage {
  const { subject, language, html, text, greeting } = rendered;
  const name = oneSafeLine(to.name);
  const values: Readonly<Record<LetterSlot, string>> = {
    ...links,
    greeting: name === '' ? greeting.plain : greeting.named.replaceAll('{name}', () => name),
  };
  return letterMessage({
    from,
    ...(replyTo !== undefined && { replyTo }),
    to,
    subject,
    messageId,
    date: order.at,
    language,
    text: fillSlots(text, values),
    html: fillSlots(html, values, escapeHtml),
  });
}
