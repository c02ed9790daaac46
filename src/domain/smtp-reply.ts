/** Where in the conversation a reply or a break came (RFC 5321 §3). */
export type SmtpStage = 'connect' | 'greeting' | 'hello' | 'tls' | 'auth' | 'mail' | 'rcpt' | 'data' | 'body';

/** What a server said to one command. */
export interface SmtpReply {
  /** Three digits, RFC 5321 §4.2. */
  readonly code: number;
  /** Enhanced status such as `5.1.1` (RFC 3463), when the server gave one. */
  readonly status?: string;
  /** The reply's first line, at most 200 characters, control characters removed. */
  readonly text: string;
}

/** What came of one try to hand a message to the server, before any judgement. */
export type SmtpResult =
  | (SmtpReply & {
      readonly kind: 'reply';
      /** `body` = the reply to the final dot. */
      readonly stage: SmtpStage;
    })
  | {
      readonly kind: 'lost';
      /** How far we got: `body` means that at least one byte of the message may have left us. */
      readonly stage: SmtpStage;
      /** e.g. ECONNREFUSED, ETIMEDOUT. */
      readonly reason: string;
    };

const LONGEST_TEXT = 200;
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g;
// Cisco gateways write `550 #5.1.0 …`.
const REPLY = /^([2-5]\d\d)(?!\d)(?:[ -]+#?([245]\.\d{1,3}\.\d{1,3})(?![\d.]))?/;

/**
 * A reply as it came, lines joined by line breaks → its parts, or undefined when it does not begin with a reply code or its
 * lines contradict each other (RFC 5321 §4.2.1 has them all say the same code).
 */
export function parseSmtpReply(reply: string): SmtpReply | undefined {
  const [, code, status] = REPLY.exec(reply) ?? [];
  if (code === undefined) return undefined;
  const [firstLine = '', ...others] = reply.split(/[\r\n]+/);
  if (others.some((line) => /^\d{3}(?:[ -]|$)/.test(line) && !line.startsWith(code))) return undefined;

  const text = firstLine.replace(CONTROL, ' ').trim().slice(0, LONGEST_TEXT);
  return { code: Number(code), ...(status === undefined ? {} : { status }), text };
}
