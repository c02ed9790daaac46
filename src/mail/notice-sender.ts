import type { Mailbox } from '../domain/mailbox.ts';
import type { Notice, NoticeResult } from '../domain/notice.ts';
import type { RenderedNotice } from '../domain/rendered-notice.ts';
import { judge } from '../domain/smtp-outcome.ts';
import type { DkimSigner } from './dkim/dkim-signer.ts';
import { signLetter } from './dkim/sign-letter.ts';
import { oneSafeLine } from './header-text.ts';
import { letterMessage } from './letter-message.ts';
import type { PlainTransport } from './plain-transport.ts';

export interface NoticeSenderOptions {
  readonly transport: PlainTransport;
  readonly from: Mailbox;
  readonly to: Mailbox;
  /** What Message-IDs stand under. */
  readonly domain: string;
  readonly dkim?: DkimSigner;
}

/** Hands notices to the mail server, over connections of their own. */
export interface NoticeSender {
  /** Never rejects for anything a server or a network can do. The same notice has the same bytes on every try. */
  send(notice: Notice, rendered: RenderedNotice): Promise<NoticeResult>;
}

export function openNoticeSender({ transport, from, to, domain, dkim }: NoticeSenderOptions): NoticeSender {
  return {
    async send({ id, at }, { subject, language, text, html }) {
      const message = letterMessage({
        from,
        to,
        // A title or a server's words may hold what no header can; that is no reason to say nothing.
        subject: oneSafeLine(subject),
        messageId: `<notice-${id}@${domain}>`,
        date: at,
        language,
        text,
        html,
      });
      if ('kind' in message) return { kind: 'refused', reason: message.reason };
      const bytes = dkim === undefined ? message : await signLetter(message, dkim);
      const judgement = judge(await transport.send({ from: from.address, to: to.address, bytes }));
      if (judgement.kind === 'accepted') return { kind: 'done' };
      const { kind, reason } = judgement;
      return { kind: kind === 'rejected' ? 'refused' : 'later', reason };
    },
  };
}
