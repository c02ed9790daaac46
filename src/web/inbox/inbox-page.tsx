import type { Child } from 'hono/jsx';

/** A mail as the list shows it. */
export interface InboxLine {
  /** 1 for the first that came. */
  readonly number: number;
  readonly to: readonly string[];
  readonly subject: string;
}

interface InboxPageProps {
  /** Newest first. */
  readonly entries: readonly InboxLine[];
  readonly pagesUrl: string;
  readonly stage: Child;
  /** The one that is open. */
  readonly mail?: InboxLine;
}

// A reader's look at the list now and then, where there is no script to do it quietly.
const RELOAD_SECONDS = 5;

export const InboxPage = ({ entries, pagesUrl, stage, mail }: InboxPageProps) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{mail ? `${mail.subject} · Local inbox` : 'Local inbox'}</title>
      <link rel="stylesheet" href="/inbox.css" />
      <script src="/inbox.js" type="module"></script>
      {mail === undefined && (
        <noscript>
          <meta http-equiv="refresh" content={String(RELOAD_SECONDS)} />
        </noscript>
      )}
    </head>
    <body class={mail ? 'open' : ''}>
      <header>
        <h1>
          <a href="/">Local inbox</a>
        </h1>
        <p>
          No mail leaves this machine. Readers’ pages: <a href={`${pagesUrl}/`}>{pagesUrl}</a>
        </p>
      </header>
      <nav aria-label="Mails, newest first">
        <ol id="mails" reversed>
          {entries.map((entry) => (
            <Line entry={entry} isOpen={entry.number === mail?.number} />
          ))}
        </ol>
      </nav>
      <main>{stage}</main>
      <p id="status" role="status"></p>
    </body>
  </html>
);

const Line = ({ entry: { number, to, subject }, isOpen }: { entry: InboxLine; isOpen: boolean }) => (
  <li value={number}>
    <a href={`/mail/${number}`} {...(isOpen && { 'aria-current': 'page' })}>
      <b>{subject}</b> <span>to {to.join(', ')}</span>
    </a>
  </li>
);

/** Beside the list while no mail is open. */
export const EmptyStage = ({ pagesUrl }: { pagesUrl: string }) => (
  <p class="hint">
    Subscribe at <a href={`${pagesUrl}/`}>{pagesUrl}</a> with any address, like you@example.com: its mails
    come in here, and their links work.
  </p>
);
