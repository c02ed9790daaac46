import { simpleParser } from 'mailparser';
import { bareUrls, urlsIn, webUrls } from './page-forms.ts';

/** A mail as its reader's program has it, read by other code than made it. */
export interface ReceivedMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly raw: string;
  /** The URL of `List-Unsubscribe`; undefined when the mail has none. */
  readonly oneClickUrl: string | undefined;
  /** Every URL in its HTML, its text and its headers. */
  readonly urls: readonly string[];
}

export async function readMail(message: Buffer | string): Promise<ReceivedMail> {
  const raw = message.toString();
  const mail = await simpleParser(message);
  const [to] = [mail.to ?? []].flat();
  const html = mail.html === false ? '' : (mail.html ?? '');
  const text = mail.text ?? '';
  const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
  const inHeaders = bareUrls(head.replace(/\r\n[ \t]+/g, ''));
  return {
    to: to?.value[0]?.address ?? '',
    subject: mail.subject ?? '',
    text,
    html,
    raw,
    oneClickUrl: /^List-Unsubscribe: <([^>]+)>\r?$/m.exec(raw)?.[1],
    urls: [
      ...new Set([
        ...urlsIn(html, 'about:blank'),
        ...webUrls([...bareUrls(text), ...inHeaders], 'about:blank'),
      ]),
    ],
  };
}

/** The first part of the path of the pages that are one reader's. */
export type Door = 'm' | 'c' | 'u' | 'd';

export const isLinkedTo =
  (door: Door) =>
  (mail: ReceivedMail): boolean =>
    mail.urls.some(leadsTo(door));

/** The address of a page for one reader in a mail. */
export function linkIn(mail: ReceivedMail, door: Door): string {
  const found = mail.urls.find(leadsTo(door));
  if (found === undefined)
    throw new Error(`"${mail.subject}" has no link to /${door}/: ${mail.urls.join(' ')}`);
  return found;
}

const leadsTo = (door: Door) => (url: string) => new URL(url).pathname.startsWith(`/${door}/`);
