import type { NodemailerError } from 'nodemailer';
import { parseSmtpReply, type SmtpResult, type SmtpStage } from '../domain/smtp-reply.ts';
import { refusesStartTls, tlsTrouble } from './tls-trouble.ts';

const STAGE_OF_COMMAND: Readonly<Record<string, SmtpStage>> = {
  EHLO: 'hello',
  HELO: 'hello',
  STARTTLS: 'tls',
  'MAIL FROM': 'mail',
  'RCPT TO': 'rcpt',
};

/** An error of Nodemailer's → what came of the try. `reached` is how far we know ourselves to have got. */
export function smtpFailure(error: NodemailerError, reached: SmtpStage): SmtpResult {
  const stage = stageOf(error, reached);
  const reply = parseSmtpReply(error.response ?? '');
  if (reply !== undefined && stage === 'tls') {
    return { kind: 'lost', stage, reason: refusesStartTls(reply.text) };
  }
  if (reply !== undefined) return { kind: 'reply', stage, ...reply };
  if (stage === 'mail' && error.code === 'EMESSAGE') return tooLarge(error.message);
  return { kind: 'lost', stage, reason: reasonOf(error) };
}

function stageOf({ code, command = '', response }: NodemailerError, reached: SmtpStage): SmtpStage {
  if (command === 'DATA') return code === 'EMESSAGE' ? 'body' : 'data';
  if (command.startsWith('AUTH')) return 'auth';
  if (code === 'ETLS') return 'tls';
  if (code === 'EPROTOCOL' && reached === 'hello' && response !== undefined && command === 'CONN')
    return 'greeting';
  return STAGE_OF_COMMAND[command] ?? reached;
}

/** A message beyond the server's announced SIZE is not even tried; the server would have answered this. */
export const tooLarge = (message: string): SmtpResult => ({
  kind: 'reply',
  stage: 'mail',
  code: 552,
  status: '5.3.4',
  text: `552 5.3.4 ${message}`,
});

function reasonOf({ code, originalCode, timeoutType, response, message }: NodemailerError): string {
  if (originalCode !== undefined) return tlsTrouble(originalCode) ?? originalCode;
  if (timeoutType === 'GREETING_TIMEOUT')
    return 'no greeting came; where TLS is from the first byte (465), SMTP_URL is smtps://';
  if (timeoutType !== undefined) return `ETIMEDOUT (${timeoutType})`;
  if (response !== undefined) return 'the answer is not one of SMTP';
  if (code === 'EPROTOCOL') return 'the server says more than it was asked';
  return code === undefined || code === 'ECONNECTION' || code === 'ESOCKET' ? message : code;
}
