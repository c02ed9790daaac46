import { openIssueSender, type IssueSender } from '../mail/issue-sender.ts';
import { readerFields } from '../mail/reader-links.ts';
import { openSmtpTransport } from '../mail/smtp-transport.ts';
import type { Store } from '../store/open-store.ts';
import type { MailDesk } from './open-mail.ts';
import { shareConnections } from './share-connections.ts';

/** The path of issues: spliced messages over pooled connections, signed when DKIM is configured. */
export function openSender({ server, links, dkim }: MailDesk, store: Store): IssueSender {
  const { settings, mailsTo } = server;
  return openIssueSender({
    transport: openSmtpTransport({
      ...settings,
      connections: shareConnections(settings.connections).issues,
    }),
    mailsTo,
    settings: { domain: links.domain },
    rendered: (hash) => store.rendered.get(hash),
    fieldsOf: readerFields(links),
    ...(dkim !== undefined && { dkim }),
  });
}
