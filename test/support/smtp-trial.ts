import { afterEach } from 'vitest';
import type { Judgement } from '../../src/domain/delivery.ts';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { judge } from '../../src/domain/smtp-outcome.ts';
import { parseSmtpUrl } from '../../src/mail/parse-smtp-url.ts';
import type { SmtpLimits, SmtpSettings } from '../../src/mail/smtp-settings.ts';
import { openSmtpTransport, type SmtpTransport } from '../../src/mail/smtp-transport.ts';
import { wireBytes } from '../../src/mail/wire-bytes.ts';
import { startSmtp, type ScriptedSmtp } from './smtp-server.ts';

/** Our transport against a server that does what a script says; ends with the test. */
export interface SmtpTrial {
  readonly smtp: ScriptedSmtp;
  readonly transport: SmtpTransport;
  /** Sends a mail to a reader, with so many bytes of text. */
  send(reader: string, size?: number): Promise<Judgement>;
  /** For each message to the reader that came in whole, whether the server took it. */
  bodiesFor(reader: string): boolean[];
  /** What was said on a connection (1 for the first), without the arguments. */
  verbs(connection: number): string[];
}

export interface TrialOptions extends NonNullable<Parameters<typeof startSmtp>[0]> {
  readonly settings?: Partial<Omit<SmtpSettings, 'limits'>>;
  readonly limits?: Partial<SmtpLimits>;
}

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** One connection, unless `settings` say otherwise, and hardly a pause after a failed connect. */
export async function openTrial({ settings, limits, ...server }: TrialOptions = {}): Promise<SmtpTrial> {
  const smtp = await startSmtp(server);
  const parsed = parseSmtpUrl(smtp.url);
  if (parsed.kind === 'refused') throw new Error(parsed.reason);
  const transport = openSmtpTransport({
    ...parsed.settings,
    connections: 1,
    bestPath: 'chunked',
    ...settings,
    limits: { ...parsed.settings.limits, firstPauseMs: 1, ...limits },
  });
  closers.push(async () => {
    await Promise.all([transport.close(), smtp.close()]);
  });
  return trialOf(smtp, transport);
}

const trialOf = (smtp: ScriptedSmtp, transport: SmtpTransport): SmtpTrial => ({
  smtp,
  transport,
  send: async (reader, size) => judge(await transport.send(mailTo(reader, size))),
  bodiesFor: (reader) =>
    smtp.transactions
      .filter(({ message }) => message.includes(`Subject: for ${reader}\r\n`))
      .map(({ accepted }) => accepted),
  verbs: (connection) =>
    smtp.dialogue
      .filter((said) => said.connection === connection)
      .map(({ line }) => line.split(/[ :]/, 1)[0]!),
});

const LINE = 'Nothing much happens in the garden this week.\r\n';

const mailTo = (reader: string, size = 100) => ({
  from: 'ivy@example.com' as EmailAddress,
  to: `${reader}@example.com` as EmailAddress,
  bytes: wireBytes(
    Buffer.from(`Subject: for ${reader}\r\n\r\n${LINE.repeat(Math.ceil(size / LINE.length))}`),
  ),
});
