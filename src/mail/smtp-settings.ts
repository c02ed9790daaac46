import type { SmtpPath } from './smtp-path.ts';

/** How long each step may take, in ms. */
export interface SmtpLimits {
  /** From the first packet to a session that can take mail: DNS, TCP, greeting, TLS and login together. */
  readonly openMs: number;
  readonly greetingMs: number;
  /** From MAIL to the reply to DATA (RFC 5321 §4.5.3.2 allows 5 min for a command). */
  readonly envelopeMs: number;
  /** Silence while the message goes over, and after its dot (RFC 5321 §4.5.3.2.6 asks for 10 min at least). */
  readonly silenceMs: number;
  /** The whole of one mail, however busily the server trickles. */
  readonly mailMs: number;
  /** An unused connection is given back after this. */
  readonly idleMs: number;
  /** After a failed connect, doubled with each further one. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** `implicit` = TLS from the first byte (smtps), `required` = STARTTLS or nothing. */
  readonly tls: 'implicit' | 'required' | 'off';
  readonly login?: { readonly user: string; readonly password: string };
  readonly connections: number;
  /** Mails after which a connection is replaced; many servers refuse more than a hundred or so. */
  readonly mailsPerConnection: number;
  /** The boldest way of those the server offers; `overlap` unless given. */
  readonly bestPath?: SmtpPath;
  /** What we call ourselves in EHLO. */
  readonly clientName?: string;
  /** A certificate authority to trust besides the system's, PEM. */
  readonly certificateAuthority?: string;
  readonly limits: SmtpLimits;
}

export const SMTP_LIMITS: SmtpLimits = {
  openMs: 60_000,
  greetingMs: 30_000,
  envelopeMs: 300_000,
  silenceMs: 600_000,
  mailMs: 720_000,
  idleMs: 30_000,
  firstPauseMs: 1_000,
  longestPauseMs: 60_000,
};
