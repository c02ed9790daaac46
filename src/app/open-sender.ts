import type { Config } from '../config.ts';
import type { Log } from '../domain/log.ts';
import { inboxFolder, openInbox } from './inbox.ts';
import { EXIT, isRefusal, type Refusal } from '../domain/refusal.ts';
import { openIssueSender, type IssueSender } from '../mail/issue-sender.ts';
import { parseSmtpUrl } from '../mail/parse-smtp-url.ts';
import { readerFields } from '../mail/reader-links.ts';
import { openSmtpTransport } from '../mail/smtp-transport.ts';
import type { Store } from '../store/open-store.ts';
import { loadKeyOf } from './dkim-key.ts';
import { mailDomain } from './mail-domain.ts';

interface SenderTools {
  readonly store: Store;
  readonly secrets: readonly string[];
  readonly log: Log;
}

interface Server {
  readonly url: string;
  readonly mailsTo: string;
  readonly onClose?: () => Promise<void>;
}

/** The path of issues: spliced messages over pooled connections, signed when DKIM is configured. */
export async function openSender(
  config: Config,
  { store, secrets, log }: SenderTools,
): Promise<IssueSender | Refusal> {
  const dkim = await loadKeyOf(config);
  if (isRefusal(dkim)) return dkim;
  const server = config.smtpUrl === undefined ? await localInbox(config, log) : remote(config.smtpUrl);
  const parsed = parseSmtpUrl(server.url);
  if (parsed.kind === 'refused') {
    return {
      message: parsed.reason,
      fix: 'Correct SMTP_URL.',
      exitCode: EXIT.configuration,
    };
  }
  const domain = mailDomain(config);
  return openIssueSender({
    transport: openSmtpTransport(parsed.settings),
    mailsTo: server.mailsTo,
    settings: { domain },
    rendered: (hash) => store.rendered.get(hash),
    fieldsOf: readerFields({ baseUrl: config.baseUrl, secrets, domain }),
    ...(dkim !== undefined && { dkim }),
    ...(server.onClose !== undefined && { onClose: server.onClose }),
  });
}

const remote = (url: string): Server => ({ url, mailsTo: new URL(url).host });

async function localInbox(config: Config, log: Log): Promise<Server> {
  const folder = inboxFolder(config);
  const inbox = await openInbox(folder);
  log.info({ folder }, 'SMTP_URL is not set: mail goes to a local inbox, nobody gets any');
  return {
    url: inbox.url,
    mailsTo: `a local inbox, ${folder} (SMTP_URL is not set; nobody gets any)`,
    onClose: () => inbox.close(),
  };
}
