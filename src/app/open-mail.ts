import type { Config } from '../config.ts';
import type { Log } from '../domain/log.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import type { DkimSigner } from '../mail/dkim/dkim-signer.ts';
import type { IssueSender } from '../mail/issue-sender.ts';
import type { LinkSettings } from '../mail/reader-links.ts';
import type { Store } from '../store/open-store.ts';
import { loadDkimSigner } from './load-dkim-signer.ts';
import { mailDomain } from './mail-domain.ts';
import { openMailServer, type MailServer } from './mail-server.ts';
import { openLetters, type Letters } from './open-letters.ts';
import { openSender } from './open-sender.ts';

/** Both ways that mail leaves by. */
export interface Mail {
  /** Where it goes, for people: a host, or the local inbox' folder. */
  readonly mailsTo: string;
  readonly issues: IssueSender;
  readonly letters: Letters;
  /** Waits for issues under way. */
  close(): Promise<void>;
}

/** What both ways have in common. */
export interface MailDesk {
  readonly server: MailServer;
  readonly links: LinkSettings;
  readonly dkim?: DkimSigner;
}

interface MailTools {
  readonly store: Store;
  readonly secrets: readonly string[];
  readonly log: Log;
}

/** The mail server of the configuration, or a local inbox when there is none. Refuses what cannot work. */
export async function openMail(config: Config, { store, secrets, log }: MailTools): Promise<Mail | Refusal> {
  const dkim = await loadDkimSigner(config);
  if (isRefusal(dkim)) return dkim;
  const server = await openMailServer(config, log);
  if (isRefusal(server)) return server;
  const links = { baseUrl: config.baseUrl, secrets, domain: mailDomain(config) };
  const desk: MailDesk = { server, links, ...(dkim !== undefined && { dkim }) };
  const issues = openSender(desk, store);
  return {
    mailsTo: server.mailsTo,
    issues,
    letters: openLetters(config, log, desk),
    async close() {
      await issues.close();
      await server.close();
    },
  };
}
