import { inboxMail } from '../../app/inbox.ts';
import type { InboxMail } from '../../mail/local-inbox.ts';
import type { Terminal } from '../terminal.ts';

export interface ShownMails {
  readonly onMail: (mail: InboxMail) => void;
  /** Resolves when the last mail has come in and is shown. */
  readonly allIn: Promise<void>;
}

/** Shows each mail as it comes into the inbox, and how many are still to come. */
export function showMails(terminal: Terminal, total: number): ShownMails {
  const began = performance.now();
  let count = 0;
  let finish: (() => void) | undefined;
  const allIn = new Promise<void>((resolve) => (finish = resolve));

  const show = async ({ file, envelope }: InboxMail, number: number) => {
    const seconds = ((performance.now() - began) / 1_000).toFixed(1).padStart(5);
    const { subject } = await inboxMail(file);
    const place = `${number}/${total}`.padStart(String(total).length * 2 + 1);
    terminal.say(`${seconds} s  ${place}  ${envelope.to.join(', ')}  ${subject}`);
    if (number === total) finish?.();
  };
  return { allIn, onMail: (mail) => void show(mail, ++count) };
}
