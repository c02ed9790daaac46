import { Hono } from 'hono';
import { html } from 'hono/html';
import { serveStatic } from '@hono/node-server/serve-static';

export interface InboxLine {
  readonly number: number;
  readonly to: readonly string[];
  readonly subject: string;
}

export interface InboxPageTools {
  readonly entries: () => Promise<readonly InboxLine[]>;
  /** The HTML part of a mail; undefined when there is none of that number. */
  readonly htmlOf: (number: number) => Promise<string | undefined>;
  /** A folder whose `images/` the mails show. */
  readonly contentFolder: string;
}

// Mails are shown as they are, so nothing in them may run, be sent, or be fetched from elsewhere.
const MAIL_POLICY = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'";

/** The local inbox as a page, for looking at mails in a browser: a list, and each mail's HTML. */
export function createInboxPage({ entries, htmlOf, contentFolder }: InboxPageTools): Hono {
  const page = new Hono();
  page.get('/', async (context) => context.html(listPage(await entries())));
  page.get('/mail/:number', async (context) => {
    const mail = await htmlOf(Number(context.req.param('number')));
    if (mail === undefined) return context.text('There is no such mail.\n', 404);
    return context.html(mail, 200, { 'Content-Security-Policy': MAIL_POLICY });
  });
  page.get('/images/*', serveStatic({ root: contentFolder }));
  return page;
}

function listPage(entries: readonly InboxLine[]) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>Partwork: local inbox</title>
        <style>
          body {
            font:
              16px/1.6 system-ui,
              sans-serif;
            max-width: 46rem;
            margin: 2rem auto;
            padding: 0 1rem;
          }
          li {
            margin: 0.35rem 0;
          }
          small {
            opacity: 0.75;
          }
        </style>
      </head>
      <body>
        <h1>Local inbox</h1>
        <p>${entries.length} mails, in the order they came. No mail has left this machine.</p>
        <ol>
          ${entries.map(
            ({ number, to, subject }) =>
              html`<li value="${number}">
                <a href="/mail/${number}">${subject}</a> <small>to ${to.join(', ')}</small>
              </li>`,
          )}
        </ol>
      </body>
    </html>`;
}
