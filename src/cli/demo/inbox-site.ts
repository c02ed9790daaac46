import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inboxEntries, inboxFolder, inboxMail } from '../../app/inbox.ts';
import { packageFolder } from '../../app/package-folder.ts';
import { createInboxPages } from '../../web/inbox/inbox-pages.tsx';

/** The pages of the inbox in a data folder; its mails link to the readers' pages at `pagesUrl`. */
export function inboxSite(dataFolder: string, pagesUrl: string) {
  const folder = inboxFolder({ dataFolder });
  const entries = () => inboxEntries(folder);
  return createInboxPages({
    contentFolder: join(packageFolder(), 'content'),
    pagesUrl,
    entries,
    async find(number) {
      const entry = (await entries()).find((one) => one.number === number);
      if (entry === undefined) return undefined;
      const oneClickUrl = oneClickUrlIn(entry.headers);
      return {
        ...(await inboxMail(entry.file)),
        number,
        source: await readFile(entry.file, 'utf8'),
        ...(oneClickUrl !== undefined && { oneClickUrl }),
      };
    },
  });
}

const oneClickUrlIn = (
  headers: readonly { readonly key: string; readonly value: string }[],
): string | undefined =>
  /<([^>]+)>/.exec(headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '')?.[1];
