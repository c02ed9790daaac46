import { escapeHtml } from '../../src/domain/escape-html.ts';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { fillSlots, type RenderedIssue } from '../../src/domain/rendered-issue.ts';
import { compileMessage } from '../../src/mail/compile-message.ts';
import { Slab } from '../../src/mail/slab.ts';
import { ashFields } from './rendered-garden.ts';

/** The bytes that a reader without a name gets; undefined when the mail layer refuses to make them. */
export function messageOf(rendered: RenderedIssue): Buffer | undefined {
  const message = compileMessage(rendered, { domain: 'letters.example.com' });
  return message.kind === 'refused' ? undefined : Buffer.concat([message.write(new Slab(), nameless)]);
}

/** A part of the issue as that reader must find it. */
export const htmlFor = ({ html, greeting }: RenderedIssue): string =>
  fillSlots(html, { ...links, greeting: greeting.plain }, escapeHtml);

export const textFor = ({ text, greeting }: RenderedIssue): string =>
  fillSlots(text, { ...links, greeting: greeting.plain });

const nameless = ashFields({ to: { name: '', address: 'ash@example.com' as EmailAddress } });
const { unsubscribeUrl, readerUrl, webUrl } = nameless;
const links = { unsubscribeUrl, readerUrl, webUrl };
