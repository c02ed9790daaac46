import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { InboxEntry, ReadMail } from '../mail/read-inbox.ts';
import type { InboxMail, LocalInbox } from '../mail/local-inbox.ts';

/** Where mail goes when no server is configured. */
export const inboxFolder = ({ dataFolder }: Pick<Config, 'dataFolder'>): string => join(dataFolder, 'inbox');

/** A mail server of our own that keeps what it gets and sends nothing on. */
export async function openInbox(folder: string, onMail?: (mail: InboxMail) => void): Promise<LocalInbox> {
  const { openLocalInbox } = await import('../mail/local-inbox.ts');
  return openLocalInbox({ folder, ...(onMail !== undefined && { onMail }) });
}

/** What has come into it, in the order it came. */
export async function inboxEntries(folder: string): Promise<InboxEntry[]> {
  return (await import('../mail/read-inbox.ts')).readInbox(folder);
}

export async function inboxMail(file: string): Promise<ReadMail> {
  return (await import('../mail/read-inbox.ts')).readMail(file);
}
