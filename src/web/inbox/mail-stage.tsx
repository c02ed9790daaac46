import type { InboxLine } from './inbox-page.tsx';

/** A mail as it is shown, decoded. */
export interface InboxMail extends InboxLine {
  readonly from: string;
  readonly text: string;
  readonly html: string;
  /** The whole message as it came. */
  readonly source: string;
  /** Where mail programs unsubscribe with one click (RFC 8058), for mails that have it. */
  readonly oneClickUrl?: string;
}

const PARTS = ['mail', 'text', 'source'] as const;

type MailPart = (typeof PARTS)[number];

export const partOf = (asked: string | undefined): MailPart => PARTS.find((part) => part === asked) ?? 'mail';

/** One mail: who wrote to whom, and the part of it that was chosen. */
export const MailStage = ({ mail, part }: { mail: InboxMail; part: MailPart }) => (
  <article>
    <h2>{mail.subject}</h2>
    <p>
      {mail.from} to {mail.to.join(', ')}
    </p>
    {mail.oneClickUrl !== undefined && <OneClick url={mail.oneClickUrl} />}
    <nav class="parts" aria-label="Parts of this mail">
      {PARTS.map((one) => (
        <a
          href={one === 'mail' ? `/mail/${mail.number}` : `/mail/${mail.number}?part=${one}`}
          {...(one === part && { 'aria-current': 'page' })}
        >
          {one}
        </a>
      ))}
    </nav>
    <Part mail={mail} part={part} />
  </article>
);

const Part = ({ mail, part }: { mail: InboxMail; part: MailPart }) => {
  if (part === 'mail') {
    return (
      <iframe
        src={`/mail/${mail.number}/html`}
        title={mail.subject}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      ></iframe>
    );
  }
  return <pre tabindex={0}>{mail[part]}</pre>;
};

/** What mail programs put above such a mail. */
const OneClick = ({ url }: { url: string }) => (
  <form method="post" action={url} target="_blank">
    <input type="hidden" name="List-Unsubscribe" value="One-Click" />
    <button>Unsubscribe as mail programs do</button>
  </form>
);
