import type { EmailAddress } from '../domain/email-address.ts';
import type { Instant } from '../domain/instant.ts';
import type { Mailbox } from '../domain/mailbox.ts';
import type { RenderedIssue } from '../domain/rendered-issue.ts';
import { dateField, listIdField, mailboxField, messageIdField, textField, urlField } from './header-field.ts';
import { oneSafeLine, unsafeCharacter } from './header-text.ts';
import { listLabel } from './list-label.ts';
import type { RefusedMessage } from './refused-message.ts';

export interface MessageSettings {
  /** The domain our List-Ids and Feedback-IDs stand under; stays the same for the life of an installation. */
  readonly domain: string;
  /** Where bounces go; the issue's From unless given. */
  readonly envelopeFrom?: EmailAddress;
}

/** What is one reader's in a message. URLs are absolute and in ASCII. */
export interface MessageFields {
  readonly to: Mailbox;
  /** With angle brackets. */
  readonly messageId: string;
  readonly date: Instant;
  readonly unsubscribeUrl: string;
  readonly readerUrl: string;
  readonly webUrl: string;
  /** The series' page with all issues, where there is one. */
  readonly archiveUrl?: string;
}

export interface IssueHeaders {
  readonly kind: 'headers';
  /** All headers but the MIME ones, each line ended. */
  forReader(fields: MessageFields): string;
}

/** The headers of an issue; those that are the same for everybody are folded and encoded here, once. */
export function issueHeaders(
  rendered: RenderedIssue,
  settings: MessageSettings,
): IssueHeaders | RefusedMessage {
  const refusal = unsafeHeader(rendered);
  if (refusal !== undefined) return refusal;

  const start = `${[...authorFields(rendered), textField('Subject', rendered.subject)].join('\r\n')}\r\n`;
  const end = `${listFields(rendered, settings.domain).join('\r\n')}\r\n`;
  return { kind: 'headers', forReader: (fields) => `${start}${readerFields(fields).join('\r\n')}\r\n${end}` };
}

function unsafeHeader(rendered: RenderedIssue): RefusedMessage | undefined {
  const texts = {
    subject: rendered.subject,
    'sender name': rendered.from.name,
    'series title': rendered.seriesTitle,
    language: rendered.language,
  };
  for (const [name, text] of Object.entries(texts)) {
    const character = unsafeCharacter(text);
    if (character === undefined) continue;
    const reason = `The ${name} of issue "${rendered.issue}" contains ${character}, which must not stand in a mail header. Take it out.`;
    return { kind: 'refused', reason };
  }
  return undefined;
}

function authorFields({ from, replyTo }: RenderedIssue): string[] {
  const author = mailboxField('From', from);
  return replyTo === undefined
    ? [author]
    : [author, mailboxField('Reply-To', { name: '', address: replyTo })];
}

function readerFields({ to, messageId, date, unsubscribeUrl, archiveUrl }: MessageFields): string[] {
  return [
    mailboxField('To', { name: oneSafeLine(to.name), address: to.address }),
    dateField(date),
    messageIdField(messageId),
    urlField('List-Unsubscribe', unsubscribeUrl),
    ...(archiveUrl === undefined ? [] : [urlField('List-Archive', archiveUrl)]),
  ];
}

function listFields({ series, seriesTitle, issue, language }: RenderedIssue, domain: string): string[] {
  const list = listLabel(series);
  return [
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    listIdField(seriesTitle, `${list}.${domain}`),
    // Gmail's feedback loop reports spam rates by these, the last of which names the sender.
    `Feedback-ID: ${listLabel(issue)}:${list}:issue:${listLabel(domain.replaceAll('.', '-'))}`,
    // Vacation programs that know nothing of List-Id keep still for this.
    'Precedence: bulk',
    textField('Content-Language', language),
  ];
}
