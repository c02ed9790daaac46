import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import type { Instant } from '../domain/instant.ts';
import { numberOfInboxFile } from './inbox-file-name.ts';

/** The head of a mail, decoded; '' for what it does not have. */
export interface MailHead {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly messageId: string;
  readonly listId: string;
  readonly date?: Instant;
  /** All of them in their order, names in lower case. */
  readonly headers: readonly { readonly key: string; readonly value: string }[];
}

export interface InboxEntry extends MailHead {
  readonly file: string;
  /** 1 for the first mail that ever came into the folder. */
  readonly number: number;
}

/** A whole mail, decoded. */
export interface ReadMail extends MailHead {
  readonly text: string;
  readonly html: string;
}

/** The mails in an inbox folder in the order they came; none when there is no such folder. Other files are left alone. */
export async function readInbox(folder: string): Promise<InboxEntry[]> {
  const entries: InboxEntry[] = [];
  for (const { name, number } of await numberedFiles(folder)) {
    const file = join(folder, name);
    entries.push({ file, number, ...(await parseMailHead(await readFile(file))) });
  }
  return entries;
}

export async function readMail(file: string): Promise<ReadMail> {
  const email = await PostalMime.parse(await readFile(file));
  return { ...headOf(email), text: email.text ?? '', html: email.html ?? '' };
}

/** The head of a message; its body is not looked at. */
export async function parseMailHead(message: Buffer): Promise<MailHead> {
  const end = message.indexOf('\r\n\r\n');
  return headOf(await PostalMime.parse(end < 0 ? message : message.subarray(0, end + 4)));
}

async function numberedFiles(folder: string): Promise<{ name: string; number: number }[]> {
  return (await namesIn(folder))
    .map((name) => ({ name, number: numberOfInboxFile(name) ?? 0 }))
    .filter(({ number }) => number > 0)
    .toSorted((a, b) => a.number - b.number);
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function headOf({ from, to, subject, messageId, date, headers }: Email): MailHead {
  const sentAt = Date.parse(date ?? '');
  return {
    from: from?.address ?? '',
    to: (to ?? []).map(({ address }) => address ?? ''),
    subject: subject ?? '',
    messageId: messageId ?? '',
    listId: headers.find(({ key }) => key === 'list-id')?.value ?? '',
    ...(Number.isNaN(sentAt) ? {} : { date: sentAt }),
    headers: headers.map(({ key, value }) => ({ key, value })),
  };
}
