import { existsSync } from 'node:fs';
import type { Config } from '../config.ts';
import type { Log } from '../domain/log.ts';
import { localeOf } from '../domain/locale.ts';
import type { Mailbox } from '../domain/mailbox.ts';
import type { Notice, NoticeResult, NoticeWay } from '../domain/notice.ts';
import { formatProblem } from '../domain/problem.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { silentLog } from '../domain/log.ts';
import type { NoticeSender } from '../mail/notice-sender.ts';
import { webhookTarget } from '../webhook/webhook-target.ts';
import { loadDkimSigner } from './load-dkim-signer.ts';
import { mailDomain } from './mail-domain.ts';
import { openMailServer } from './mail-server.ts';
import { senderOf } from './studio.ts';

/** The ways to reach the writer that are set. */
export interface NoticeWays {
  readonly ways: readonly NoticeWay[];
  close(): Promise<void>;
}

interface OpenSender {
  readonly sender: NoticeSender;
  close(): Promise<void>;
}

/** Opens nothing yet: most processes never have anything to tell. Refuses a mail server that cannot work. */
export async function openNoticeWays(config: Config, log: Log): Promise<NoticeWays | Refusal> {
  const ways = webhookWays(config);
  const { notify } = config;
  if (notify === undefined) return { ways, close: () => Promise.resolve() };
  const mail = await openSender(config, notify);
  if (isRefusal(mail)) return mail;
  return { ways: [mailWay(config, mail.sender, log), ...ways], close: () => mail.close() };
}

async function openSender(config: Config, to: Mailbox): Promise<OpenSender | Refusal> {
  const dkim = await loadDkimSigner(config);
  if (isRefusal(dkim)) return dkim;
  // Whoever sends the issues has said already where mail goes.
  const server = await openMailServer(config, silentLog);
  if (isRefusal(server)) return server;
  const { openNoticeSender } = await import('../mail/notice-sender.ts');
  const { openPlainTransport } = await import('../mail/plain-transport.ts');
  const sender = openNoticeSender({
    transport: openPlainTransport(server.settings),
    // A real server takes no mail from a made-up address.
    from: config.from ?? (config.smtpUrl === undefined ? senderOf(config) : to),
    to,
    domain: mailDomain(config),
    ...(dkim !== undefined && { dkim }),
  });
  return { sender, close: () => server.close() };
}

function mailWay(config: Config, sender: NoticeSender, log: Log): NoticeWay {
  const { language, timezone, baseUrl, templatesFolder } = config;
  const open = async () => {
    const { createNoticeComposer } = await import('../compose/notice-composer.ts');
    return createNoticeComposer({
      locale: localeOf(language),
      timezone,
      baseUrl,
      onProblem: (problem) =>
        log.error({ problem: formatProblem(problem) }, 'notices are written in our own words'),
      ...(existsSync(templatesFolder) && { templatesFolder }),
    });
  };
  let composer: ReturnType<typeof open> | undefined;
  return {
    id: 'mail',
    name: 'mail',
    isForPeople: true,
    async send(notice) {
      return sender.send(notice, await (await (composer ??= open())).compose(notice));
    },
  };
}

function webhookWays({ webhooks, webhookSecrets, mayWebhooksBePrivate }: Config): NoticeWay[] {
  const settings = { secrets: webhookSecrets, mayBePrivate: mayWebhooksBePrivate };
  return webhooks.map(webhookTarget).map(({ id, url }) => ({
    id,
    name: `webhook at ${url.host}`,
    isForPeople: false,
    async send(notice: Notice): Promise<NoticeResult> {
      const { postWebhook } = await import('../webhook/post-webhook.ts');
      return postWebhook(url, notice, settings);
    },
  }));
}
