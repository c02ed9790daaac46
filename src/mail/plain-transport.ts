import { createTransport, type NodemailerError } from 'nodemailer';
import { parseSmtpReply, type SmtpResult, type SmtpStage } from '../domain/smtp-reply.ts';
import { connectionOptions } from './connection-options.ts';
import { assertEnvelope, type SmtpEnvelope } from './smtp-envelope.ts';
import { smtpFailure } from './smtp-failure.ts';
import type { SmtpSettings } from './smtp-settings.ts';

/** Each mail over a connection of its own: for letters and test sends, which must not wait behind a broadcast. */
export interface PlainTransport {
  /**
   * Hands one complete message over. Nodemailer does not tell a break before the message from one after it, so a break
   * is reported as having come after it: the worst it can have been. Throws on an address that cannot be in an envelope.
   */
  send(mail: SmtpEnvelope & { readonly bytes: Buffer }): Promise<SmtpResult>;
}

const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

export function openPlainTransport(settings: SmtpSettings): PlainTransport {
  const { login, limits } = settings;
  const transporter = createTransport({
    ...connectionOptions(settings),
    ...(login === undefined ? {} : { auth: { user: login.user, pass: login.password } }),
    // A message is bytes here, never a path or a URL to read it from.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ from, to, bytes }) {
      assertEnvelope({ from, to });
      const signal = AbortSignal.timeout(limits.mailMs);
      try {
        const { response } = await transporter.sendMail({ envelope: { from, to: [to] }, raw: bytes, signal });
        const reply = parseSmtpReply(response);
        if (reply === undefined)
          return { kind: 'lost', stage: 'body', reason: 'the answer is not one of SMTP' };
        return { kind: 'reply', stage: 'body', ...reply };
      } catch (error) {
        return smtpFailure(error as NodemailerError, latestStage(error as NodemailerError));
      }
    },
  };
}

function latestStage({ code, originalCode = '', response, timeoutType }: NodemailerError): SmtpStage {
  // Without a response it is a reply that did not end, and that may be the one to the message.
  if (code === 'EPROTOCOL' && response !== undefined) return 'greeting';
  const early = code === 'EDNS' || NEVER_CONNECTED.has(originalCode);
  return early || (timeoutType !== undefined && timeoutType !== 'SOCKET_TIMEOUT') ? 'connect' : 'body';
}
