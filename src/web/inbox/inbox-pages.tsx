import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import { onlyHere } from '../preview/only-here.ts';
import { EmptyStage, InboxPage, type InboxLine } from './inbox-page.tsx';
import { MailStage, partOf, type InboxMail } from './mail-stage.tsx';
import { frameable } from './frameable.ts';
import { serveInboxFiles } from './inbox-files.ts';

export interface InboxPagesTools {
  /** In the order they came. */
  readonly entries: () => Promise<readonly InboxLine[]>;
  /** Undefined when there is none of that number. */
  readonly find: (number: number) => Promise<InboxMail | undefined>;
  /** Where the readers' pages are, without a trailing slash. */
  readonly pagesUrl: string;
  /** A folder whose `images/` the mails show. */
  readonly contentFolder: string;
}

// Mails are shown as they are, so nothing in them may run, be sent, or be fetched from elsewhere. Their links open in a tab of their own.
const MAIL_POLICY =
  "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/** The local inbox as pages, for reading mails in a browser on this machine: the list, and each mail with its links at work. */
export function createInboxPages(tools: InboxPagesTools): Hono {
  const pages = new Hono();
  // The pages ask for their own style, script and mails; the one form goes where a mail's own header says.
  const policy = `default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action ${new URL(tools.pagesUrl).origin}`;
  const answer = (context: Context, page: Child, status: 200 | 404 = 200) =>
    context.html(html`<!doctype html>${page}`, status, { 'Content-Security-Policy': policy });

  pages.use('/images/*', async (context, next) => {
    await next();
    // The readers' pages show the same images.
    context.header('Cross-Origin-Resource-Policy', 'cross-origin');
  });
  pages.use(onlyHere);
  serveInboxFiles(pages);
  pages.get('/', async (context) => answer(context, await inboxPage(tools, <EmptyStage {...tools} />)));
  pages.get('/mail/:number', async (context) => {
    const mail = await asked(tools, context);
    const stage = mail ? (
      <MailStage mail={mail} part={partOf(context.req.query('part'))} />
    ) : (
      <MissingStage />
    );
    return answer(context, await inboxPage(tools, stage, mail), mail ? 200 : 404);
  });
  pages.get('/mail/:number/html', async (context) => {
    const mail = await asked(tools, context);
    if (mail === undefined) return context.text('There is no such mail.\n', 404);
    return context.html(frameable(mail.html), 200, { 'Content-Security-Policy': MAIL_POLICY });
  });
  pages.get('/images/*', serveStatic({ root: tools.contentFolder }));
  return pages;
}

async function inboxPage({ entries, pagesUrl }: InboxPagesTools, stage: Child, mail?: InboxMail) {
  const newestFirst = (await entries()).toReversed();
  return <InboxPage entries={newestFirst} pagesUrl={pagesUrl} stage={stage} {...(mail && { mail })} />;
}

const asked = ({ find }: InboxPagesTools, context: Context): Promise<InboxMail | undefined> =>
  find(Number(context.req.param('number')));

const MissingStage = () => <p class="hint">There is no such mail. What there is stands in the list.</p>;
