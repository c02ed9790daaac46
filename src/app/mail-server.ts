import type { Config } from '../config.ts';
import type { Log } from '../domain/log.ts';
import { EXIT, type Refusal } from '../domain/refusal.ts';
import { parseSmtpUrl } from '../mail/parse-smtp-url.ts';
import type { SmtpSettings } from '../mail/smtp-settings.ts';
import { inboxFolder, openInbox } from './inbox.ts';

/** Where mail goes: a server, or an inbox on this machine. */
export interface MailServer {
  readonly settings: SmtpSettings;
  /** For people. */
  readonly mailsTo: string;
  /** Ends a local inbox. */
  close(): Promise<void>;
}

interface Place {
  readonly url: string;
  readonly mailsTo: string;
  readonly close: () => Promise<void>;
}

/** The mail server of the configuration, or a local inbox when there is none. Refuses an SMTP_URL that cannot work. */
export async function openMailServer(config: Config, log: Log): Promise<MailServer | Refusal> {
  const { url, ...place } =
    config.smtpUrl === undefined ? await localInbox(config, log) : remote(config.smtpUrl);
  const parsed = parseSmtpUrl(url);
  if (parsed.kind === 'settings') return { settings: parsed.settings, ...place };
  return { message: parsed.reason, fix: 'Correct SMTP_URL.', exitCode: EXIT.configuration };
}

const remote = (url: string): Place => ({ url, mailsTo: placeIn(url), close: () => Promise.resolve() });

const placeIn = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

async function localInbox(config: Config, log: Log): Promise<Place> {
  const folder = inboxFolder(config);
  const inbox = await openInbox(folder);
  log.info({ folder }, 'SMTP_URL is not set: mail goes to a local inbox, nobody gets any');
  return {
    url: inbox.url,
    mailsTo: `a local inbox, ${folder} (SMTP_URL is not set; nobody gets any)`,
    close: () => inbox.close(),
  };
}
