import { parseSmtpReply, type SmtpResult, type SmtpStage } from '../domain/smtp-reply.ts';
import type { OfferedMail } from './offered-mail.ts';
import { textOf } from './smtp-reply-reader.ts';

/** One mail on the wire, and how far the server's replies have come with it. */
export interface Flight {
  readonly mail: OfferedMail;
  /** Its connection has taken a mail before. */
  readonly isReused: boolean;
  /** It went out whole, with its envelope (BDAT), and not upon a go (DATA). */
  readonly isChunked: boolean;
  /** Whose reply is awaited next. */
  step: 'reset' | 'mail' | 'rcpt' | 'data' | 'body';
  /** The first refusal: what the server says to the commands behind it only follows from that. */
  refusal?: SmtpResult | undefined;
  /** How much was written to the connection up to its last byte; absent while no byte of the message was. */
  endsAt?: number;
  /** Its replies so far can be told apart by their enhanced codes. */
  isTellable: boolean;
}

/** How far a mail may have got at most, should the connection be gone now. */
export function stageOf({ step, endsAt }: Flight): SmtpStage {
  if (endsAt !== undefined) return 'body';
  return step === 'reset' ? 'mail' : step;
}

/** undefined = it is none (RFC 5321 §4.2). */
export function resultOf(stage: SmtpStage, reply: Buffer): SmtpResult | undefined {
  const parsed = parseSmtpReply(textOf(reply));
  return parsed === undefined ? undefined : { kind: 'reply', stage, ...parsed };
}

/** X.1.X is about addresses (RFC 3463 §3.2): the answer to MAIL or RCPT, and never the one to a message. */
export const isAboutAddresses = (reply: Buffer): boolean => reply.toString('latin1', 4, 8) === '2.1.';
