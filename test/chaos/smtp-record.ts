/** How far a transaction came: MAIL seen, RCPT seen, DATA answered with 354, the dot seen. */
export type Stage = 'mail' | 'rcpt' | 'data' | 'body';

/**
 * What became of it. `taken` = the server has the message, whether or not it could say so; `deferred` and `refused` = it said 4xx or
 * 5xx; `cut` = the connection ended, or the client took it back, before there was a message.
 */
export type Fate = 'taken' | 'deferred' | 'refused' | 'cut';

/** One SMTP transaction, a line of the server's record. Times are ms since the epoch. */
export interface SmtpRecord {
  /** When it began and ended among all transactions of this server: one count for both. */
  readonly began: number;
  readonly ended: number;
  readonly mailAt: number;
  readonly endedAt: number;
  /** What the client called itself in EHLO: the name of a worker's process. */
  readonly client: string;
  readonly connection: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly stage: Stage;
  readonly fate: Fate;
  /** What the server did to it on purpose. */
  readonly fault?: string;
  /** The client was gone when the server had worked through the message: nobody heard the answer. */
  readonly isClientGone?: true;
  /** Of the whole message as it came. */
  readonly sha256?: string;
  readonly bytes?: number;
  readonly messageId?: string;
  readonly subject?: string;
  /** The address in the To field. */
  readonly headerTo?: string;
  /** `<series>/<issue>`, from Feedback-ID. */
  readonly mark?: string;
}

/** Lines of JSON, of which the last may not be written whole yet. */
export function parseLines<T>(text: string): T[] {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
