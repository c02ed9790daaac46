// oxlint-disable no-underscore-dangle -- Nodemailer's own names.
import type { Socket, TcpNetConnectOpts } from 'node:net';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SMTPConnectionOptions } from 'nodemailer';

/** What Nodemailer's connection has and does not declare; `nodemailer-contract.test.ts` goes red should that change. */
interface Undeclared {
  readonly _remainder: string;
  readonly _responseQueue: readonly string[];
  _connectToHost(options: TcpNetConnectOpts, isSecure: boolean): void;
  _onData(chunk: Buffer): void;
  _actionEHLO(reply: string): void;
  _onResponseTooLarge(): void;
}

const Connection = SMTPConnection as unknown as new (
  options: SMTPConnectionOptions,
) => SMTPConnection & Undeclared;

/** Bytes of all replies to one step together; real ones are a few hundred. */
export const MOST_HEARD = 64 * 1024;

/** Room for what is heard at once; more comes in several pieces. */
const HEARD_AT_ONCE = 16 * 1024;

/** An open connection without Nodemailer: what is written to the socket is ours, and what is heard goes to `listen`. */
export interface OpenWire {
  readonly socket: Socket;
  /** What the server offers in its last EHLO, in upper case: `SIZE 1000`, `PIPELINING`. */
  readonly offers: readonly string[];
  /** What is heard is written over when `hear` returns. */
  listen(hear: (chunk: Buffer) => void): void;
}

/**
 * Nodemailer's connection, dropped by a server that talks without end. Nodemailer bounds one reply only, and that at a
 * megabyte: empty lines and lines it has no time to read pile up in its queue.
 */
export class BoundedConnection extends Connection {
  #heard = 0;
  #offers: readonly string[] = [];
  #hear: ((chunk: Buffer) => void) | undefined;

  /** The server has said more than it was asked. What it says next would be taken for the answer to something else. */
  get isOutOfStep(): boolean {
    return this._responseQueue.length > 0 || this._remainder !== '';
  }

  /** undefined = this is not the Nodemailer we know: then only what it declares is safe to use. */
  get wire(): OpenWire | undefined {
    const socket = this._socket;
    const isKnown =
      typeof socket === 'object' && typeof socket?.cork === 'function' && this.#offers.length > 0;
    if (!isKnown || socket === null) return undefined;
    return { socket, offers: this.#offers, listen: (hear) => (this.#hear = hear) };
  }

  /** Begins to count what the server says anew; it is Nodemailer's again to listen. */
  beginStep(): void {
    this.#heard = 0;
    this.#hear = undefined;
  }

  /** Where nothing is encrypted, all that is heard comes in the same memory: memory for each answer costs a twentieth of a mail. */
  override _connectToHost(options: TcpNetConnectOpts, isSecure: boolean): void {
    const callback = (size: number, memory: Uint8Array): boolean => {
      // From here on only what comes encrypted is the server's word (RFC 3207 §6).
      if (this.upgrading === true || this.secure) return true;
      const heard = Buffer.from(memory.buffer, memory.byteOffset, size);
      // Nodemailer may keep what it is given.
      this._onData(this.#hear === undefined ? Buffer.from(heard) : heard);
      return true;
    };
    const onread = { buffer: Buffer.allocUnsafeSlow(HEARD_AT_ONCE), callback };
    super._connectToHost(isSecure ? options : { ...options, onread }, isSecure);
  }

  override _onData(chunk: Buffer): void {
    if (this.#hear !== undefined) return this.#hear(chunk);
    this.#heard += chunk.length;
    if (this.#heard > MOST_HEARD) this._onResponseTooLarge();
    else super._onData(chunk);
  }

  /** Nodemailer keeps the extensions that it uses itself; CHUNKING is none of them. */
  override _actionEHLO(reply: string): void {
    const isOffer = reply.startsWith('250');
    this.#offers = isOffer ? reply.split('\n').map((line) => line.slice(4).trim().toUpperCase()) : [];
    super._actionEHLO(reply);
  }
}
