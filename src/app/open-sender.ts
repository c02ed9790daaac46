import { readFile } from 'node:fs/promises';
import type { Config } from '../config.ts';
import type { Log } from '../domain/log.ts';
import { inboxFolder, openInbox } from './inbox.ts';
import { EXIT, isRefusal, type Refusal } from '../domain/refusal.ts';
import type { DkimKey } from '../mail/dkim.ts';
import { openIssueSender, type IssueSender } from '../mail/issue-sender.ts';
import { parseSmtpUrl } from '../mail/parse-smtp-url.ts';
import { readerFields } from '../mail/reader-links.ts';
import { openSmtpTransport } from '../mail/smtp-transport.ts';
import type { Store } from '../store/open-store.ts';
import { mailDomain } from './studio.ts';

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
  const dkim = await dkimKey(config);
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

async function dkimKey({ dkim }: Config): Promise<DkimKey | Refusal | undefined> {
  if (dkim === undefined) return undefined;
  const { loadDkimKey } = await import('../mail/dkim.ts');
  const pem = await readFile(dkim.keyFile, 'utf8').catch((error: Error) => error);
  if (pem instanceof Error) {
    return {
      message: `The DKIM key cannot be read: ${pem.message}.`,
      fix: 'Correct PARTWORK_DKIM_KEY_FILE.',
      exitCode: EXIT.configuration,
    };
  }
  const key = loadDkimKey(pem, dkim.domain, dkim.selector);
  if (key.kind === 'key') return key;
  return {
    message: `${dkim.keyFile}: ${key.reason}`,
    fix: 'Correct the PARTWORK_DKIM_ settings.',
    exitCode: EXIT.configuration,
  };
}
