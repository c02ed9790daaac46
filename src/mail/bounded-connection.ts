// oxlint-disable no-underscore-dangle -- Nodemailer's own names.
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SMTPConnectionOptions } from 'nodemailer';

/** What Nodemailer's connection has and does not declare; `smtp-hostile-server.test.ts` goes red should that change. */
interface Undeclared {
  readonly _remainder: string;
  readonly _responseQueue: readonly string[];
  _onData(chunk: Buffer): void;
  _onResponseTooLarge(): void;
}

const Connection = SMTPConnection as unknown as new (
  options: SMTPConnectionOptions,
) => SMTPConnection & Undeclared;

/** Bytes of all replies to one step together; real ones are a few hundred. */
export const MOST_HEARD = 64 * 1024;

/**
 * Nodemailer's connection, dropped by a server that talks without end. Nodemailer bounds one reply only, and that at a
 * megabyte: empty lines and lines it has no time to read pile up in its queue.
 */
export class BoundedConnection extends Connection {
  #heard = 0;

  /** The server has said more than it was asked. What it says next would be taken for the answer to something else. */
  get isOutOfStep(): boolean {
    return this._responseQueue.length > 0 || this._remainder !== '';
  }

  /** Begins to count what the server says anew. */
  beginStep(): void {
    this.#heard = 0;
  }

  override _onData(chunk: Buffer): void {
    this.#heard += chunk.length;
    if (this.#heard > MOST_HEARD) this._onResponseTooLarge();
    else super._onData(chunk);
  }
}
