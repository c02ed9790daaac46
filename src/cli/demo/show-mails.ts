import { inboxMail } from '../../app/inbox.ts';
import { SECOND_MS } from '../../domain/instant.ts';
import type { InboxMail } from '../../mail/local-inbox.ts';
import type { Terminal } from '../terminal.ts';
import { isOfPlay, mailsDue, type Cast } from './cast.ts';

export interface ShownMails {
  readonly onMail: (mail: InboxMail) => void;
  /** Resolves when the last mail of the cast has come in and is shown. */
  readonly allIn: Promise<void>;
}

/** Shows each mail as it comes into the inbox, and how many the cast is still to get. */
export function showMails(terminal: Terminal, cast: Cast): ShownMails {
  const total = mailsDue(cast);
  const startedAt = Date.now();
  const width = String(total).length * 2 + 1;
  let count = 0;
  let finish: (() => void) | undefined;
  const allIn = new Promise<void>((resolve) => (finish = resolve));

  const show = async ({ file, envelope, receivedAt }: InboxMail) => {
    const mail = await inboxMail(file);
    const isCounted = isOfPlay(cast, mail);
    if (isCounted) count += 1;
    const seconds = ((receivedAt - startedAt) / SECOND_MS).toFixed(1).padStart(5);
    const place = (isCounted ? `${count}/${total}` : '').padStart(width);
    terminal.say(`${seconds} s  ${place}  ${envelope.to.join(', ')}  ${mail.subject}`);
    if (isCounted && count === total) finish?.();
  };
  return { allIn, onMail: (mail) => void show(mail) };
}
